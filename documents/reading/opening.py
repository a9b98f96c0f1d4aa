"""Knows where a deed opens and closes: cover before, parties after, witnesses at the end."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from documents.reading.text import Script

_OPENING = "pada hari ini"
_OPENS = re.compile(
    r"\bhari\s*ini\b|\bhari[\s,]{1,2}(?:senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad)\b",
    re.IGNORECASE,
)
_APPEARS = re.compile(
    r"\b(?:menghadap|berhadapan|hadir)\b.{0,25}?\bsaya\b|\bdi\s?hadapan\s+saya\b",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(r"\bpada\s+har\w*|\b(?:pada\s+)?(?:ber|ter)?tanggal\b", re.IGNORECASE)
_REACH = 260  # letters between the day and the words ``menghadap kepada saya``
_CLOSES = re.compile(
    r"D\s?E\s?M\s?I\s?K\s?I\s?A\s?N|dilangsungkan\s+di|dibuat\s+(?:dan|sebagai|di)\s+\w+\s+dan\s+d|"
    r"akta\s+ini\s+dibuat\s+(?:sebagai|dalam)\s+minuta",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def opening(script: Script) -> int:
    """Give where the deed itself begins (``Pada hari ini``), or -1."""
    if found := _OPENS.search(script.text):
        return _with_pada(script.text, found.start())
    if found := _APPEARS.search(script.text):
        before = max(0, found.start() - _REACH)
        dated = list(_DATED.finditer(script.text, before, found.start()))
        named = [one for one in dated if one[0].lower().startswith("pada har")]
        return (named or dated[-1:] or [found])[0].start()
    near = fuzz.partial_ratio_alignment(_OPENING, script.text.lower()[:6000], score_cutoff=85)
    return near.dest_start if near else -1


def _with_pada(text: str, start: int) -> int:
    before = re.search(r"pada\s+$", text[max(0, start - 8) : start], re.IGNORECASE)
    return start - len(before[0]) if before else start


@lru_cache(maxsize=8)
def closing(script: Script) -> int:
    """Give where the deed ends and its witnesses begin, or the end of the text."""
    begin = max(0, opening(script))
    found = [match.start() for match in _CLOSES.finditer(script.text, begin + 200)]
    capital = [at for at in found if script.text[at : at + 5].isupper()]
    return (capital or found or [len(script.text)])[0]
