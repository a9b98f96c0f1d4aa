"""Fifty who answer in one instant: never more guests than chairs, and nobody is lost.

The same words are proved on the database of the run, SQLite or PostgreSQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.faults.test_races import all_at_once, won
from tests.workflows import firms
from training.errors import Refused as RoomRefused
from training.models import SEATED, Seat
from workflows import actions
from workflows.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.models import Session

pytestmark = pytest.mark.usefixtures("office")
CROWD, CHAIRS = 50, 12


def named(number: int) -> list[Vendor]:
    """Eligible firms, copied from one that the rules judged."""
    pattern = firms.eligible()
    copies = []
    for place in range(number):
        copy = Vendor.objects.get(pk=pattern.pk)
        copy.pk, copy.nib = None, f"00{pattern.pk:05d}{place:06d}"
        copy.name, copy.phone, copy.email = f"Contoh Usaha {pattern.pk}-{place}", "", ""
        copy.save(force_insert=True)
        copies.append(copy)
    return copies


def seated(session: Session) -> list[Seat]:
    return list(session.seats.filter(state__in=SEATED).select_related("vendor"))


def answering(seat: Seat, answer: str) -> Callable[[], Seat]:
    system = User.objects.system()
    fresh = Seat.objects.select_related("session", "vendor").get(pk=seat.pk)
    return lambda: actions.answer_invitation(fresh, answer=answer, via="link", by=system)


def check(session: Session, guests: list[Vendor]) -> None:
    """No chair twice, every firm where its seat says, every guest still on one of the lists."""
    held = seated(session)
    assert len(held) <= CHAIRS
    assert {seat.vendor_id for seat in held} == {
        firm.pk for firm in guests if firm.refresh().status == Status.INVITED
    }
    assert session.seats.count() == len(guests)
    waiting = session.seats.filter(state=Seat.State.WAITING)
    assert not (len(held) < CHAIRS and waiting.exists())  # no chair stands empty while one waits


def test_fifty_answers_in_one_instant_never_fill_more_than_the_chairs() -> None:
    session = make.make_session(capacity=CHAIRS)
    guests = named(CROWD)
    officer = make.make_user("officer")
    chosen = [firm.pk for firm in guests[:CHAIRS]]
    actions.invite_vendors(session, vendor_ids=chosen, by=officer)
    others = [firm.pk for firm in guests[CHAIRS:]]
    actions.put_on_waiting_list(session, vendor_ids=others, by=officer)
    seats = list(session.seats.order_by("pk"))
    # who has a seat gives it back or keeps it, who waits says yes or leaves: the list spins
    acts = [answering(seat, "no" if place % 3 else "yes") for place, seat in enumerate(seats)]
    won(all_at_once(acts), Refused, RoomRefused)
    check(session, guests)
    # and everybody wants to come after all
    won(all_at_once([answering(seat, "yes") for seat in seats]), Refused, RoomRefused)
    check(session, guests)
    assert len(seated(session)) == CHAIRS
