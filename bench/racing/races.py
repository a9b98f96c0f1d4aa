"""A race: one button, those who press it, and the one event of the trail that it may leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import User


@dataclass(frozen=True)
class Race:
    """What is pressed at once. ``people``: one person presses eight times, or many press once each.

    ``do`` stands for what no person presses (the clock); then there is no ``url``.
    """

    act: str
    people: list[User]
    url: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    do: Callable[[], Any] | None = None
    #: An act on two firms stands in the diary of each.
    events: int = 1


@dataclass(frozen=True)
class Scenario:
    """How a race is set up, and which transitions it stands for.

    ``is_move``: the state itself allows it once, so it counts once even from two tabs, each with a
    form of its own; what is only written down (a note) counts once for each form.
    """

    name: str
    covers: frozenset[str]
    lay: Callable[[], Race]
    is_move: bool = True


SCENARIOS: dict[str, Scenario] = {}


def race(*covers: str, is_move: bool = True) -> Callable[[Callable[[], Race]], Callable[[], Race]]:
    """Enter a function that lays a race into the table, with what it covers."""

    def enter(lay: Callable[[], Race]) -> Callable[[], Race]:
        SCENARIOS[lay.__name__] = Scenario(lay.__name__, frozenset(covers), lay, is_move)
        return lay

    return enter
