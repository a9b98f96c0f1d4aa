"""Towns and lines of business, from the lists that the product itself ships."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.deeds.draw import Draw

_LISTS = Path(__file__).resolve().parents[2] / "onboarding" / "reference"
# A notary may sit anywhere in the country.
ELSEWHERE = ("Kota Semarang", "Kota Bandung", "Kabupaten Badung", "Kota Surakarta")
ELSEWHERE_TUNED = ("Kabupaten Bekasi", "Kota Denpasar")
ELSEWHERE_REPORTED = ("Kota Makassar", "Kabupaten Sleman", "Kabupaten Bantul")


@dataclass(frozen=True)
class Town:
    """`name` is canonical, `Kota Malang`; `code` the four digits that its NIKs begin with."""

    name: str
    short: str
    code: str
    has_twin: bool


@cache
def towns() -> tuple[Town, ...]:
    """The 38 regencies and cities of East Java."""
    with (_LISTS / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shorts = [row["short_name"] for row in rows]
    return tuple(
        Town(
            name=row["name"],
            short=row["short_name"],
            code=row["code"].replace(".", ""),
            has_twin=shorts.count(row["short_name"]) > 1,
        )
        for row in rows
    )


def any_town(draw: Draw) -> Town:
    """Any of the 38, those with a twin more often than others."""
    twins = [town for town in towns() if town.has_twin]
    return draw.pick(twins) if draw.chance(0.25) else draw.pick(towns())


@cache
def businesses() -> tuple[tuple[str, str], ...]:
    """(code, title) of KBLI 2020; titles of more than twelve words are left out."""
    with (_LISTS / "kbli-2020.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["title"]) for row in csv.DictReader(file)]
    return tuple((code, title) for code, title in rows if len(title.split()) <= 12)
