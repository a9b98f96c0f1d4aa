"""Sessions and their seats: never more seats than chairs, never two for one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from training import events
from training.actions.clashes import check_is_free, lock_plans
from training.actions.venues import with_hall
from training.errors import Refused, RowsRefused, SessionFull, SheetClosed
from training.models import SEATED, Seat, Series, Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@transaction.atomic
def plan_session(*, by: Any, **facts: Any) -> Session:
    """Plan a session. ``facts`` are the fields of the planning form, already checked there;
    ``keep_hall`` also writes the place down as a hall, with its ``chairs``.

    Raises ``TrainerBusy`` or ``HallTaken`` naming the other session.
    """
    check_may_plan(by)
    session = _plan_one(facts, by=by)
    events.session_planned.send(sender=Session, session=session, by=by)
    return session


@transaction.atomic
def plan_series(*, title: str, rows: list[dict[str, Any]], by: Any) -> Series:
    """Plan several sessions together, all or none; each of ``rows`` is the facts of one.

    Raises ``RowsRefused`` with a sentence for each session that cannot be planned; a session of
    the series may not stand in the way of another one either.
    """
    check_may_plan(by)
    lock_plans(
        trainers=[person for row in rows for person in trainers_of(row)],
        venues=[row.get("venue") for row in rows],
    )
    series = Series.objects.create(title=title, created_by=by)
    sessions, refused = [], {}
    for place, row in enumerate(rows):
        try:
            sessions.append(_plan_one({**row, "series": series}, by=by))
        except Refused as error:
            refused[place] = error.sentence
    if refused:
        raise RowsRefused(
            _("Nothing was planned yet: some of these sessions stand in the way of others."),
            refused,
        )
    events.series_planned.send(sender=Series, series=series, sessions=sessions, by=by)
    return series


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: Any) -> Session:
    """Cancel a session that was not closed; every seat is released, nobody is counted absent."""
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot cancel sessions."))
    session = lock_open_session(session)
    vendor_ids, user_ids = guests_of(session)
    session.seats.filter(state__in=(*SEATED, Seat.State.WAITING)).update(
        state=Seat.State.RELEASED, hold_until=None
    )
    session.state, session.cancel_reason = Session.State.CANCELLED, reason
    session.save(update_fields=["state", "cancel_reason"])
    events.session_cancelled.send(
        sender=Session,
        session=session,
        vendor_ids=vendor_ids,
        user_ids=user_ids,
        reason=reason,
        by=by,
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
    check_room(session, len(wanted))
    session.seats.filter(vendor_id__in=wanted).update(
        state=Seat.State.INVITED,
        is_walk_in=False,
        given_at=timezone.now(),
        given_by=by,
        hold_until=None,
        answered_at=None,
        answered_by=None,
        answered_via="",
        reminded_at=None,
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
    seat.arrived_at = seat.marked_by = seat.hold_until = None
    seat.save(update_fields=["state", "arrived_at", "marked_by", "hold_until"])
    events.seat_released.send(sender=Seat, seat=seat, by=by)
    return seat


def check_room(session: Session, wanted: int) -> None:
    """Demand so many free seats; the caller holds the session's lock. Raises ``SessionFull``."""
    left = max(session.seats_left, 0)
    if wanted <= left:
        return
    if left == 0:
        raise SessionFull(_("All seats of this session are taken."))
    raise SessionFull(
        ngettext(
            "Only %(left)d seat is left in this session.",
            "Only %(left)d seats are left in this session.",
            left,
        )
        % {"left": left}
    )


def lock_open_session(session: Session) -> Session:
    """Re-read a session under its lock; raises ``SheetClosed`` when nothing may be written any
    more."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_open:
        raise SheetClosed(
            _("The attendance sheet of this session is closed, or the session was cancelled.")
        )
    return session


def check_may_plan(by: Any) -> None:
    """Refuse those who do not plan sessions."""
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot plan sessions."))


def check_is_to_come(starts_at: datetime) -> None:
    """Refuse a moment that has passed."""
    if starts_at <= timezone.now():
        raise Refused(_("A session cannot be planned in the past."))


def trainers_of(facts: dict[str, Any]) -> list[Any]:
    """Return the lead trainer first, then those who help."""
    return [facts["trainer"], *facts.get("co_trainers", ())]


def guests_of(session: Session) -> tuple[list[int], list[int]]:
    """Return the firms and the people of offices who have a seat or wait for one."""
    seats = session.seats.filter(state__in=(*SEATED, Seat.State.WAITING))
    vendor_ids = seats.filter(vendor__isnull=False).values_list("vendor_id", flat=True)
    user_ids = seats.filter(user__isnull=False).values_list("user_id", flat=True)
    return list(vendor_ids), list(user_ids)


def _plan_one(facts: dict[str, Any], *, by: Any) -> Session:
    check_is_to_come(facts["starts_at"])
    facts = with_hall(facts)
    check_is_free(
        starts_at=facts["starts_at"],
        ends_at=facts["ends_at"],
        trainers=trainers_of(facts),
        venue=facts["venue"],
    )
    serves, helpers = facts.pop("serves", ()), facts.pop("co_trainers", ())
    session = Session.objects.create(created_by=by, **facts)
    session.serves.set(serves)
    session.co_trainers.set(helpers)
    return session


def _check_takes_guests(session: Session) -> None:
    if session.audience != Session.Audience.VENDORS:
        raise Refused(_("This session is for government users, not for businesses."))
    if session.starts_at <= timezone.now():
        raise Refused(
            _("This session has already begun. Seat those who come as guests without invitation.")
        )
