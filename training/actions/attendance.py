"""Who was there, marked by hand: each mark with its reason, counted when the trainer closes the
sheet, corrected with a reason. Seats of firms and of offices alike."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.actions.judging import desk_mark, judge_seats
from training.actions.planning import check_room, lock_open_session
from training.errors import (
    DoorUnsettled,
    Refused,
    SessionNotOver,
    SheetChanged,
    SheetClosed,
)
from training.models import SEATED, DoorDevice, Scan, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

#: A device that was silent for so long may hold marks that nobody has seen.
SILENT_AFTER: Final = timedelta(minutes=10)


@transaction.atomic
def mark_attendance(
    session: Session,
    *,
    present: Mapping[int, bool],
    reason: str,
    via: str = Seat.ArrivedVia.HAND,
    by: Any,
) -> int:
    """Mark seats as taken or not, by hand and so with a reason; returns how many marks changed.

    ``present`` maps seat ids to yes or no; other ids are ignored. Sending the same list twice
    changes nothing.
    """
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))
    session = _lock_session_of_today(session)
    seats = [
        seat
        for seat in session.seats.filter(pk__in=list(present), state__in=SEATED)
        if seat.is_present != present[seat.pk]
    ]
    if not seats:
        return 0
    if not reason.strip():
        raise Refused(_("Say why this is marked by hand."))
    Scan.objects.bulk_create(
        desk_mark(
            session,
            seat,
            what=Scan.What.IN if present[seat.pk] else Scan.What.UNDO,
            via=via,
            reason=reason[:160],
            by=by,
        )
        for seat in seats
    )
    judge_seats(seats)
    marks = {seat.pk: present[seat.pk] for seat in seats}
    events.attendance_marked.send(
        sender=Session, session=session, marks=marks, reason=reason, by=by
    )
    return len(marks)


@transaction.atomic
def add_walk_in(session: Session, *, vendor_id: int, reason: str, by: Any) -> Seat:
    """Seat a firm that came without an invitation, if a chair is free, and mark it as there."""
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))
    session = _lock_session_of_today(session)
    seat = give_chair(session, vendor_id=vendor_id, by=by)
    seat.mark_reason = reason
    scan = desk_mark(
        session, seat, what=Scan.What.WALK_IN, via=Seat.ArrivedVia.HAND, reason=reason, by=by
    )
    scan.save()
    judge_seats([seat])
    events.attendance_marked.send(
        sender=Session, session=session, marks={seat.pk: True}, reason=reason, by=by
    )
    return seat


def give_chair(session: Session, *, vendor_id: int, by: Any) -> Seat:
    """Give a firm at the door a free chair of a locked session; who is there is marked next.

    Raises ``SessionFull``, or ``Refused`` when the firm has a seat already.
    """
    if session.audience != Session.Audience.VENDORS:
        raise Refused(_("This session is for government users, not for businesses."))
    check_room(session, 1)
    seat, made = Seat.objects.get_or_create(
        session=session,
        vendor_id=vendor_id,
        defaults={"given_by": by, "is_walk_in": True, "state": Seat.State.CONFIRMED},
    )
    if not made and seat.state in SEATED:
        raise Refused(_("This business already has a seat in this session."))
    seat.state, seat.is_walk_in = Seat.State.CONFIRMED, True
    seat.save(update_fields=["state", "is_walk_in"])
    return seat


@transaction.atomic
def close_sheet(
    session: Session, *, seen_present: int | None = None, despite: str = "", by: Any
) -> Session:
    """Close the sheet: from now on it counts, and only a reasoned correction changes it.

    ``seen_present`` is the number that the closer was shown; when it no longer holds,
    ``SheetChanged`` is raised and nothing is counted. Raises ``DoorUnsettled`` while devices
    disagree, or while one may hold marks that it did not send, unless ``despite`` says why it is
    not waited for. A guest without invitation whose mark was taken back was seated by mistake, so
    that is not a missed session.
    """
    if not by.has_perm("training.close_sheet"):
        raise Refused(_("Your role cannot close the sheet."))
    session = lock_open_session(session)
    if session.starts_at > timezone.now():
        raise SessionNotOver(_("The sheet can be closed once the session has begun."))
    seats = list(session.seats.filter(state__in=SEATED))
    present = [seat for seat in seats if seat.is_present]
    absent = [seat for seat in seats if not seat.is_present and not seat.is_walk_in]
    if seen_present is not None and seen_present != len(present):
        raise SheetChanged(
            _("Somebody marked the list just now: %(count)d are present. Check it again.")
            % {"count": len(present)}
        )
    _check_settled(session, despite)
    session.state, session.closed_at, session.closed_by = Session.State.CLOSED, timezone.now(), by
    session.save(update_fields=["state", "closed_at", "closed_by"])
    events.sheet_closed.send(
        sender=Session,
        session=session,
        present_ids=[seat.vendor_id for seat in present if seat.vendor_id],
        absent_ids=[seat.vendor_id for seat in absent if seat.vendor_id],
        counts={"present": len(present), "absent": len(absent)},
        reason=despite,
        by=by,
    )
    return session


@transaction.atomic
def correct_attendance(seat: Seat, *, present: bool, reason: str, by: Any) -> Seat:
    """Correct presence after closing, with a reason that stays on record.

    The office that plans sessions answers for their record, so its act is asked for.
    """
    if not by.has_perm("training.correct_attendance"):
        raise Refused(_("Your role cannot correct attendance."))
    seat = Seat.objects.select_for_update(of=("self",)).select_related("session").get(pk=seat.pk)
    if seat.session.state != Session.State.CLOSED:
        raise SheetClosed(_("The sheet is still open: tick the list instead."))
    if seat.is_present == present:
        raise Refused(_("The sheet already says so."))
    seat.arrived_at = seat.session.starts_at if present else None
    seat.arrived_via = Seat.ArrivedVia.HAND if present else ""
    seat.marked_by = by if present else None
    seat.left_at = None
    seat.mark_reason = reason
    seat.save(update_fields=["arrived_at", "arrived_via", "marked_by", "left_at", "mark_reason"])
    events.attendance_corrected.send(sender=Seat, seat=seat, reason=reason, by=by)
    return seat


def open_disagreements(session: Session) -> QuerySet[Scan]:
    """What devices disagree on and nobody has settled."""
    disputed = Scan.objects.filter(session=session, outcome=Scan.Outcome.DISPUTED)
    return disputed.filter(settled_at__isnull=True)


def unheard_devices(devices: Iterable[DoorDevice]) -> list[DoorDevice]:
    """Keep the devices that hold marks, or may: they said so, or were not heard of for long."""
    limit = timezone.now() - SILENT_AFTER
    return [
        device
        for device in devices
        if device.unsent or (not device.is_done and device.reported_at < limit)
    ]


def _check_settled(session: Session, despite: str) -> None:
    if open_disagreements(session).exists():
        raise DoorUnsettled(
            _("Devices at the door disagree. Settle this on the page of the session first.")
        )
    unheard = unheard_devices(session.devices.all())
    if unheard and not despite.strip():
        names = ", ".join(device.name for device in unheard)
        raise DoorUnsettled(
            _(
                "These devices may hold marks that were not sent: %(devices)s. Let them send, or "
                "say why they are not waited for."
            )
            % {"devices": names}
        )


def _lock_session_of_today(session: Session) -> Session:
    session = lock_open_session(session)
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise SessionNotOver(_("Attendance can be taken from the day of the session on."))
    return session
