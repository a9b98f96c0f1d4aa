"""A race: one button, those who press it, and the one event of the trail that it may leave."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import User

PRESSES = 8
#: How often each race is run at least, and those of which it is asked for; the fifty are two
#: hundred times the act itself, and some times the whole page, which costs four times as much.
ROUNDS, LEAST = 200, 2
OFTEN = {"claimed_by_fifty": ROUNDS, "approved": ROUNDS, "claimed_on_fifty_pages": 20}


@dataclass(frozen=True)
class Race:
    """What is pressed at once. ``people``: one person presses eight times, or many press once each.

    ``do`` is the act itself, each time as if from a form of its own; then there is no ``url``.
    ``then`` is done eight times at once when all have pressed, as workers and the sweep do.
    """

    act: str
    people: list[User]
    url: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    do: Callable[[User], Any] | None = None
    then: Callable[[], Any] | None = None
    #: An act on two firms stands in the diary of each.
    events: int = 1
    #: What belongs to one person afterwards: to whom the trail says.
    owned: Any = None


@dataclass(frozen=True)
class Scenario:
    """How a race is set up, and which transitions it stands for.

    ``is_move``: the state itself allows it once, so it counts once even from two tabs, each with a
    form of its own; what is only written down (a note) counts once for each form.
    ``undo_seconds``: how long an act of the desk can be taken back; 0 carries it out at once.
    """

    name: str
    covers: frozenset[str]
    lay: Callable[[], Race]
    is_move: bool = True
    undo_seconds: int = 0
    #: Rows that every form leaves one of, beside the move that happens once.
    each: tuple[str, ...] = ()


SCENARIOS: dict[str, Scenario] = {}


def race(
    *covers: str, is_move: bool = True, undo_seconds: int = 0, each: tuple[str, ...] = ()
) -> Callable[[Callable[[], Race]], Callable[[], Race]]:
    """Enter a function that lays a race into the table, with what it covers."""

    def enter(lay: Callable[[], Race]) -> Callable[[], Race]:
        one = Scenario(lay.__name__, frozenset(covers), lay, is_move, undo_seconds, each)
        assert one.name not in SCENARIOS, one.name
        SCENARIOS[one.name] = one
        return lay

    return enter


def on(
    row: Any, act: Callable[..., Any], *, presses: int = PRESSES, **said: Any
) -> Callable[[User], Any]:
    """The act on a row, of which each press holds a copy read before anybody pressed."""
    read = type(row)._default_manager.get(pk=row.pk)
    copies = [deepcopy(read) for _press in range(presses)]
    return lambda by: act(copies.pop(), by=by, **said)
