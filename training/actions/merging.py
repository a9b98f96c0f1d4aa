"""Two firms were one: their seats become one firm's, and each chair is counted once."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from training.models import SEATED, Scan, Seat

#: What a chair says of its guest. Its link and its pass are its own and stay.
OF_A_SEAT: Final = (
    "state", "is_walk_in", "given_at", "given_by_id", "person_name", "person_role", "hold_until",
    "answered_at", "answered_via", "answered_by_id", "wish", "reminded_at", "arrived_at",
    "arrived_via", "left_at", "marked_by_id", "mark_reason",
)  # fmt: skip


@transaction.atomic
def move_seats(*, from_id: int, to_id: int, ledger: Any) -> None:
    """Give one firm's seats to another. Where both sat in one session, the seat that says more
    counts and the other one is given back.

    ``ledger`` writes and remembers, so that its ``undo`` is the way back.
    """
    held = {seat.session_id: seat for seat in Seat.objects.filter(vendor=to_id)}
    both = Seat.objects.filter(vendor=from_id, session__in=held)
    ledger.give(Seat.objects.filter(vendor=from_id).exclude(session__in=held), "vendor_id", to_id)
    for seat in both.order_by("pk"):
        mine = held[seat.session_id]
        if _weight(seat) > _weight(mine):
            ledger.change(mine, **{column: getattr(seat, column) for column in OF_A_SEAT})
        # presence is judged from the scans, so they go along
        ledger.give(Scan.objects.filter(seat=seat), "seat_id", mine.pk)
        ledger.change(
            seat,
            state=Seat.State.RELEASED,
            hold_until=None,
            arrived_at=None,
            left_at=None,
            marked_by_id=None,
        )


def _weight(seat: Seat) -> tuple[bool, ...]:
    """Was there; has a chair; says so; waits for one."""
    return (
        seat.is_present,
        seat.state in SEATED,
        seat.state == Seat.State.CONFIRMED,
        seat.state == Seat.State.WAITING,
    )
