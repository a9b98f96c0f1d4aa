"""What an answer to an invitation means: the firm moves, the freed seat goes on to the next who
waits, and guests are reminded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import training.actions
from onboarding import roles
from onboarding.models import Status, Vendor
from training.models import SEATED, Seat, Session
from workflows import clock, lifecycle
from workflows.actions.assisting import check_acts_for
from workflows.apart import Apart
from workflows.bringing import papers_to_bring
from workflows.errors import NotAllowed
from workflows.messages import tell_guest
from workflows.models import Setting
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from onboarding.models import User

ACT = "training.answer_invitations"
#: Who is reminded: the name of a group, and which seats are in it.
GROUPS = {
    "unanswered": Q(state=Seat.State.INVITED),
    "confirmed": Q(state=Seat.State.CONFIRMED),
    "all": Q(state__in=SEATED),
}


@transaction.atomic
def answer_invitation(
    seat: Seat,
    *,
    answer: str,
    via: str,
    person_name: str = "",
    person_role: str = "",
    other: Session | None = None,
    wish: str = "",
    by: User,
) -> Seat:
    """Take an answer by link, by telephone or on the owner's page, and move the firm accordingly.

    A seat given back is not counted against the firm. Returns the seat that counts now; raises as
    ``training.actions.answer_seat`` does, or ``MoveNotAllowed`` when the firm may no longer come.
    """
    _check_may_answer(seat, via, by)
    was_seated = Seat.objects.filter(pk=seat.pk, state__in=SEATED).exists()
    counts = training.actions.answer_seat(
        seat,
        answer=answer,
        via=via,
        person_name=person_name,
        person_role=person_role,
        other=other,
        wish=wish,
        by=by,
    )
    if counts.vendor is not None:
        _follow(counts, counts.vendor.refresh(), was_seated=was_seated, by=by)
    offer_free_seats(seat.session, by=by)
    return counts


@transaction.atomic
def offer_free_seats(session: Session, *, by: User) -> list[Seat]:
    """Hold the free seats of a session for the first who wait and may come, and tell them."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    now = clock.now()
    is_over = not session.is_open or session.starts_at <= now
    waiting = session.seats.filter(state=Seat.State.WAITING)
    if is_over or not waiting.exists():
        return []
    firms = Vendor.objects.standing().filter(pk__in=waiting.values("vendor"))
    may_come = list(
        firms.filter(status=Status.ELIGIBLE).select_for_update().values_list("pk", flat=True)
    )
    held = training.actions.offer_seats(
        session,
        vendor_ids=may_come,
        hold_hours=Setting.value_of("seat_hold_hours"),
        now=now,
        by=by,
    )
    ids = [seat.vendor_id for seat in held if seat.vendor_id]
    detail = {"session": session.pk}
    lifecycle.move_many(ids, "invite", by=by, details=dict.fromkeys(ids, detail))
    _tell_all(held, "seat_offered", lambda seat: f"offer:{seat.pk}:{seat.given_at:%y%m%d%H%M%S}")
    return held


def pass_on_seats(*, by: User) -> int:
    """Let go what was held too long, and offer every free seat for which somebody waits.

    Each session is a transaction of its own; returns how many seats were held anew. What fails
    stops none of the others; then raises ``Unfinished`` in the end.
    """
    now, apart, held = clock.now(), Apart(), 0
    late = Seat.objects.filter(
        state=Seat.State.INVITED, hold_until__lte=now, session__state=Session.State.PLANNED,
        session__starts_at__gt=now,
    )  # fmt: skip
    for seat in late.select_related("session", "vendor", "user"):
        with apart(f"held seat {seat.pk}"):
            _let_go(seat, now=now, by=by)
    waiting = Session.objects.filter(
        state=Session.State.PLANNED, starts_at__gt=now, seats__state=Seat.State.WAITING
    )
    for session in waiting.distinct():
        with apart(f"seats of session {session.pk}"):
            held += len(offer_free_seats(session, by=by))
    apart.end()
    return held


@transaction.atomic
def put_on_waiting_list(session: Session, *, vendor_ids: list[int], by: User) -> list[Seat]:
    """Let eligible firms wait for a seat of a full session, in this order, and tell them."""
    check_may(by, "workflows.invite_vendors")
    check_no_kinship(by, *vendor_ids)
    ready = set(
        Vendor.objects.standing()
        .filter(pk__in=vendor_ids, status=Status.ELIGIBLE)
        .values_list("pk", flat=True)
    )
    ids = [pk for pk in vendor_ids if pk in ready]
    seats = training.actions.wait_for_seats(session, vendor_ids=ids, by=by)
    _tell_all(seats, "waiting_list", lambda seat: f"wait:{seat.pk}:{seat.given_at:%y%m%d%H%M%S}")
    offer_free_seats(session, by=by)
    return seats


