"""Finds the people of a deed with their part in the firm; witnesses are not among them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz

from documents.reading.dates import all_dates
from documents.reading.fields import D, opening
from documents.reading.names import without_titles
from documents.reading.numerals import digits
from documents.reading.text import Script

_ADDRESS = r"(?:Tuan|Nyonya|Nona|Tn\.?|Ny\.?|Nn\.?|Bapak|Ibu|Saudara|Saudari|Sdr\.?)"
_APPEARS = re.compile(
    rf"\b{_ADDRESS}\s+([A-Z][A-Za-z'.\s-]{{2,60}}?)\s*[,.;]\s*(?:[A-Z][A-Za-z.\s]{{1,30}},\s*)?"
    r"(?:di)?lahir(?:kan)?\b",
    re.DOTALL,
)
_CLOSING = re.compile(r"DEMIKIAN|dilangsungkan\s+di|sebagai\s+saksi", re.IGNORECASE)
_NIK = re.compile(rf"(?<![\dA-Za-z])((?:{D}\s?){{15}}{D})(?!\d)")
_STATED = re.compile(r"(?:^|\n)\W*Nama(?:\s+Lengkap)?\W{0,4}\s(?:[LI]\s)?([A-Z][A-Z'. -]{2,60})\n")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("persero aktif", r"\b(?:pers?ero|sekutu)\s+(?:aktif|pengurus|komplementer)"),
        ("persero pasif", r"\b(?:pers?ero|sekutu)\s+(?:pasif|komanditer|diam)"),
        ("direktur utama", r"\bdirektur\s+utama"),
        ("komisaris utama", r"\bkomisaris\s+utama"),
        ("direktur", r"\bdirektur\b"),
        ("komisaris", r"\bkomisaris\b"),
        ("ketua", r"\bketua\b"),
        ("sekretaris", r"\bsekretaris\b"),
        ("bendahara", r"\bbendahara\b"),
    )
)
_LEADS_TO_ROLE = re.compile(r"\b(?:sebagai|selaku|menjabat)\b\s*:?", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A founder: where name and NIK stand, the part in the firm, the birth date printed."""

    name: str
    name_at: tuple[int, int]
    nik: str = ""
    nik_at: tuple[int, int] = (0, 0)
    born: dt.date | None = None
    role: str = ""


def founders(script: Script, form: str) -> list[Person]:
    """Find the people who appear before the notary, in order, with their appointments."""
    start = max(0, opening(script))
    closing = _last(_CLOSING, script.text, start)
    seen = list(_APPEARS.finditer(script.text, start, closing))
    people = []
    for match, following in zip_longest(seen, seen[1:]):
        until = following.start() if following else min(closing, match.end() + 700)
        people.append(_person(script, match, until, form))
    return [person for person in people if person.name]


def _last(pattern: re.Pattern[str], text: str, start: int) -> int:
    places = [match.start() for match in pattern.finditer(text, start)]
    deeds_end = [match.start() for match in re.finditer(r"DEMIKIAN", text) if match.start() > start]
    return (deeds_end or places or [len(text)])[0]


def _person(script: Script, match: re.Match[str], until: int, form: str) -> Person:
    text = script.text
    born = all_dates(text[match.end() : min(until, match.end() + 90)])
    nik = _NIK.search(text, match.end(), until)
    name = without_titles(match[1])
    role = _role(text, name, match.end(), form)
    return Person(
        name=name,
        name_at=match.span(1),
        nik=digits(nik[1]) if nik else "",
        nik_at=nik.span(1) if nik else (0, 0),
        born=born[0].day if born else None,
        role=role,
    )


def _role(text: str, name: str, start: int, form: str) -> str:
    """Give the role said at a later mention of the name."""
    for begin, end in _mentions(text, name, start):
        after = text[end : end + 260]
        before = text[max(0, begin - 60) : begin]
        role = _role_after(after[:90]) or _role_before(before) or _role_after(after)
        if role:
            return _in_form(role, form)
    return ""


def _mentions(text: str, name: str, start: int) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(part) for part in name.split())
    found = [match.span() for match in re.finditer(pattern, text[start:], re.IGNORECASE)]
    if not found:
        near = fuzz.partial_ratio_alignment(name, text[start:], score_cutoff=88)
        found = [(near.dest_start, near.dest_end)] if near else []
    for begin, end in found:
        yield begin + start, end + start


def _role_after(after: str) -> str:
    lead = _LEADS_TO_ROLE.search(after)
    if not lead:
        return ""
    said = after[lead.end() : lead.end() + 60]
    found = [
        (match.start(), at, role)
        for at, (role, pattern) in enumerate(_ROLES)
        if (match := pattern.search(said))
    ]
    return min(found)[2] if found else ""


def _role_before(before: str) -> str:
    """Read ``Direktur : Tuan BUDI``."""
    said = re.search(rf"([A-Za-z\s]{{4,40}})\s*:\W*(?:{_ADDRESS})?\s*$", before)
    if not said:
        return ""
    return next((role for role, pattern in _ROLES if pattern.search(said[1])), "")


def _in_form(role: str, form: str) -> str:
    if form == "CV" and role.startswith("direktur"):
        return "persero aktif"
    if form == "CV" and role.startswith("komisaris"):
        return "persero pasif"
    return role


def declarant(script: Script) -> list[Person]:
    """Find the one founder of a statement: name and NIK on labelled lines."""
    match = _STATED.search(script.text)
    if not match:
        return []
    nik = _NIK.search(script.text, match.end(), match.end() + 120)
    born = all_dates(script.text[match.end() : match.end() + 200])
    return [
        Person(
            name=without_titles(match[1]),
            name_at=match.span(1),
            nik=digits(nik[1]) if nik else "",
            nik_at=nik.span(1) if nik else (0, 0),
            born=born[0].day if born else None,
            role="direktur",
        )
    ]
