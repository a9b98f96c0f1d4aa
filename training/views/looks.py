"""Which sessions and seats a page shows, and how they look."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

#: How a session and a seat look: kind, icon, words. Yellow only where somebody must act.
PLANNED = ("info", "cal", gettext_lazy("Planned"))
TO_CLOSE = ("warn", "alert", gettext_lazy("Sheet not closed yet"))
CLOSED = ("ok", "check", gettext_lazy("Sheet closed"))
CANCELLED = ("off", "x", gettext_lazy("Cancelled"))
PRESENT = ("ok", "check", gettext_lazy("Present"))
LATE = ("ok", "clock", gettext_lazy("Present, late"))
#: By hand the time is when somebody ticked, not when the person came.
TIMED = frozenset({Seat.ArrivedVia.PASS, Seat.ArrivedVia.CODE, Seat.ArrivedVia.SELF})
ABSENT = ("off", "x", gettext_lazy("Absent"))


def session_or_404(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("region", "trainer", "syllabus")
    return get_object_or_404(rows, pk=pk)


def seats_of(request: HttpRequest, held: Session) -> QuerySet[Seat]:
    in_sight = Seat.objects.visible_to(request.user).filter(session=held)
    return in_sight.select_related("vendor", "agency").order_by("vendor__name", "pk")


def own_seats(user: Any) -> QuerySet[Seat]:
    """Return the seats that are this person's own: of their firms, or of their own office.

    An office sees the seats of firms that it named, but it holds no pass of theirs.
    """
    rows = Seat.objects.visible_to(user).filter(state__in=SEATED)
    if user.role != "vendor":
        rows = rows.filter(agency=user.agency_id, agency__isnull=False)
    return rows.select_related("session__region", "vendor", "agency")


def look_of_session(held: Session) -> tuple[str, str, Any]:
    if held.state == Session.State.CLOSED:
        return CLOSED
    if held.state == Session.State.CANCELLED:
        return CANCELLED
    return TO_CLOSE if held.ends_at < timezone.now() else PLANNED


def look_of_seat(seat: Seat, held: Session) -> tuple[str, str, Any]:
    if seat.arrived_at is not None:
        is_late = seat.arrived_at > held.starts_at + timedelta(minutes=held.late_after)
        return LATE if is_late and seat.arrived_via in TIMED else PRESENT
    if held.state == Session.State.CLOSED:
        return ABSENT
    return ("info", "cal", seat.get_state_display())


def is_begun(held: Session) -> bool:
    return timezone.localdate(held.starts_at) <= timezone.localdate()


def last_digits(phone: str) -> str:
    return f"•••• {phone[-4:]}" if phone else ""
