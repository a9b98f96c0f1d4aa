"""Counts everything that the pages of figures show, once, so that no page counts it again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from onboarding.models import Region, Vendor
from training.models import SEATED, Seat, Session, Syllabus
from workflows import evenness, reports
from workflows.models import (
    AuditEvent,
    Job,
    Reckoning,
    RegionMonth,
    RegionNow,
    Setting,
)
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onboarding.models import User

#: A count is not begun again before so long, however busy the office is.
REST: Final = timedelta(minutes=10)
#: What is shown of the road's days and rounds is drawn from so many of the newest firms.
SAMPLE: Final = 1000
#: An approved firm that is not on sale after so long counts as one that did not go on.
LISTED_AFTER: Final = timedelta(days=60)
OF_THE_ROAD: Final = ("guide", "submit", "return_for_correction", "approve", "reject", "lapse",
                      "go_live")  # fmt: skip


@dataclass
class _Counts:
    """What is being added up: by region and month, and by region."""

    months: dict[tuple[str, date], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    held_on: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    taught: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    firms: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    tokens: set[int] = field(default_factory=set)


def order_count(*, by: User, send: Callable[[str, int], Any]) -> Reckoning:
    """Ask for a new count now; ``send`` orders the job."""
    check_may(by, "workflows.count_figures")
    reckoning = _open_reckoning()
    send(Job.Kind.COUNT_FIGURES.value, reckoning.pk)
    return reckoning


def count_due(*, now: datetime) -> list[tuple[str, int]]:
    """Return the job of a new count, when something happened since the last, or a day began."""
    last = Reckoning.objects.filter(cut_at__isnull=False).first()
    if last is not None and last.cut_at is not None:
        newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
        is_new_day = timezone.localdate(last.cut_at) < timezone.localdate(now)
        if now - last.cut_at < REST or not (is_new_day or newest > last.last_event):
            return []
    return [(Job.Kind.COUNT_FIGURES.value, _open_reckoning().pk)]


def count_figures(reckoning_id: int, *, by: User, beat: Callable[[], None]) -> Reckoning:
    """Count everything and replace what was counted before, at once. Counting twice is harmless."""
    begun, now = monotonic(), timezone.now()
    reckoning = Reckoning.objects.get(pk=reckoning_id)
    if reckoning.cut_at is not None:
        return reckoning
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    counts = _Counts()
    _count_sessions(counts)
    beat()
    _count_reached(counts)
    beat()
    _count_firms(counts)
    observed = _observe(now) | {
        "late": reports.count_late(now),
        "lacking": reports.count_lacking(),
    }
    with transaction.atomic():
        beat()
        _replace(counts)
        reckoning.cut_at, reckoning.last_event, reckoning.observed = now, newest, observed
        reckoning.took_ms = round((monotonic() - begun) * 1000)
        reckoning.save()
        Reckoning.objects.filter(pk__lt=reckoning.pk).delete()
    return reckoning


def _open_reckoning() -> Reckoning:
    waiting = Reckoning.objects.filter(cut_at__isnull=True).first()
    return waiting or Reckoning.objects.create()


# --- sessions -------------------------------------------------------------------------------------
def _count_sessions(counts: _Counts) -> None:
    """Sessions whose sheet is closed count for their region, and for every region they served
    from which somebody came; who was there counts where the firm or the office is."""
    least = Setting.values_of("token_minutes", "token_present")
    versions = list(Syllabus.objects.order_by("in_force_on").values_list("version", "in_force_on"))
    came = _who_came()
    served: dict[int, set[str]] = defaultdict(set)
    through = Session.serves.through.objects
    for session_id, region in through.values_list("session_id", "region_id"):
        served[session_id].add(region)
    closed = Session.objects.filter(state=Session.State.CLOSED).order_by("starts_at")
    for pk, region, starts_at, ends_at, version in closed.values_list(
        "pk", "region_id", "starts_at", "ends_at", "syllabus__version"
    ):
        day = timezone.localdate(starts_at)
        of_regions: dict[str, Counter[str]] = came.get(pk, {})
        for code, seen in of_regions.items():
            counts.months[code, day.replace(day=1)].update(seen)
        held = evenness.Held(
            day,
            int((ends_at - starts_at).total_seconds() // 60),
            sum(seen["people"] + seen["of_offices"] for seen in of_regions.values()),
        )
        if evenness.is_token(
            held, least_minutes=least["token_minutes"], least_present=least["token_present"]
        ):
            counts.tokens.add(pk)
            counts.months[region, day.replace(day=1)]["tokens"] += 1
            continue
        in_step = version == _in_force(versions, day)
        there = {code for code, seen in of_regions.items() if seen["people"]}
        for code in {region} | (served[pk] & there):
            counts.months[code, day.replace(day=1)].update(sessions=1, in_step=int(in_step))
            counts.held_on[code].append(day)
            counts.taught[code][version] += 1


def _who_came() -> dict[int, dict[str, Counter[str]]]:
    """Seats and people by session and by region of the firm or the office."""
    seats = Seat.objects.filter(session__state=Session.State.CLOSED, state__in=SEATED).order_by()
    here = Q(arrived_at__isnull=False)
    found: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    of_firms = seats.filter(vendor__isnull=False).values_list("session_id", "vendor__region_id")
    for session_id, region, given, people in of_firms.annotate(
        given=Count("pk"), people=Count("pk", filter=here)
    ):
        found[session_id][region].update(seats=given, people=people)
    of_offices = seats.filter(agency__isnull=False).values_list(
        "session_id", "agency__region_id", "session__region_id"
    )
    for session_id, region, place, given, people in of_offices.annotate(
        given=Count("pk"), people=Count("pk", filter=here)
    ):
        found[session_id][region or place].update(seats=given, of_offices=people)
    return found


def _in_force(versions: list[tuple[str, date]], day: date) -> str:
    return next((version for version, since in reversed(versions) if since <= day), "")


# --- firms ----------------------------------------------------------------------------------------
def _count_reached(counts: _Counts) -> None:
    """The first counted session of each firm, in the month in which it was."""
    there = Seat.objects.filter(
        session__state=Session.State.CLOSED,
        state__in=SEATED,
        arrived_at__isnull=False,
        vendor__merged_into__isnull=True,
        vendor__isnull=False,
    ).exclude(session__in=counts.tokens)
    firsts = there.order_by().values_list("vendor_id", "vendor__region_id")
    for _firm, region, first in firsts.annotate(first=Min("session__starts_at")).iterator():
        counts.months[region, _month(first)]["reached"] += 1


def _count_firms(counts: _Counts) -> None:
    """Firms by region and status, and the month of each firm's first account on a platform."""
    rows = Vendor.objects.standing().order_by().values_list("region_id", "status")
    for region, status, count in rows.annotate(n=Count("pk")):
        counts.firms[region][status] = count
    firsts = AuditEvent.objects.filter(act="register", vendor__merged_into__isnull=True).order_by()
    of_firms = firsts.values_list("vendor_id", "vendor__region_id").annotate(first=Min("at"))
    for _firm, region, first in of_firms.iterator():
        counts.months[region, _month(first)]["listed"] += 1


