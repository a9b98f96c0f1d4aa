"""Who was there: marked on a phone, counted when the trainer closes the sheet, corrected with a
reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.actions.planning import lock_open_session
from training.errors import Refused, SessionFull, SessionNotOver, SheetChanged, SheetClosed
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Mapping


@transaction.atomic
def mark_attendance(session: Session, *, present: Mapping[int, bool], by: Any) -> int:
    """Mark firms as there or not, as the trainer ticks them; returns how many marks changed.

    ``present`` maps vendor ids to yes or no; firms without a seat are ignored. Sending the
    same list twice changes nothing.
    """
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))
    session = _lock_session_of_today(session)
    marks: dict[int, bool] = {}
    for seat in session.seats.filter(vendor_id__in=list(present), state__in=SEATED):
        is_here = present[seat.vendor_id]
        if seat.is_present == is_here:
            continue
        seat.arrived_at = timezone.now() if is_here else None
        seat.marked_by = by if is_here else None
        seat.save(update_fields=["arrived_at", "marked_by"])
        marks[seat.vendor_id] = is_here
    if marks:
        events.attendance_marked.send(sender=Session, session=session, marks=marks, by=by)
    return len(marks)


@transaction.atomic
def add_walk_in(session: Session, *, vendor_id: int, reason: str, by: Any) -> Seat:
    """Seat a firm that came without an invitation, if a chair is free, and mark it as there."""
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))
    session = _lock_session_of_today(session)
    if session.audience != Session.Audience.VENDORS:
        raise Refused(_("This session is for government users, not for businesses."))
    if session.seats.filter(state__in=SEATED).count() >= session.capacity:
        raise SessionFull(_("All seats of this session are taken."))
    seat, made = Seat.objects.get_or_create(
        session=session,
        vendor_id=vendor_id,
        defaults={"given_by": by, "is_walk_in": True},
    )
    if not made and seat.state in SEATED:
        raise Refused(_("This business already has a seat in this session."))
    seat.state, seat.is_walk_in, seat.mark_reason = Seat.State.CONFIRMED, True, reason
    seat.arrived_at, seat.marked_by = timezone.now(), by
    seat.save()
    events.attendance_marked.send(sender=Session, session=session, marks={vendor_id: True}, by=by)
    return seat


@transaction.atomic
def close_sheet(session: Session, *, seen_present: int | None = None, by: Any) -> Session:
    """Close the sheet: from now on it counts, and only a reasoned correction changes it.

    ``seen_present`` is the number that the closer was shown; when it no longer holds,
    ``SheetChanged`` is raised and nothing is counted. A guest without invitation whose mark was
    taken back was seated by mistake, so that is not a missed session.
    """
    if not by.has_perm("training.close_sheet"):
        raise Refused(_("Your role cannot close the sheet."))
    session = lock_open_session(session)
    if session.starts_at > timezone.now():
        raise SessionNotOver(_("The sheet can be closed once the session has begun."))
    seats = session.seats.filter(state__in=SEATED)
    present = list(seats.filter(arrived_at__isnull=False).values_list("vendor_id", flat=True))
    absent = list(
        seats.filter(arrived_at__isnull=True, is_walk_in=False).values_list("vendor_id", flat=True)
    )
    if seen_present is not None and seen_present != len(present):
        raise SheetChanged(
            _("Somebody marked the list just now: %(count)d are present. Check it again.")
            % {"count": len(present)}
        )
    session.state, session.closed_at, session.closed_by = Session.State.CLOSED, timezone.now(), by
    session.save(update_fields=["state", "closed_at", "closed_by"])
    events.sheet_closed.send(
        sender=Session, session=session, present_ids=present, absent_ids=absent, by=by
    )
    return session


@transaction.atomic
def correct_attendance(seat: Seat, *, present: bool, reason: str, by: Any) -> Seat:
    """Correct presence after closing, with a reason that stays on record.

    The office that plans sessions answers for their record, so its act is asked for.
    """
    if not by.has_perm("training.correct_attendance"):
        raise Refused(_("Your role cannot correct attendance."))
    seat = Seat.objects.select_for_update().select_related("session").get(pk=seat.pk)
    if seat.session.state != Session.State.CLOSED:
        raise SheetClosed(_("The sheet is still open: tick the list instead."))
    if seat.is_present == present:
        raise Refused(_("The sheet already says so."))
    seat.arrived_at = seat.session.starts_at if present else None
    seat.marked_by = by if present else None
    seat.mark_reason = reason
    seat.save(update_fields=["arrived_at", "marked_by", "mark_reason"])
    events.attendance_corrected.send(sender=Seat, seat=seat, reason=reason, by=by)
    return seat


def _lock_session_of_today(session: Session) -> Session:
    session = lock_open_session(session)
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise SessionNotOver(_("Attendance can be taken from the day of the session on."))
    return session
