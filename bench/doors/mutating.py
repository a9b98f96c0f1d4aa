"""Good files spoilt by chance, the same ones each time: what wear, bad lines and attackers do."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING

from bench.doors.kinds import JUDGED, BadFile
from bench.doors.papers import good_papers
from bench.doors.sheets import good_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 20261122
SHEETS_IN = 8  # of so many one is a list: lists are judged by the worker, one after the other


def flip(chance: random.Random, content: bytearray) -> bytearray:
    """Some bits turned."""
    for _bit in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut(chance: random.Random, content: bytearray) -> bytearray:
    """The end lost."""
    return content[: chance.randrange(1, len(content))]


def blank(chance: random.Random, content: bytearray) -> bytearray:
    """A stretch of noughts, as a bad disk leaves it."""
    begin = chance.randrange(len(content))
    length = min(chance.randint(1, 2000), len(content) - begin)
    content[begin : begin + length] = bytes(length)
    return content


def repeat(chance: random.Random, content: bytearray) -> bytearray:
    """A stretch that stands there twice."""
    begin = chance.randrange(len(content))
    stretch = content[begin : begin + chance.randint(1, 2000)]
    return content[:begin] + stretch + content[begin:]


def stuff(chance: random.Random, content: bytearray) -> bytearray:
    """Noise put in."""
    begin = chance.randrange(len(content))
    return content[:begin] + chance.randbytes(chance.randint(1, 500)) + content[begin:]


def swell(chance: random.Random, content: bytearray) -> bytearray:
    """Numbers of the head made as large as they can be."""
    begin = chance.randrange(4, min(400, len(content) - 4))
    content[begin : begin + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"9999"))
    return content


WAYS: tuple[Callable[[random.Random, bytearray], bytearray], ...] = (
    *(flip, cut, blank),
    *(repeat, stuff, swell),
)


def spoilt(count: int) -> list[BadFile]:
    """So many of them; the first of a longer row are those of a shorter one."""
    return list(islice(_spoilt(), count))


def _spoilt() -> Iterator[BadFile]:
    chance = random.Random(SEED)
    papers, sheets = good_papers(), good_sheets()
    number = 0
    while True:
        number += 1
        is_sheet = number % SHEETS_IN == 0
        name, content = chance.choice(sheets if is_sheet else papers)
        spoil = chance.choice(WAYS)
        made = bytes(spoil(chance, bytearray(content)))
        door = "sheet" if is_sheet else "document"
        yield BadFile(door, f"{number}-{name}", made, JUDGED, f"spoilt: {spoil.__name__}")
