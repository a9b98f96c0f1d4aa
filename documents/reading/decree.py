"""Asks whether the ministry's decree fits: code and form, year and date, the deed it names."""

import re
from collections.abc import Iterator

from documents.reading.findings import Finding, Outcome
from documents.reading.names import fold_person
from documents.reading.question import (
    CANNOT_TELL,
    DIFFERS,
    Case,
    Check,
    day_of,
    is_by_eye,
    one_apart,
    pair_of_names,
    place_of,
    verdict_of,
)

# The third group of an AHU number tells what was registered (01.01 a PT, 01.14 a CV ...).
_CODES = {"PT": ("0101", "0102", "0103"), "CV": ("0114", "0115", "0116"),
          "PT PERORANGAN": ("0130", "0131")}  # fmt: skip
_YEAR = re.compile(r"((?:19|20)\d\d)\s*$")
_CODE = re.compile(r"A[HN]\W{0,3}(\w{2})\W{0,3}(\w{2})\D*(\d{4})\s*$", re.IGNORECASE)


def check(case: Case) -> Iterator[Check]:
    """Ask all questions about a decree of the ministry and about the notary's own."""
    number, day = case.outcomes.get("sk_ahu_number"), case.outcomes.get("sk_ahu_date")
    deed_day = case.outcomes.get("deed_date")
    if number:
        yield from _form(case, number)
    if number and day:
        yield from _year(case, "sk_ahu_year", number, day)
    if day and deed_day:
        yield from _order(case, "sk_ahu_after_deed", deed_day, day, (number, day))
    yield from _cites(case)
    own, own_day = case.outcomes.get("notary_sk_number"), case.outcomes.get("notary_sk_date")
    if own and own_day:
        yield from _year(case, "notary_sk_year", own, own_day)
    if own_day and deed_day:
        yield from _order(case, "notary_sk_before_deed", own_day, deed_day, (own, own_day))


def _form(case: Case, number: Outcome) -> Iterator[Check]:
    found = _CODE.search(str(number.value))
    known = {code: form for form, codes in _CODES.items() for code in codes}
    if found is None or case.form not in _CODES:
        return
    said = known.get(found[1] + found[2])
    if said is None:
        return
    verdict = verdict_of(case, said == case.form, number.first)
    values = (str(number.value), case.form)
    yield Check("sk_ahu_form", verdict, values, (place_of(number.first),), ("sk_ahu_number",))


def _year(case: Case, name: str, number: Outcome, day: Outcome) -> Iterator[Check]:
    year = _YEAR.search(str(number.value))
    if year is None:
        return
    own = str(day_of(day.first).year)
    is_open = one_apart(year[1], own) and is_by_eye(case, number.first, day.first)
    verdict = verdict_of(case, year[1] == own, number.first, day.first)
    places = (place_of(number.first), place_of(day.first))
    values = (str(number.value), str(day.value))
    yield Check(name, CANNOT_TELL if is_open else verdict, values, places)


def _order(
    case: Case, name: str, earlier: Outcome, later: Outcome, number: tuple[Outcome | None, Outcome]
) -> Iterator[Check]:
    """Ask which day came first; ``number`` is a decree and its day, whose years must be one.

    A year misread by eye makes a false order, and the decree's own number tells of it.
    """
    fits = day_of(earlier.first) <= day_of(later.first)
    verdict = verdict_of(case, fits, earlier.first, later.first)
    decree, day = number
    year = _YEAR.search(str(decree.value)) if decree else None
    is_odd = year is not None and year[1] != str(day_of(day.first).year)
    if is_odd and is_by_eye(case, earlier.first, later.first) and verdict == DIFFERS:
        verdict = CANNOT_TELL
    places = (place_of(earlier.first), place_of(later.first))
    yield Check(name, verdict, (str(earlier.value), str(later.value)), places)


def _cites(case: Case) -> Iterator[Check]:
    """A decree in the same file must name this deed: number, day and notary."""
    for field, name in (("deed_number", "sk_cites_number"), ("deed_date", "sk_cites_date")):
        own, cited = case.outcomes.get(field), case.cited.get(field)
        if own and cited:
            yield _same(case, name, own.first, cited.first)
    own, cited = case.outcomes.get("notary_name"), case.cited.get("notary_name")
    if own and cited:
        yield pair_of_names(case, "sk_cites_notary", own.first, cited.first, fold_person)


def _same(case: Case, name: str, own: Finding, cited: Finding) -> Check:
    same = own.value == cited.value
    verdict = verdict_of(case, same, own, cited)
    places = (place_of(own), place_of(cited))
    return Check(name, verdict, (str(own.value), str(cited.value)), places, (own.field,))
