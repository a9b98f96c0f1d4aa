"""What the invited say: yes, no, another date, somebody else; and who gets the seat that is freed.

Every answer is given under the lock of its session, so that no chair is promised twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext as _

from config.gate.keys import read_key
from training import events
from training.actions.planning import lock_open_session
from training.errors import InvitationOver, LinkNotValid, Refused, SessionFull
from training.models import SEATED, Allocation, AllocationRow, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

YES: Final = "yes"
NO: Final = "no"
OTHER: Final = "other"
ACT: Final = "training.answer_invitations"
SALT: Final = "training.seat"
#: A seat that was held for somebody who did not answer in time keeps ``hold_until``.
HOLD_EXPIRED: Final = Q(state=Seat.State.RELEASED, hold_until__isnull=False)


def seat_token(seat: Seat, *, key: str | None = None) -> str:
    """Make the token of a seat's answer link, from its number, its seed and the key of the
    installation (or an older ``key``); it opens this one answer and nothing else."""
    made = salted_hmac(SALT, f"{seat.pk}:{seat.link_seed}", secret=key, algorithm="sha256")
    return f"{seat.pk}-{made.hexdigest()[:32]}"


def find_seat(token: str) -> Seat:
    """Return the seat that a link opens; raises ``LinkNotValid`` with one sentence for every
    failure."""
    key = read_key(token.partition("-")[0])
    rows = Seat.objects.select_related("session__region", "vendor__region", "agency", "user")
    seat = rows.filter(pk=key).first() if key else None
    keys = (None, *settings.SECRET_KEY_FALLBACKS)
    if seat is None or not any(
        constant_time_compare(token, seat_token(seat, key=key)) for key in keys
    ):
        raise LinkNotValid(
            _("This link opens no invitation. Use the newest message, or ask the office.")
        )
    return seat


def why_over(seat: Seat, now: datetime) -> str:
    """Say why this invitation cannot be answered any more; empty while it can."""
    session = seat.session
    if session.state == Session.State.CANCELLED:
        return _("This session was cancelled. You stay on the list and will be invited again.")
    if session.state == Session.State.CLOSED or session.starts_at <= now:
        return _("This session has begun or is over, so it can no longer be answered.")
    if seat.state == Seat.State.RELEASED and seat.hold_until is None:
        return _("The Bureau took this invitation back. Ask the office if you did not expect it.")
    return ""


@transaction.atomic
def answer_seat(
    seat: Seat,
    *,
    answer: str,
    via: str,
    person_name: str = "",
    person_role: str = "",
    other: Session | None = None,
    wish: str = "",
    by: Any,
) -> Seat:
    """Take an answer; a change of mind is allowed until the session begins.

    ``answer`` is ``yes`` (with a delegate in ``person_name``), ``no`` or ``other`` (another
    session, or a ``wish`` in words). Returns the seat that counts now: of the other session when
    one was chosen; on the waiting list when the seat just went. Raises ``InvitationOver``, or
    ``SessionFull`` when the other session has no seat left (then the present seat is kept).
    """
    if not by.has_perm(ACT):
        raise Refused(_("Your role cannot answer invitations."))
    session = _lock(seat, other)
    seat = Seat.objects.select_related("vendor", "agency", "user").get(pk=seat.pk)
    seat.session = session
    if sentence := why_over(seat, timezone.now()):
        raise InvitationOver(sentence)
    counts, left = seat, None
    before = _said(seat)
    if answer == YES:
        _say_yes(seat, person_name.strip(), person_role.strip())
    elif answer in (NO, OTHER):
        seat.state = Seat.State.DECLINED
        seat.wish = wish.strip() if answer == OTHER else ""
        seat.hold_until = None
        if answer == OTHER and other is not None:
            seat.wish = seat.wish or str(other)[:160]
            counts, left = _seat_in(other, like=seat, by=by), seat
    else:
        raise Refused(_("Choose one of the answers."))
    if counts is seat and seat.answered_at and _said(seat) == before:
        return seat  # said before, from another tab or phone
    for one in {seat.pk: seat, counts.pk: counts}.values():
        one.answered_at, one.answered_via, one.answered_by = timezone.now(), via, by
        one.save()
    events.seat_answered.send(sender=Seat, seat=counts, left=left, answer=answer, via=via, by=by)
    return counts


@transaction.atomic
def wait_for_seats(session: Session, *, vendor_ids: Iterable[int], by: Any) -> list[Seat]:
    """Put firms on the waiting list of a session, in this order; those who have a seat stay."""
    session = lock_open_session(session)
    now = timezone.now()
    known = {seat.vendor_id: seat for seat in session.seats.filter(vendor_id__in=list(vendor_ids))}
    made = []
    for place, vendor_id in enumerate(dict.fromkeys(vendor_ids)):
        seat = known.get(vendor_id) or Seat(session=session, vendor_id=vendor_id)
        if seat.state in SEATED and seat.pk:
            continue
        seat.state, seat.given_by = Seat.State.WAITING, by
        seat.given_at, seat.hold_until = now + timedelta(microseconds=place), None
        seat.save()
        made.append(seat)
    if made:
        ids = [seat.vendor_id for seat in made]
        events.firms_waiting.send(sender=Session, session=session, vendor_ids=ids, by=by)
    return made


@transaction.atomic
def offer_seats(
    session: Session, *, vendor_ids: Collection[int], hold_hours: int, now: datetime, by: Any
) -> list[Seat]:
    """Hold the free seats for the first who wait, for so many hours and not past the beginning.

    Of the firms only those in ``vendor_ids`` are asked (the desk knows who may come); people of
    offices always. Returns the seats that are held.
    """
    session = lock_open_session(session)
    left = session.seats_left
    if left <= 0 or session.starts_at <= now:
        return []
    may_come = Q(vendor__in=list(vendor_ids)) | Q(vendor__isnull=True)
    held = list(waiting_of(session).filter(may_come)[:left])
    for seat in held:
        seat.state, seat.given_at, seat.given_by = Seat.State.INVITED, now, by
        seat.hold_until = min(now + timedelta(hours=hold_hours), session.starts_at)
        seat.answered_at, seat.answered_by, seat.answered_via = None, None, ""
        seat.save()
    if held:
        events.seats_offered.send(sender=Session, session=session, seats=held, by=by)
    return held


@transaction.atomic
def expire_hold(seat: Seat, *, now: datetime, by: Any) -> bool:
    """Let a held seat go whose time has passed without an answer; says whether it did."""
    lock_open_session(seat.session)
    seat.refresh_from_db()
    if seat.state != Seat.State.INVITED or not seat.hold_until:
        return False
    if seat.hold_until > now:
        return False
    seat.state = Seat.State.RELEASED
    seat.save(update_fields=["state"])
    events.seat_released.send(sender=Seat, seat=seat, by=by)
    return True


@transaction.atomic
def mark_reminded(session: Session, *, seat_ids: Collection[int], by: Any) -> int:
    """Write down that these guests were reminded now."""
    told = session.seats.filter(pk__in=list(seat_ids), state__in=SEATED)
    count = told.update(reminded_at=timezone.now())
    if count:
        events.guests_reminded.send(
            sender=Session, session=session, seat_ids=sorted(seat_ids), by=by
        )
    return count


@transaction.atomic
def renew_answer_link(seat: Seat, *, by: Any) -> Seat:
    """Give a seat another answer link; the earlier one opens nothing any more."""
    if not by.has_perm(ACT):
        raise Refused(_("Your role cannot answer invitations."))
    seat = Seat.objects.select_for_update().select_related("session").get(pk=seat.pk)
    seat.link_seed = get_random_string(16)
    seat.save(update_fields=["link_seed"])
    events.answer_link_renewed.send(sender=Seat, seat=seat, by=by)
    return seat


def waiting_of(session: Session) -> Any:
    """Return who waits for a seat: by the list that was worked out, which heeds the regions, the
    others by time."""
    return in_turn(session).filter(state=Seat.State.WAITING)


def in_turn(session: Session) -> Any:
    """Return all seats of a session, those who wait first and in their turn."""
    last = Allocation.objects.filter(session=session).exclude(state=Allocation.State.WORKING)
    rows = AllocationRow.objects.filter(
        allocation=Subquery(last.order_by("-made_at", "-pk").values("pk")[:1]),
        vendor=OuterRef("vendor"),
    )
    waits_first = Case(When(state=Seat.State.WAITING, then=0), default=1)
    return session.seats.annotate(turn=Subquery(rows.values("rank")[:1])).order_by(
        waits_first, F("turn").asc(nulls_last=True), "given_at", "pk"
    )


def _lock(seat: Seat, other: Session | None) -> Session:
    """Lock both sessions, always in the same order; returns the seat's own."""
    pks = sorted({seat.session_id, other.pk if other else seat.session_id})
    locked = {
        row.pk: row for row in Session.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    return locked[seat.session_id]


def _said(seat: Seat) -> tuple[str, ...]:
    return seat.state, seat.wish, seat.person_name, seat.person_role


def _say_yes(seat: Seat, name: str, role: str) -> None:
    if seat.state not in SEATED:
        waits = waiting_of(seat.session).exclude(pk=seat.pk).exists()
        free = seat.session.seats_left > 0 and not waits
        if not free and seat.state != Seat.State.WAITING:
            seat.given_at = timezone.now()
        seat.state = Seat.State.CONFIRMED if free else Seat.State.WAITING
    else:
        seat.state = Seat.State.CONFIRMED
    seat.hold_until, seat.wish = None, ""
    if seat.vendor_id is None and not name:
        return  # of an office, the person is the seat
    twins = Seat.objects.filter(session=seat.session_id, agency=seat.agency_id, person_name=name)
    if seat.vendor_id is None and twins.exclude(pk=seat.pk).exists():
        raise Refused(_("This person already has a seat in this session."))
    seat.person_name, seat.person_role = name, role


def _seat_in(other: Session, *, like: Seat, by: Any) -> Seat:
    """Seat the same guest in another session; the caller saves it."""
    other.refresh_from_db()
    if other.state != Session.State.PLANNED or other.starts_at <= timezone.now():
        raise InvitationOver(_("That session can no longer be chosen. Choose another one."))
    if other.pk == like.session_id or other.audience != like.session.audience:
        raise Refused(_("Choose another session."))
    of_office = {} if like.vendor_id else {"person_name": like.person_name}
    seat = Seat.objects.filter(
        session=other, vendor=like.vendor_id, agency=like.agency_id, **of_office
    ).first()
    if (seat is None or seat.state not in SEATED) and other.seats_left <= 0:
        raise SessionFull(
            _("The last seat of that session just went. Your present seat is kept: choose again.")
        )
    seat = seat or Seat(
        session=other, vendor_id=like.vendor_id, agency_id=like.agency_id, user_id=like.user_id
    )
    seat.person_name, seat.person_role = like.person_name, like.person_role
    seat.state, seat.given_at, seat.given_by = Seat.State.CONFIRMED, timezone.now(), by
    seat.hold_until, seat.wish, seat.is_walk_in = None, "", False
    seat.save()
    return seat
