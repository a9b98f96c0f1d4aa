"""What the keeper watches: a number for each thing that goes wrong slowly, with the bound at which
it is wrong. The page *Health*, the metrics and `/healthz` say the same, because they ask here.

Nothing here is about a person: counts, ages and bytes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from config.gate import antivirus
from workflows import broker, clock, jobs, pulses
from workflows.models import Erasure, FactCorrection, Job, LetterRun, Message, TrailCheck

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MINUTE, HOUR, DAY = 60, 3600, 86_400
#: A monitor that asks does not wait for a scanner as an upload does.
SCANNER_SECONDS = 0.5
STUCK_AFTER = timedelta(minutes=30)
SECONDS, BYTES, COUNT, YES = "seconds", "bytes", "count", "yes"


@dataclass(frozen=True)
class Measure:
    """``value`` in ``unit`` (None: unknown, or it never happened; ``YES`` is 1 or 0, None where
    nothing is connected); wrong when above ``most`` or below ``least``."""

    key: str
    title: Any
    unit: str
    value: float | None
    most: float | None = None
    least: float | None = None
    is_needed: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to do something."""
        if self.value is None:
            return self.is_needed
        too_much = self.most is not None and self.value > self.most
        return too_much or (self.least is not None and self.value < self.least)


def measures() -> list[Measure]:
    """Ask everything; each costs one short question."""
    now = clock.now()
    seen, work = pulses.all_of_them(), _open_jobs(now)
    check = TrailCheck.objects.filter(ended_at__isnull=False).order_by("-pk").first()
    messages = Message.objects.filter(state=Message.State.QUEUED)
    return [
        Measure("worker_seen_seconds", _("Since the worker was seen"), SECONDS,
                _since(seen.get(pulses.WORKER), now), most=3 * MINUTE, is_needed=True),
        Measure("sweep_seconds", _("Since the last sweep"), SECONDS,
                _since(seen.get(pulses.SWEEP), now), most=3 * MINUTE, is_needed=True),
        Measure("oldest_job_seconds", _("Oldest work that people wait for"), SECONDS,
                _since(work["oldest"] or now, now), most=15 * MINUTE),
        Measure("open_jobs", _("Work that is not done yet"), COUNT, work["open"]),
        Measure("expired_leases", _("Work whose worker has gone silent"), COUNT,
                work["silent"], most=5),
        Measure("given_up_jobs",
                _("Work given up in seven days; a person has it, or it is tried again"), COUNT,
                _given_up(now)),
        Measure("queue_depth", _("Hints in the queue"), COUNT, broker.waiting_hints(), most=1000),
        Measure("messages_stuck", _("Messages that should have left half an hour ago"), COUNT,
                messages.filter(next_try_at__lt=now - STUCK_AFTER).count(), most=0),
        Measure("letter_runs_stuck", _("Runs of letters that wait for half an hour"), COUNT,
                LetterRun.objects.filter(stored_as="", has_failed=False,
                                         created_at__lt=now - STUCK_AFTER).count(), most=0),
        Measure("wishes_late", _("Wishes of owners not answered within three days"), COUNT,
                FactCorrection.objects.late(now).count() + Erasure.objects.late(now).count(),
                most=0),
        Measure("disk_free_bytes", _("Room on the disk"), BYTES, _free(),
                least=settings.LEAST_FREE_BYTES),
        Measure("backup_seconds", _("Since the last backup"), SECONDS,
                _since(seen.get(pulses.BACKUP), now), most=26 * HOUR, is_needed=True),
        Measure("trail_checked_seconds", _("Since the whole trail was checked"), SECONDS,
                _since(check.ended_at if check else None, now), most=8 * DAY, is_needed=True),
        Measure("head_sent_seconds", _("Since a head of the trail left for the inspectorate"),
                SECONDS, _since(_head_sent_at(), now), most=2 * DAY, is_needed=True),
        Measure("antivirus_answers", _("The antivirus answers"), YES,
                _antivirus_answers(), least=1),
        Measure("trail_broken", _("Breaks found in the trail"), COUNT,
                int(check is not None and check.is_sound is False), most=0),
    ]  # fmt: skip


def _since(when: datetime | None, now: datetime) -> float | None:
    return None if when is None else max(0.0, (now - when).total_seconds())


def _open_jobs(now: datetime) -> dict[str, Any]:
    open_jobs = Job.objects.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))
    is_silent = Q(state=Job.State.RUNNING, lease_until__lt=now)
    return open_jobs.aggregate(
        open=Count("pk"),
        silent=Count("pk", filter=is_silent),
        oldest=Min("created_at", filter=~Q(kind__in=jobs.IN_NO_HURRY)),
    )


def _given_up(now: datetime) -> int:
    week = Job.objects.filter(state=Job.State.GIVEN_UP, finished_at__gt=now - timedelta(days=7))
    return week.count()


def _free() -> int | None:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return None


def _head_sent_at() -> datetime | None:
    sent = Message.objects.filter(kind="trail_head", sent_at__isnull=False)
    return sent.order_by("-pk").values_list("sent_at", flat=True).first()


def _antivirus_answers() -> int | None:
    if settings.ANTIVIRUS == antivirus.NONE:
        return None
    try:
        return int(bool(antivirus.version_of(settings.ANTIVIRUS, seconds=SCANNER_SECONDS)))
    except antivirus.ScanFailedError:
        return 0


def as_json() -> dict[str, Any]:
    """The measures by their keys, and which of them are wrong."""
    found = measures()
    return {
        **{one.key: one.value for one in found},
        "wrong": [one.key for one in found if one.is_wrong],
    }


def as_metrics(ask: Callable[[], list[Measure]] = measures) -> str:
    """The measures as Prometheus reads them; a thing that is unknown has no line.

    The format is four lines of rules, so no library is needed for gauges.
    """
    lines = []
    for one in ask():
        name = f"mitra_{one.key}"
        lines += [f"# HELP {name} {one.key.replace('_', ' ')}", f"# TYPE {name} gauge"]
        lines += [] if one.value is None else [f"{name} {one.value:g}"]
        lines.append(f'mitra_wrong{{measure="{one.key}"}} {int(one.is_wrong)}')
    return "\n".join([*lines, ""])
