"""The attendance list on paper (*daftar hadir*): the twin of the door page, for signatures.

One row a seat, phone numbers not printed, signatures staggered as offices do it: odd numbers left,
even right. The small QR of a row only says which row it is, so whoever holds the paper holds no
pass; the door page reads it as "copied from the signed list".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import segno
from django.utils import timezone

from training.models import SEATED
from workflows.letters import LETTERHEAD, PAPER, words_of_session
from workflows.printing import print_page

if TYPE_CHECKING:
    from training.models import Seat, Session

#: Empty rows at the end, for guests who come without invitation.
SPARE_ROWS: Final = 10


def print_roster(session: Session) -> bytes:
    """Return the attendance list of a session as PDF, seats in the order of their names."""
    rows = session.seats.filter(state__in=SEATED).select_related("vendor", "agency")
    seats = sorted(rows, key=lambda seat: (seat.name.casefold(), seat.pk))
    context = {
        **words_of_session(session),
        "letterhead": LETTERHEAD,
        "paper": PAPER,
        "rows": [_row(number, seat) for number, seat in enumerate(seats, start=1)],
        "spare": range(len(seats) + 1, len(seats) + 1 + SPARE_ROWS),
        "printed_at": timezone.localtime(),
    }
    return print_page("roster", context, style="roster.css")


def _row(number: int, seat: Seat) -> dict[str, Any]:
    mark = segno.make(f"MB:{seat.session_id}:{seat.pk}", error="m", micro=False)
    return {
        "number": number,
        "name": seat.attendee,
        "firm": str(seat.agency) if seat.agency else seat.name,
        "role": seat.person_role,
        "qr": mark.svg_data_uri(scale=1, border=2),
    }
