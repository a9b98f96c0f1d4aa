"""Brings back what a page showed of a row, so that a page left open undoes nobody's work.

The form carries a print of each field that it showed, in the hidden field ``shown``: a short hash,
which keeps the page small but hides nothing. What comes back with the same print was not touched by
the person; what they did touch is refused where the row has another print by then.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD: Final = "shown"
LENGTH: Final = 16


class Shown:
    """The prints of one page: those that it brings back; where it brings none, those of ``now``.

    ``now`` are the values of the row by field; a row that is pointed at may stand as its key.
    """

    def __init__(self, now: Mapping[str, Any], brought: str = "") -> None:
        came = dict(pair.split(":", 1) for pair in brought.split() if ":" in pair)
        prints = came or {name: print_of(value) for name, value in now.items()}
        self._prints = {name: prints[name] for name in now if name in prints}

    def __contains__(self, name: str) -> bool:
        return name in self._prints

    def __str__(self) -> str:
        return " ".join(f"{name}:{mark}" for name, mark in self._prints.items())

    def changes(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the person changed of what the page showed; the rest is not theirs to say."""
        known = self._prints
        return {k: v for k, v in typed.items() if k in known and print_of(v) != known[k]}

    def overtaken(self, changes: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
        """Return the changed fields in which the row says something else by ``now``.

        Whoever is told of it has seen it: the same form sent once more overtakes nobody.
        """
        newest = {name: print_of(now[name]) for name in changes}
        names = [k for k, v in changes.items() if newest[k] not in (self._prints[k], print_of(v))]
        self._prints |= {name: newest[name] for name in names}
        return names


def print_of(value: Any) -> str:
    """Hash a value the same whether it stands in the row or was typed: rows by their keys, several
    in any order, lines however they end."""
    if value is None or isinstance(value, str):
        text = (value or "").replace("\r\n", "\n").strip()
    elif hasattr(value, "__iter__"):
        text = " ".join(sorted(str(getattr(one, "pk", one)) for one in value))
    else:
        text = str(getattr(value, "pk", value))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:LENGTH]
