"""Sessions and their seats: never more seats than chairs, never two for one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training import events
from training.errors import Refused, SessionFull, SheetClosed, TrainerBusy
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@transaction.atomic
def plan_session(*, by: Any, **facts: Any) -> Session:
    """Plan a session. ``facts`` are the fields of the planning form, already checked there.

    Raises ``TrainerBusy`` when the trainer leads another session at that time.
    """
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot plan sessions."))
    if facts["starts_at"] <= timezone.now():
        raise Refused(_("A session cannot be planned in the past."))
    _check_trainer_is_free(facts["trainer"], facts["starts_at"], facts["ends_at"])
    session = Session.objects.create(created_by=by, **facts)
    events.session_planned.send(sender=Session, session=session, by=by)
    return session


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: Any) -> Session:
    """Cancel a session that was not closed; every seat is released, nobody is counted absent."""
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot cancel sessions."))
    session = lock_open_session(session)
    seats = session.seats.filter(state__in=SEATED)
    vendor_ids = list(seats.values_list("vendor_id", flat=True))
    seats.update(state=Seat.State.RELEASED)
    session.state = Session.State.CANCELLED
    session.save(update_fields=["state"])
    events.session_cancelled.send(
        sender=Session, session=session, vendor_ids=vendor_ids, reason=reason, by=by
    )
    return session


@transaction.atomic
def give_seats(session: Session, *, vendor_ids: Iterable[int], by: Any) -> list[Seat]:
    """Give a seat to each firm, all or none. A released seat is given again, not doubled.

    Raises ``SessionFull`` (saying how many seats are left), ``SheetClosed``, or ``Refused`` when
    the session is not for businesses or has begun.
    """
    session = lock_open_session(session)
    _check_takes_guests(session)
    wanted = list(dict.fromkeys(vendor_ids))
    seated = set(
        session.seats.filter(vendor_id__in=wanted, state__in=SEATED).values_list(
            "vendor_id", flat=True
        )
    )
    wanted = [vendor_id for vendor_id in wanted if vendor_id not in seated]
    left = session.capacity - session.seats.filter(state__in=SEATED).count()
    if len(wanted) > left == 0:
        raise SessionFull(_("All seats of this session are taken."))
    if len(wanted) > left:
        raise SessionFull(
            ngettext(
                "Only %(left)d seat is left in this session.",
                "Only %(left)d seats are left in this session.",
                left,
            )
            % {"left": left}
        )
    session.seats.filter(vendor_id__in=wanted).update(
        state=Seat.State.INVITED, is_walk_in=False, given_at=timezone.now(), given_by=by
    )
    kept = set(session.seats.filter(vendor_id__in=wanted).values_list("vendor_id", flat=True))
    Seat.objects.bulk_create(
        Seat(session=session, vendor_id=vendor_id, given_by=by)
        for vendor_id in wanted
        if vendor_id not in kept
    )
    if wanted:
        events.seats_given.send(sender=Session, session=session, vendor_ids=wanted, by=by)
    return list(session.seats.filter(vendor_id__in=wanted))


@transaction.atomic
def release_seat(seat: Seat, *, declined: bool, by: Any) -> Seat:
    """Take a seat back before the sheet is closed: the firm declined, or the office changed its
    mind."""
    lock_open_session(seat.session)
    seat.refresh_from_db()
    if seat.state not in SEATED:
        raise Refused(_("This seat was already given back."))
    seat.state = Seat.State.DECLINED if declined else Seat.State.RELEASED
    seat.arrived_at = seat.marked_by = None
    seat.save(update_fields=["state", "arrived_at", "marked_by"])
    events.seat_released.send(sender=Seat, seat=seat, by=by)
    return seat


def lock_open_session(session: Session) -> Session:
    """Re-read a session under its lock; raises ``SheetClosed`` when nothing may be written any
    more."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_open:
        raise SheetClosed(
            _("The attendance sheet of this session is closed, or the session was cancelled.")
        )
    return session


def _check_trainer_is_free(trainer: Any, starts_at: datetime, ends_at: datetime) -> None:
    clash = Session.objects.filter(
        trainer=trainer, state=Session.State.PLANNED, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).first()
    if clash is not None:
        raise TrainerBusy(
            _("%(trainer)s leads “%(session)s” at that time. Choose another time or trainer.")
            % {"trainer": trainer, "session": clash.title}
        )


def _check_takes_guests(session: Session) -> None:
    if session.audience != Session.Audience.VENDORS:
        raise Refused(_("This session is for government users, not for businesses."))
    if session.starts_at <= timezone.now():
        raise Refused(
            _("This session has already begun. Seat those who come as guests without invitation.")
        )