def _month(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def _replace(counts: _Counts) -> None:
    RegionMonth.objects.all().delete()
    RegionMonth.objects.bulk_create(
        (
            RegionMonth(region_id=region, month=month, **numbers)
            for (region, month), numbers in counts.months.items()
        ),
        batch_size=500,
    )
    RegionNow.objects.all().delete()
    RegionNow.objects.bulk_create(
        RegionNow(
            region_id=code,
            firms=counts.firms.get(code, {}),
            held_on=[day.isoformat() for day in sorted(counts.held_on.get(code, []))],
            taught=counts.taught.get(code, {}),
        )
        for code in Region.objects.values_list("code", flat=True)
    )


# --- what the forecast is made of -----------------------------------------------------------------
def _observe(now: datetime) -> dict[str, Any]:
    """How often firms went on from each step, when they had the time for it, and how long."""
    roads: dict[int, dict[str, Any]] = defaultdict(dict)
    events = AuditEvent.objects.filter(act__in=OF_THE_ROAD, vendor__isnull=False).order_by()
    for firm, act, first, times in events.values_list("vendor_id", "act").annotate(
        first=Min("at"), times=Count("pk")
    ):
        roads[firm][act] = (first, times)
    patience = timedelta(days=Setting.value_of("submit_days"))
    trained = [road for road in roads.values() if _older(road, "guide", now - patience)]
    handed_in = [road for road in roads.values() if "submit" in road]
    decided = [road for road in handed_in if {"approve", "reject", "lapse"} & set(road)]
    cleared = [road for road in roads.values() if _older(road, "approve", now - LISTED_AFTER)]
    on_sale = [road for road in roads.values() if "go_live" in road and "guide" in road]
    newest = sorted(on_sale, key=lambda road: road["go_live"][0])[-SAMPLE:]
    return {
        "steps": {
            "present": _asked_and_came(),
            "complete": _share(trained, "submit"),
            "approved": _share(decided, "approve"),
            "active": _share(cleared, "go_live"),
        },
        "rounds": [road.get("return_for_correction", (None, 0))[1] for road in decided][-SAMPLE:],
        "days": [_days(road) for road in newest],
    }


def _asked_and_came() -> list[int]:
    asked = Seat.objects.filter(
        session__state=Session.State.CLOSED,
        state__in=SEATED,
        vendor__isnull=False,
        is_walk_in=False,
    ).aggregate(asked=Count("pk"), came=Count("pk", filter=Q(arrived_at__isnull=False)))
    return [asked["asked"], asked["came"]]


def _older(road: dict[str, Any], act: str, than: datetime) -> bool:
    return act in road and road[act][0] < than


def _share(roads: Iterable[dict[str, Any]], act: str) -> list[int]:
    found = [act in road for road in roads]
    return [len(found), sum(found)]


def _days(road: dict[str, Any]) -> float:
    lasted = road["go_live"][0] - road["guide"][0]
    return float(round(max(lasted.total_seconds() / 86400, 0.0), 2))