@transaction.atomic
def remind_guests(session: Session, *, whom: str, by: User) -> int:
    """Remind those chosen (a key of ``GROUPS``) of a session, with the papers that they must still
    bring; a guest is reminded at most once a day. Returns how many were told."""
    if not by.may("workflows.invite_vendors"):
        raise NotAllowed(_("Your role cannot do this."))
    session = training.actions.lock_open_session(session)
    if session.starts_at <= timezone.now():
        return 0
    today = timezone.localdate()
    guests = session.seats.filter(GROUPS[whom]).select_related("vendor", "user")
    wanted = [
        seat
        for seat in guests
        if seat.reminded_at is None or timezone.localdate(seat.reminded_at) < today
    ]
    _tell_all(wanted, "session_reminder", lambda seat: f"remind:{seat.pk}:{today:%y%m%d}")
    training.actions.mark_reminded(session, seat_ids=[seat.pk for seat in wanted], by=by)
    return len(wanted)


def remind_due_guests(*, today: date, by: User) -> int:
    """Remind by the beat everybody who has a seat, so many days before (0: by hand only)."""
    days = Setting.value_of("session_reminder_days")
    if not days:
        return 0
    soon = Session.objects.filter(
        state=Session.State.PLANNED, starts_at__date=today + timedelta(days=days)
    )
    unreminded = soon.filter(seats__state__in=SEATED, seats__reminded_at__isnull=True).distinct()
    apart, told = Apart(), 0
    for session in unreminded:
        with apart(f"guests of session {session.pk}"):
            told += remind_guests(session, whom="all", by=by)
    apart.end()
    return told


@transaction.atomic
def renew_answer_link(seat: Seat, *, by: User) -> Seat:
    """Replace the answer link of a guest and send the invitation once more with the new one."""
    _check_may_answer(seat, Seat.AnsweredVia.PHONE, by)
    seat = training.actions.renew_answer_link(seat, by=by)
    _tell_all([seat], "invitation", lambda seat: f"invite:{seat.pk}:{seat.link_seed}")
    return seat


def tell_invited(seats: list[Seat]) -> None:
    """Write the invitation of each seat, with its answer link and the papers to bring."""
    _tell_all(seats, "invitation", lambda seat: f"invite:{seat.pk}:{seat.given_at:%y%m%d%H%M%S%f}")


def _tell_all(seats: list[Seat], kind: str, key: Callable[[Seat], str]) -> None:
    firms = {seat.pk: seat.vendor for seat in seats if seat.vendor is not None}
    missing = papers_to_bring(firms.values())
    for seat in seats:
        papers = missing.get(seat.vendor_id or 0, ())
        tell_guest(seat, kind, key=key(seat), papers=papers)


@transaction.atomic
def _let_go(seat: Seat, *, now: datetime, by: User) -> None:
    if not training.actions.expire_hold(seat, now=now, by=by):
        return
    if seat.vendor is not None:
        _follow(seat, seat.vendor.refresh(), was_seated=True, by=by)
    _tell_all([seat], "hold_over", lambda one: f"over:{one.pk}:{one.hold_until:%y%m%d%H%M%S}")


def _check_may_answer(seat: Seat, via: str, by: User) -> None:
    check_may(by, ACT, seat.vendor)
    if not Seat.objects.visible_to(by).filter(pk=seat.pk).exists():
        raise NotAllowed(_("This invitation is not yours."))
    if seat.vendor is None or by.role in (roles.VENDOR, roles.SYSTEM):
        return
    if via == Seat.AnsweredVia.PAGE:
        check_acts_for(seat.vendor, by)
    check_no_kinship(by, seat.vendor)


def _follow(seat: Seat, vendor: Vendor, *, was_seated: bool, by: User) -> None:
    """Move the firm where its seats say: invited with one, back on the list without."""
    held = vendor.seats.filter(state__in=SEATED, session__state=Session.State.PLANNED)
    if held.exists():
        if vendor.status != Status.INVITED and not was_seated:
            lifecycle.move(vendor, "invite", by=by, session=seat.session_id)
    elif vendor.status == Status.INVITED:
        lifecycle.move(vendor, "release", by=by, declined=True)
