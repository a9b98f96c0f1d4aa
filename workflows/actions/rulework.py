"""What a change of rules means on the road: firms not yet invited are judged again, no one else.

Who is further along is not moved by a rule; the page of the version lists them for an officer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

import onboarding.actions
from onboarding.models import RuleVersion, Status, Vendor
from workflows import audit
from workflows.actions.screening import screen_apart
from workflows.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onboarding.models import User

CHUNK = 500
BEFORE_INVITED = (Status.REFERRED, Status.INELIGIBLE, Status.ELIGIBLE)
#: Work that only an act orders: given up, it is tried again after a rest, when its cause may be
#: gone.
ORDERED_ONCE = (Job.Kind.SCREEN_SHEET, Job.Kind.LOOK_FOR_TWINS, Job.Kind.LOOK_AGAIN)
REST = timedelta(hours=6)


def judge_again(version_id: int, *, by: User, beat: Callable[[], None]) -> RuleVersion:
    """Judge every firm that waits for an invitation by the version that counts now.

    Chunk by chunk, each kept with how far it came, so that a killed worker's work goes on.
    """
    version = RuleVersion.objects.get(pk=version_id)
    is_due = version.switched_on_at and version.from_on and version.from_on <= timezone.localdate()
    if version.judged_at is not None or not is_due:
        return version
    up_to: int | None = version.judged_up_to
    while up_to is not None:
        up_to = _judge_chunk(version, up_to, by=by, beat=beat)
    onboarding.actions.finish_judging(version, by=by)
    return version


@transaction.atomic
def _judge_chunk(
    version: RuleVersion, up_to: int, *, by: User, beat: Callable[[], None]
) -> int | None:
    waiting = Vendor.objects.standing().filter(pk__gt=up_to, status__in=BEFORE_INVITED)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    if not ids:
        return None
    beat()
    _moved, left = screen_apart(ids, by=by)
    if left:
        audit.record("leave_unjudged", by=by, version=version.number, unscreened=left)
    onboarding.actions.note_judged(version, up_to=ids[-1])
    return ids[-1]


def work_of_rules(*, now: datetime) -> list[tuple[str, int]]:
    """Return the jobs whose time has come: a version that begins today, registers to ask again."""
    due = [(Job.Kind.ASK_REGISTER.value, pk) for pk in onboarding.actions.due_to_be_asked(now=now)]
    version = RuleVersion.objects.in_force(timezone.localdate(now))
    if version.judged_at is None and version.number > 1:
        due.append((Job.Kind.JUDGE_AGAIN.value, version.pk))
    return due


def left_to_the_sweep(*, now: datetime) -> list[tuple[str, int]]:
    """Return the jobs that were given up some hours ago and that nobody has ordered since."""
    since = Job.objects.filter(
        kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk")
    )
    given_up = Job.objects.filter(
        ~Exists(since),
        state=Job.State.GIVEN_UP,
        kind__in=ORDERED_ONCE,
        finished_at__lt=now - REST,
    )
    return list(given_up.order_by("pk").values_list("kind", "subject_id"))


def leave_to_the_sweep(subject_id: int, *, by: Any) -> None:
    """Do nothing when no worker could finish: the row still says that it waits, and is ordered
    again by the next round, or after a rest (``left_to_the_sweep``)."""
