"""Who was asked and what they said, for the page of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from training.actions import in_turn
from training.models import SEATED, Seat
from training.views.looks import is_begun

if TYPE_CHECKING:
    from django.http import HttpRequest

    from training.models import Session

SHOWN = 100
State = Seat.State


def guests_of_session(request: HttpRequest, session: Session) -> dict[str, Any]:
    """Return the counts of answers, who waits in which order, which other dates were wished, and
    who gave a seat back; one query for all of it. ``session`` comes ``with_answers``."""
    counts: Any = session
    seen = Seat.objects.visible_to(request.user).filter(session=session)
    beside = in_turn(session).filter(pk__in=seen).exclude(state__in=SEATED, wish="")
    rows = list(beside.select_related("vendor", "agency")[: 2 * SHOWN])
    given_back = [seat for seat in rows if seat.state in (State.DECLINED, State.RELEASED)]
    may_ask = request.user.has_perm("workflows.invite_vendors")
    return {
        "answers": [
            (State.INVITED, counts.invited),
            (State.CONFIRMED, counts.confirmed),
            (State.DECLINED, counts.declined),
            (State.WAITING, counts.waiting),
        ],
        "has_guests": bool(counts.taken or rows),
        "waiting_seats": [seat for seat in rows if seat.state == State.WAITING][:SHOWN],
        "wishes": [seat for seat in rows if seat.wish][:SHOWN],
        "given_back": given_back[:SHOWN],
        "may_record": may_ask and session.is_open and not is_begun(session),
        "may_ask": may_ask and session.is_open and not is_begun(session),
        "sees_letters": request.user.has_perm("workflows.view_letters"),
    }
