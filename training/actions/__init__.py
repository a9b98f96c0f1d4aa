"""What can be done in this room: sessions are planned, seats given, presence marked, sheets
closed."""

from training.actions.attendance import (
    add_walk_in,
    close_sheet,
    correct_attendance,
    mark_attendance,
)
from training.actions.merging import move_seats
from training.actions.planning import cancel_session, give_seats, plan_session, release_seat

__all__ = [
    "add_walk_in",
    "cancel_session",
    "close_sheet",
    "correct_attendance",
    "give_seats",
    "mark_attendance",
    "move_seats",
    "plan_session",
    "release_seat",
]
