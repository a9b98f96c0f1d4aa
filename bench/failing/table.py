"""What a fault came to: one figure with its target, as the table of `./mitra faults` shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``what`` was done or counted, its ``target``, what was ``found``, and if it is enough."""

    what: str
    target: str
    found: str
    is_good: bool

    def line(self) -> str:
        """One line of the table."""
        verdict = "reached" if self.is_good else "MISSED "
        return f"{verdict}  {self.what:<62} {self.found}   (target: {self.target})"


def none_of(what: str, count: int, *, of: int) -> Figure:
    """A thing that must not happen at all: nothing lost, nothing doubled, no answer 500."""
    return Figure(what, f"0 of {of}", f"{count} of {of}", count == 0)


def all_of(what: str, count: int, *, of: int) -> Figure:
    """A thing that must happen each time."""
    return Figure(what, f"{of} of {of}", f"{count} of {of}", count == of)
