"""A file for a door and what may become of it: the rule of its class, not what the gate says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ACCEPT, FLAG, REJECT = "accept", "flag", "reject"
TAKEN: Final = frozenset((ACCEPT, FLAG))
#: A file that was spoilt by chance may still be a good one.
JUDGED: Final = frozenset((ACCEPT, FLAG, REJECT))


@dataclass(frozen=True)
class BadFile:
    """``door`` it is brought to, under which ``name``; ``may`` are the verdicts of its class."""

    door: str
    name: str
    content: bytes
    may: frozenset[str]
    what: str


def only(*verdicts: str) -> frozenset[str]:
    """The verdicts that a class allows."""
    return frozenset(verdicts)
