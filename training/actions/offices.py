"""Government users learn to buy: people of offices get seats, named by their own office or by the
bureau."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.actions.planning import check_room, lock_open_session
from training.errors import Refused
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Person:
    """Somebody of an office who comes: name and position as the office writes them, and the
    account, where this person has one."""

    name: str
    position: str = ""
    user: Any = None


@transaction.atomic
def seat_office_people(
    session: Session, *, agency: Any, people: Sequence[Person], by: Any
) -> list[Seat]:
    """Give a seat to each person of an office, all or none; who has one already keeps it.

    Raises ``SessionFull`` (saying how many seats are left), ``SheetClosed``, or ``Refused`` when
    the session is not for government users, has begun, or the people are another office's.
    """
    _check_names_for(agency, by)
    session = lock_open_session(session)
    _check_is_for_offices(session)
    wanted = _wanted(session, agency, people)
    check_room(session, len(wanted))
    seats = [_seat(session, agency, person, by) for person in wanted]
    if seats:
        events.office_seats_changed.send(
            sender=Session, session=session, agency=agency, seats=seats,
            act="seat_office_people", by=by,
        )  # fmt: skip
    return seats


@transaction.atomic
def release_office_seat(seat: Seat, *, by: Any) -> Seat:
    """Give the seat of an office's person back before the session begins."""
    if seat.agency is None:
        raise Refused(_("This seat belongs to a business."))
    _check_names_for(seat.agency, by)
    session = lock_open_session(seat.session)
    _check_is_for_offices(session)
    seat.refresh_from_db()
    if seat.state not in SEATED:
        raise Refused(_("This seat was already given back."))
    seat.state = Seat.State.RELEASED
    seat.save(update_fields=["state"])
    events.office_seats_changed.send(
        sender=Session, session=session, agency=seat.agency, seats=[seat],
        act="release_office_seat", by=by,
    )  # fmt: skip
    return seat


def _check_names_for(agency: Any, by: Any) -> None:
    if by.has_perm("training.plan_session"):
        return
    if not by.has_perm("training.name_participants") or by.agency_id != agency.pk:
        raise Refused(_("You can name people of your own office only."))


def _check_is_for_offices(session: Session) -> None:
    if session.audience != Session.Audience.GOVERNMENT:
        raise Refused(_("This session is for businesses, not for government users."))
    if session.starts_at <= timezone.now():
        raise Refused(_("This session has already begun, so nobody can be named any more."))


def _wanted(session: Session, agency: Any, people: Iterable[Person]) -> list[Person]:
    """Leave out who has a seat already, and who is on the list twice (also in other letters)."""
    seated = session.seats.filter(agency=agency, state__in=SEATED)
    known = {name.casefold() for name in seated.values_list("person_name", flat=True)}
    found: dict[str, Person] = {}
    for person in people:
        name = " ".join(person.name.split())[:120]
        if not name:
            raise Refused(_("Write the name of each person."))
        if name.casefold() not in known:
            position = " ".join(person.position.split())[:80]
            found.setdefault(name.casefold(), Person(name, position, person.user))
    return list(found.values())


def _seat(session: Session, agency: Any, person: Person, by: Any) -> Seat:
    """A seat that was given back is given again, not doubled."""
    kept = session.seats.filter(agency=agency, person_name__iexact=person.name).first()
    seat = kept or Seat(session=session, agency=agency)
    seat.person_name, seat.person_role, seat.user = person.name, person.position, person.user
    seat.state, seat.given_at, seat.given_by = Seat.State.CONFIRMED, timezone.now(), by
    seat.save()
    return seat
