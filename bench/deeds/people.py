"""Invented people of East Java: Javanese, Madurese, Arab, Chinese, Balinese, Batak, of one name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.deeds.draw import Draw
from bench.deeds.places import Town, any_town

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
_PEOPLE = NAMES["people"]
_SEX = ("men", "women")


@dataclass
class Person:
    """One invented person; `role` is canonical and empty for those without one."""

    name: str
    is_woman: bool
    born_on: date
    born_at: str
    town: Town
    nik: str
    title: str  # Tuan, Nyonya, Nona
    front: str  # "Haji ", "Doktorandus " or nothing
    job: str
    street: str
    house: int
    rt: int
    rw: int
    role: str = ""

    @property
    def address(self) -> str:
        return f"Jalan {self.street} Nomor {self.house}"


def _javanese(draw: Draw, is_woman: bool) -> str:
    names = _PEOPLE[_SEX[is_woman]]
    parts = draw.some(names, draw.number(1, 2))
    if draw.chance(0.2) and not is_woman:
        parts.insert(
            0, draw.pick(["MOCH.", "MUHAMMAD", "MOHAMMAD"], ["MOCHAMAD"], ["MUH.", "MUCH."])
        )
    if draw.chance(0.85) or len(parts) == 1:
        parts.append(draw.pick(_PEOPLE["family"]))
    return " ".join(parts)


def full_name(draw: Draw, is_woman: bool) -> str:
    """A name in capitals, without titles."""
    culture = draw.weighted(
        {"java": 55, "madura": 11, "arab": 8, "chinese": 10, "bali": 3, "batak": 3, "one": 6}
    )
    if culture == "java":
        return _javanese(draw, is_woman)
    return draw.pick(_PEOPLE[culture][_SEX[is_woman]])


def nik_of(draw: Draw, town: Town, born_on: date, is_woman: bool) -> str:
    """A NIK that cannot be anyone's: its district is 99."""
    day = born_on.day + (40 if is_woman else 0)
    birth = f"{day:02}{born_on:%m%y}"
    return f"{town.code}99{birth}{draw.number(1, 29):04}"


def person(draw: Draw, taken: set[str], *, before: int) -> Person:
    """Someone of age in the year `before`, whose name nobody in `taken` has; it is added there."""
    is_woman = draw.chance(0.38)
    name = full_name(draw, is_woman)
    while name in taken:
        name = full_name(draw, is_woman)
    taken.add(name)
    born_on = draw.day(date(before - 66, 1, 1), date(before - 22, 12, 31))
    town = any_town(draw)
    title = draw.pick(["Nyonya", "Nyonya", "Nona"]) if is_woman else "Tuan"
    front = (
        "" if draw.chance(0.93) else ("Hajjah " if is_woman else draw.pick(["Haji ", "Insinyur "]))
    )
    return Person(
        name=name,
        is_woman=is_woman,
        born_on=born_on,
        born_at=draw.pick([town.short, any_town(draw).short]),
        town=town,
        nik=nik_of(draw, town, born_on, is_woman),
        title=title,
        front=front,
        job=draw.pick(_PEOPLE["jobs"]),
        street=draw.pick(_PEOPLE["streets"]),
        house=draw.number(1, 320),
        rt=draw.number(1, 15),
        rw=draw.number(1, 12),
    )
