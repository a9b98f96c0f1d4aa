"""The monthly note: each office hears once a month what became of the firms that it named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from onboarding import roles
from onboarding.models import Agency, Referral, Status
from workflows import audit, calendar
from workflows.messages import tell_colleague
from workflows.models import Holiday, Job, Message
from workflows.reports import APPROVED, GUIDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import User

#: Firms that wait for something from the office or from their owner.
WAITING = (Status.INELIGIBLE, Status.RETURNED)


def note_due(today: date) -> int | None:
    """Return the month (as 202611) whose note is to be written now, None when it is or was not
    yet: due from the first working day on, so that a day without the beat loses nothing."""
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    if today < calendar.add_working_days(today.replace(day=1), 0, holidays):
        return None
    last = today.replace(day=1) - timedelta(days=1)
    month = last.year * 100 + last.month
    return None if Job.objects.filter(kind=Job.Kind.WRITE_NOTES, subject_id=month) else month


def write_notes(month: int, *, by: User, beat: Callable[[], None]) -> int:
    """Write the note of a month to everybody of every office that ever named a firm.

    The key of the message makes it once per person and month, however often this runs. Returns how
    many messages are new.
    """
    begin, end = _bounds(month)
    offices = (
        Agency.objects.exclude(kind=Agency.Kind.BUREAU)
        .filter(referrals__created_at__lt=end)
        .distinct()
        .order_by("pk")
        .prefetch_related("people")
    )
    written = 0
    for office in offices:
        with transaction.atomic():
            beat()
            written += _write(office, month, begin, end)
    if written:
        audit.record("write_notes", by=by, month=month, messages=written)
    return written


def give_up_notes(month: int, *, by: User) -> None:
    """Leave on the trail that the notes of a month could not all be written."""
    audit.record("write_notes", by=by, month=month, state="given up")


def figures_of(office: Agency, begin: datetime, end: datetime) -> dict[str, int]:
    """Count the firms that an office named: in the month, in all, and where they stand now."""
    firms = Count("vendor", distinct=True)
    named = Referral.objects.standing().filter(agency=office, created_at__lt=end).order_by()
    found: dict[str, int] = named.aggregate(
        new=Count("vendor", distinct=True, filter=Q(created_at__gte=begin)),
        named=firms,
        guided=Count("vendor", distinct=True, filter=Q(vendor__status__in=GUIDED)),
        approved=Count("vendor", distinct=True, filter=Q(vendor__status__in=APPROVED)),
        on_sale=Count("vendor", distinct=True, filter=Q(vendor__status=Status.ACTIVE)),
        waiting=Count("vendor", distinct=True, filter=Q(vendor__status__in=WAITING)),
    )
    return found


def _write(office: Agency, month: int, begin: datetime, end: datetime) -> int:
    people = [
        person
        for person in office.people.all()
        if person.is_active and person.email and person.role in (roles.AGENCY, roles.COOPERATIVE)
    ]
    keys = {person.pk: f"note:{month}:{office.pk}:{person.pk}" for person in people}
    known = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    waiting = [person for person in people if keys[person.pk] not in known]
    figures = figures_of(office, begin, end) if waiting else {}
    for person in waiting:
        tell_colleague(
            person, "monthly_note", key=keys[person.pk], office=office, month=begin, **figures
        )
    return len(waiting)


def _bounds(month: int) -> tuple[datetime, datetime]:
    first = date(month // 100, month % 100, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, after))
    return begin, end
