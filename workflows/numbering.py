"""Letter numbers of a run: counted on from the first one, or pasted as the agenda desk gave them.

The running number of ``027/1234/022.1/2026`` is its second part; the others are the
classification, the unit and the year, which a run shares.
"""

from __future__ import annotations

import re
from itertools import count, islice


def count_on(first: str, wanted: int) -> list[str]:
    """Return so many numbers from ``first`` on, with as many digits; raises ValueError when no
    part of it can be counted on."""
    first = tidy(first)
    parts = first.split("/")
    places = [place for place, part in enumerate(parts) if part.isdecimal()]
    if len(parts) == 1:
        return _counted(*_ending(first), wanted=wanted)
    behind = [place for place in places if place > 0 and not _is_year(parts, place)]
    place = (behind or [p for p in places if not _is_year(parts, p)] or [-1])[0]
    if place < 0:
        raise ValueError(first)
    before, after = "/".join(parts[:place]), "/".join(parts[place + 1 :])
    numbers = _counted("", parts[place], wanted=wanted)
    return ["/".join(filter(None, (before, number, after))) for number in numbers]


def pasted(text: str) -> list[str]:
    """Return the numbers of a pasted list, one a line; empty lines are left out."""
    return [number for number in map(tidy, text.splitlines()) if number]


def tidy(number: str) -> str:
    """A number as it is kept: without the spaces around it and doubled ones within."""
    return " ".join(number.split())


def repeated(numbers: list[str]) -> list[str]:
    """Return the numbers that stand more than once, each once."""
    return sorted({number for number in numbers if numbers.count(number) > 1})


def _ending(number: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?)(\d+)", number)
    if found is None:
        raise ValueError(number)
    return found[1], found[2]


def _counted(before: str, digits: str, *, wanted: int) -> list[str]:
    width = len(digits)
    return [f"{before}{number:0{width}d}" for number in islice(count(int(digits)), wanted)]


def _is_year(parts: list[str], place: int) -> bool:
    return place == len(parts) - 1 and bool(re.fullmatch(r"(19|20)\d\d", parts[place]))
