"""Compares what a paper says with what was declared: kind to spellings, strict with numbers.

A wrong "agrees" is the worst that can happen here, so anything unclear is ``cannot_tell``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading.dates import all_dates
from documents.reading.names import fold_firm, fold_person
from documents.reading.numerals import digits
from documents.reading.question import AGREES, CANNOT_TELL, DIFFERS
from documents.reading.regions import find_seat

NEAR = 0.85  # likeness from which two names may be one name misread
SHAKY = 0.7  # confidence under which a difference may be our own mistake
_FORMS = {
    "PT_PERORANGAN": "PT PERORANGAN",
    "PT PERORANGAN": "PT PERORANGAN",
    "PERSEROAN TERBATAS": "PT",
    "PERSEROAN KOMANDITER": "CV",
}


@dataclass(frozen=True)
class Match:
    """One declared value beside the read one; ``score`` is their likeness from 0 to 1."""

    field: str
    declared: str
    read: str
    verdict: str
    score: float


def matches(
    declared: Mapping[str, object],
    fields: Mapping[str, object],
    confidence: Mapping[str, float],
) -> list[Match]:
    """Compare the declared values of the comparable fields with the read ones."""
    found = []
    for field, likeness in _LIKENESS.items():
        said = str(declared.get(field) or "").strip()
        if not said:
            continue
        read = str(fields.get(field) or "")
        score = likeness(said, read) if read else 0.0
        verdict = _verdict(read, score, confidence.get(field, 0.0), field in _NAMES)
        found.append(Match(field, said, read, verdict, round(score, 3)))
    return found


def _verdict(read: str, score: float, confidence: float, is_name: bool) -> str:
    if not read:
        return CANNOT_TELL
    if score == 1.0:
        return AGREES
    if confidence < SHAKY or (is_name and score >= NEAR) or score == 0.5:
        return CANNOT_TELL
    return DIFFERS


def person_likeness(one: str, two: str) -> float:
    """Compare people's names without titles, spellings of MUHAMMAD and the like folded."""
    return _likeness(fold_person(one), fold_person(two))


def firm_likeness(one: str, two: str) -> float:
    """Compare firms' names without their legal form."""
    return _likeness(fold_firm(one), fold_firm(two))


def _likeness(one: str, two: str) -> float:
    if one and one.replace(" ", "") == two.replace(" ", ""):
        return 1.0
    return min(0.99, fuzz.ratio(one, two) / 100)


def number_likeness(one: str, two: str) -> float:
    """Compare numbers digit by digit, leading zeros aside."""
    first, second = digits(one).lstrip("0"), digits(two).lstrip("0")
    return 1.0 if first and first == second else 0.0


def date_likeness(one: str, two: str) -> float:
    """Compare dates in any written form; a date that we cannot read is unclear."""
    first, second = _iso(one), _iso(two)
    if not first or not second:
        return 0.5
    return 1.0 if first == second else 0.0


def _iso(text: str) -> str:
    if len(text) == 10 and text[4] == text[7] == "-":
        return text
    found = all_dates(text)
    return found[0].day.isoformat() if found else ""


def seat_likeness(one: str, two: str) -> float:
    """Compare seats with their type; Kabupaten and Kota of one name are two places."""
    first, second = find_seat(one), find_seat(two)
    if first is None or second is None:
        bare_one, bare_two = one.split()[-1:], two.split()[-1:]
        same = [w.lower() for w in bare_one] == [w.lower() for w in bare_two]
        return 0.5 if same else 0.0
    return 1.0 if first.name == second.name else 0.0


def form_likeness(one: str, two: str) -> float:
    """Compare legal forms, whether given as code or as printed."""
    first, second = one.strip().upper().rstrip("."), two.strip().upper()
    return 1.0 if _FORMS.get(first, first) == _FORMS.get(second, second) else 0.0


_NAMES = ("notary_name", "company_name")
_LIKENESS: dict[str, Callable[[str, str], float]] = {
    "deed_number": number_likeness,
    "deed_date": date_likeness,
    "notary_name": person_likeness,
    "notary_seat": seat_likeness,
    "company_name": firm_likeness,
    "entity_form": form_likeness,
    "company_seat": seat_likeness,
}
