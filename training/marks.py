"""What really happened at a seat, from the marks of several devices: pure rules, no database.

Devices without signal send late and in any order, so a seat is always judged anew from all its
marks, in the order of their corrected times: whatever comes first, the outcome is the same. Where
devices contradict each other nobody guesses; the seat keeps what it had and a person settles it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A mark by somebody who sees what all devices sent: it overrules what was before it.
DESK: Final = "desk"
#: One pass at two devices within this time is a queue at two doors; later it is worth a look.
SAME_MOMENT: Final = timedelta(minutes=15)

IN, OUT, UNDO, WALK_IN = "in", "out", "undo", "walk_in"
COUNTED, REPEATED, DISPUTED = "counted", "repeated", "disputed"


@dataclass(frozen=True)
class Mark:
    """One mark: ``at`` by our clock, ``received_at`` when we heard of it, ``key`` breaks ties."""

    key: str
    what: str
    device: str
    at: datetime
    received_at: datetime


@dataclass
class Judged:
    """What counts of a seat, and the outcome and remark of each mark by its key."""

    arrived: Mark | None = None
    left: Mark | None = None
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)


def judge_marks(marks: Iterable[Mark]) -> Judged:
    """Judge all marks of one seat. A contradiction becomes ``DISPUTED`` and changes nothing."""
    judged = Judged()
    ordered = sorted(marks, key=lambda mark: (mark.at, mark.key))
    said_in: dict[str, Mark] = {}
    for mark in ordered:
        judged.outcomes[mark.key] = _STEPS[mark.what](judged, said_in, mark)
    _doubt_late_comers(judged, ordered)
    return judged


def _arrive(judged: Judged, said_in: dict[str, Mark], mark: Mark) -> tuple[str, str]:
    first = judged.arrived
    known = said_in.setdefault(mark.device, mark)
    if first is None:
        judged.arrived, judged.left = mark, None
        return COUNTED, ""
    left = judged.left
    if left is not None and left.device not in (mark.device, DESK) and mark.device != DESK:
        return DISPUTED, "in_after_out"
    if left is not None:
        judged.left = None
        return COUNTED, "came_back"
    is_twice_far_apart = known is mark and mark.at - first.at > SAME_MOMENT
    if is_twice_far_apart and DESK not in (mark.device, first.device):
        return DISPUTED, "far_apart"
    return REPEATED, ""


def _leave(judged: Judged, said_in: dict[str, Mark], mark: Mark) -> tuple[str, str]:
    if judged.arrived is None:
        return DISPUTED, "out_without_in"
    if judged.left is not None:
        return REPEATED, ""
    judged.left = mark
    return COUNTED, ""


def _undo(judged: Judged, said_in: dict[str, Mark], mark: Mark) -> tuple[str, str]:
    if mark.device == DESK:
        said_in.clear()
        judged.arrived = judged.left = None
        return COUNTED, ""
    own = said_in.pop(mark.device, None)
    if not said_in:
        judged.arrived = judged.left = None
        return (COUNTED, "") if own else (REPEATED, "")
    # Another device says that the person is here.
    judged.arrived = min(said_in.values(), key=lambda one: (one.at, one.key))
    return DISPUTED, "undo_of_other"


def _doubt_late_comers(judged: Judged, ordered: list[Mark]) -> None:
    """What somebody could not know when settling, and what says the contrary, is asked again."""
    last = max((m for m in ordered if m.device == DESK), key=lambda m: m.at, default=None)
    if last is None:
        return
    for mark in ordered:
        is_news = mark.at <= last.at and mark.received_at > last.received_at
        if is_news and mark.device != DESK and (mark.what == UNDO) != (last.what == UNDO):
            judged.outcomes[mark.key] = (DISPUTED, "after_settling")


_STEPS = {IN: _arrive, WALK_IN: _arrive, OUT: _leave, UNDO: _undo}
