"""Knows the 38 regencies and cities of East Java, and reads any seat printed with its type.

Seven names exist both as Kabupaten and as Kota, so a name without its type is only taken when
it can mean one region.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_REGENCIES = (
    "Pacitan", "Ponorogo", "Trenggalek", "Tulungagung", "Blitar", "Kediri", "Malang",
    "Lumajang", "Jember", "Banyuwangi", "Bondowoso", "Situbondo", "Probolinggo", "Pasuruan",
    "Sidoarjo", "Mojokerto", "Jombang", "Nganjuk", "Madiun", "Magetan", "Ngawi", "Bojonegoro",
    "Tuban", "Lamongan", "Gresik", "Bangkalan", "Sampang", "Pamekasan", "Sumenep",
)  # fmt: skip
_CITIES = (
    "Kediri", "Blitar", "Malang", "Probolinggo", "Pasuruan", "Mojokerto", "Madiun", "Surabaya",
    "Batu",
)  # fmt: skip
REGIONS = tuple([f"Kabupaten {name}" for name in _REGENCIES] + [f"Kota {name}" for name in _CITIES])

_TYPED = re.compile(
    r"\b(Kabupaten|Kab\.|Kab|Kota)\s+(?:Administrasi\s+)?"
    r"([A-Za-z'-]{3,}(?:[ \t]+[A-Z][A-Za-z'-]{2,}){0,2})",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*([A-Za-z'-]{4,})")


@dataclass(frozen=True)
class Seat:
    """A region printed in a text: official name where known, and where it stands."""

    name: str
    start: int
    end: int
    is_known: bool


def find_seat(text: str, start: int = 0, reach: int = 60) -> Seat | None:
    """Find the first region in text[start:start + reach], by type and name or by name alone."""
    if typed := _TYPED.search(text, start, start + reach):
        return _typed(typed)
    bare = _BARE.match(text, start, start + reach)
    if not bare:
        return None
    twins = [region for region in REGIONS if region.split()[1].lower() == bare[1].lower()]
    return Seat(twins[0], bare.start(1), bare.end(1), True) if len(twins) == 1 else None


def _typed(match: re.Match[str]) -> Seat:
    kind = "Kota" if match[1].lower() == "kota" else "Kabupaten"
    names = _CITIES if kind == "Kota" else _REGENCIES
    first = match[2].split()[0]
    known = process.extractOne(first.title(), names, scorer=fuzz.ratio, score_cutoff=80)
    if known:
        return Seat(f"{kind} {known[0]}", match.start(), match.start(2) + len(first), True)
    return Seat(f"{kind} {match[2].title()}", match.start(), match.end(), False)
