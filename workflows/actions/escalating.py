"""Who is told of what is nearly due or late: each person once a working day, in one mail."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import User
from workflows import calendar, deadlines, messages
from workflows.actions.casework import OFFICE_STAGES
from workflows.leaves import covers_on
from workflows.models import Case, CaseKind, Hold, Message, Setting, Stage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

OLDEST: Final = 10
MOST_IN_A_MAIL: Final = 20
#: Nobody reads a mail of the office before it opens.
FROM: Final = time(7, 0)
WITH_DIGEST: Final = (roles.MANAGER, roles.APPROVER)


def tell_of_time(*, now: datetime) -> dict[str, int]:
    """Tell holders what is nearly due and what they wanted to look at again, and the head and the
    approvers what is late; returns how many mails. Asked every few minutes, it writes once a
    working day."""
    local, closed = timezone.localtime(now), deadlines.closed_days()
    counts = {"holders": 0, "digests": 0}
    if local.time() < FROM or not calendar.is_working_day(local.date(), closed):
        return counts
    counts["holders"] = _tell_holders(now, closed)
    counts["digests"] = _tell_of_late(now, closed)
    return counts


@transaction.atomic
def _tell_holders(now: datetime, closed: Collection[date]) -> int:
    today = timezone.localdate(now)
    told = 0
    work: dict[User, tuple[list[Case], list[Hold]]] = defaultdict(lambda: ([], []))
    for case in _nearly_due(today, closed):
        if case.owner is not None:
            work[case.owner][0].append(case)
    again = Hold.objects.filter(ended_at__isnull=True, look_again_on__lte=today)
    covers = covers_on(today)
    for hold in again.select_related("began_by", "case__vendor").order_by("look_again_on")[:500]:
        work[covers.get(hold.began_by_id, hold.began_by)][1].append(hold)
    keys = {person: f"own-work:{today:%Y%m%d}:{person.pk}" for person in work}
    known = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for person, (due, holds) in work.items():
        if person.is_active and person.email and keys[person] not in known:
            words = {"due": [_line(case) for case in due[:MOST_IN_A_MAIL]]}
            words["again"] = [_line(hold.case) for hold in holds[:MOST_IN_A_MAIL]]
            messages.tell_colleague(person, "own_work", key=keys[person], **words)
            told += 1
    return told


def _nearly_due(today: date, closed: Collection[date]) -> QuerySet[Case]:
    """Cases in somebody's hands that are due within the notice, or were due."""
    days = Setting.value_of("due_notice_days")
    if not days:
        return Case.objects.none()
    last = calendar.add_working_days(today, days, closed)
    until = timezone.make_aware(datetime.combine(last, time.max))
    held = Case.objects.filter(owner__isnull=False, held_since=None, due_at__lte=until)
    return held.select_related("owner", "vendor").order_by("due_at")[:500]


@transaction.atomic
def _tell_of_late(now: datetime, closed: Collection[date]) -> int:
    """What the office is late with, and expired papers that an owner on sale did not renew."""
    today, days = timezone.localdate(now), Setting.value_of("late_notice_days")
    start = f"late:{today:%Y%m%d}:"
    if not days or Message.objects.filter(key__startswith=start).exists():
        return 0
    waits = Q(stage__in=OFFICE_STAGES) | Q(stage=Stage.CORRECT, kind=CaseKind.EXPIRED_PAPER)
    late = Case.objects.filter(waits, held_since=None, due_at__lt=_late_since(today, days, closed))
    counts = dict(late.order_by().values_list("stage").annotate(n=Count("pk")))
    if not counts:
        return 0
    oldest = list(late.select_related("vendor", "owner").order_by("due_at", "pk")[:OLDEST])
    people = User.objects.filter(role__in=WITH_DIGEST, is_active=True).exclude(email=None)
    told = 0
    for person in people.exclude(email=""):
        with_links = person.may("workflows.read_timeline")
        messages.tell_colleague(
            person,
            "late_digest",
            key=f"{start}{person.pk}",
            total=sum(counts.values()),
            days=days,
            counts=[(stage, counts[stage]) for stage in Stage if stage in counts],
            oldest=[_line(case, with_link=with_links) for case in oldest],
            page=settings.SITE_URL
            + reverse("workflows:queue" if with_links else "workflows:overview"),
        )
        told += 1
    return told


def _late_since(today: date, days: int, closed: Collection[date]) -> datetime:
    """What was due before this moment is late by so many working days or more."""
    day = today
    while calendar.working_days_between(day, today, closed) < days:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _line(case: Case, *, with_link: bool = True) -> dict[str, object]:
    """A case in a mail: no number of a person, nothing that a stranger could use."""
    url = reverse("workflows:review_case", args=[case.pk]) if with_link else ""
    return {
        "name": case.vendor.name,
        "number": case.vendor.number,
        "stage": Stage(case.stage),
        "due_at": case.due_at,
        "url": settings.SITE_URL + url if url else "",
    }
