"""Reads a seat printed with its type, against the official list of regencies and cities.

Some names exist both as Kabupaten and as Kota, so a name without its type is only taken when
it can mean one region; the 38 of East Java come first.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from documents.reading.towns import CITIES, REGENCIES

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
    r"(?:\b|(?<=di))(Kabupaten|Kab\b\.?|Kota\s?madya|Kotamadia|Kota|K\s?O\s?T\s?A|"
    r"K\s?A\s?B\s?U\s?P\s?A\s?T\s?E\s?N)\s*(?:Administrasi\s+)?"
    r"((?<=[\s.])[A-Za-z'-]{3,}(?:\s+[A-Za-z][A-Za-z'-]{2,}){0,3})",
    re.IGNORECASE,
)
_TYPE_MISREAD = re.compile(r"\b([A-Za-z0-9]{8,10})\s+([A-Za-z'-]{4,}(?:[ \t]+[A-Z][A-Za-z]+)?)")
_BARE = re.compile(r"\W*([A-Za-z'-]{4,})(?:\s+([A-Z][A-Za-z'-]+))?")
_FAR = 70  # likeness of a badly read name, taken only when no other name is near
_LONGEST = 40  # letters of a bare name
_OWN_WORDS = frozenset({"dan", "yang", "dengan", "nomor", "provinsi", "propinsi", "jawa", "jalan"})


@dataclass(frozen=True)
class Seat:
    """A region printed in a text: official name where known, and where it stands."""

    name: str
    start: int
    end: int
    is_known: bool


def find_seat(text: str, start: int = 0, reach: int = 60) -> Seat | None:
    """Find the first region in text[start:start + reach], by type and name or by name alone."""
    until = start + reach
    for typed in _TYPED.finditer(text, start, min(len(text), until + 30)):
        if typed.start() < until and (seat := _typed(typed)):
            return seat
    for near in _TYPE_MISREAD.finditer(text, start, min(len(text), until + 20)):
        if near.start() < until and fuzz.ratio(near[1].lower(), "kabupaten") >= 75:
            return _named("Kabupaten", near[2], near.start(), near.start(2))
    return _bare(text, start, max(until, start + _LONGEST))


def _bare(text: str, start: int, until: int) -> Seat | None:
    bare = _BARE.match(text, start, until)
    if not bare:
        return None
    for words in (2, 1):
        name = " ".join(bare.group(*range(1, words + 1)) if words > 1 and bare[2] else (bare[1],))
        twins = [f"{kind} {known}" for kind, known in _BY_FOLD.get(name.lower(), ())]
        if len(twins) == 1:
            return Seat(twins[0], bare.start(1), bare.start(1) + len(name), True)
    return None


def _typed(match: re.Match[str]) -> Seat | None:
    kind = "Kota" if re.sub(r"\s", "", match[1]).lower().startswith("kota") else "Kabupaten"
    return _named(kind, match[2], match.start(), match.start(2))


def _named(kind: str, printed: str, start: int, name_start: int) -> Seat | None:
    """Take the longest run of words that is a known name, else the nearest, else as printed."""
    words = list(re.finditer(r"[A-Za-z'-]+", printed))
    local, all_names = _FOLDED[kind]
    for names, cutoff in ((all_names, 100), (local, 80), (all_names, 88), (local, _FAR)):
        for count in range(min(3, len(words)), 0, -1):
            end = words[count - 1].end()
            said = _fold(printed[:end])
            known = process.extractOne(said, names, scorer=fuzz.ratio, score_cutoff=cutoff)
            if known and (cutoff > _FAR or _is_alone(said, names, known[1])):
                return Seat(f"{kind} {known[2]}", start, name_start + end, True)
    return _unknown(kind, printed, words, start, name_start)


def _is_alone(said: str, names: dict[str, str], best: float) -> bool:
    near = process.extract(said, names, scorer=fuzz.ratio, score_cutoff=best - 12, limit=2)
    return len(near) == 1


def _unknown(
    kind: str, printed: str, words: list[re.Match[str]], start: int, name_start: int
) -> Seat | None:
    own = [word for word in words if word[0].lower() not in _OWN_WORDS and word[0][0].isupper()]
    if not own or own[0] is not words[0]:
        return None
    end = own[0].end()
    return Seat(f"{kind} {printed[:end].title()}", start, name_start + end, False)


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def is_official(seat: str) -> bool:
    """Say whether a seat stands in the official list of Indonesia."""
    kind, _, name = seat.partition(" ")
    return name in (CITIES if kind == "Kota" else REGENCIES)


def _by_fold() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind, names in (("Kabupaten", REGENCIES), ("Kota", CITIES)):
        for name in names:
            found[name.lower()] = (*found.get(name.lower(), ()), (kind, name))
    return found


_BY_FOLD = _by_fold()
_FOLDED = {
    kind: tuple({name: _fold(name) for name in names} for names in lists)
    for kind, lists in {"Kota": (_CITIES, CITIES), "Kabupaten": (_REGENCIES, REGENCIES)}.items()
}
