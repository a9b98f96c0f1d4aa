"""Asks whether an identity number fits the person: birth date, and a woman's day plus forty."""

import datetime as dt
from collections.abc import Iterator

from documents.reading.dates import worded_dates
from documents.reading.findings import Finding
from documents.reading.persons import WOMAN, Person
from documents.reading.question import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Case,
    Check,
    is_by_eye,
    may_be_slip,
    verdict_of,
)

_WOMANS_DAY = 40  # added to the day of birth in a woman's number
_LENGTH = 16
_BESIDE = 90  # letters before and after a birth date in which its words stand


def check(case: Case) -> Iterator[Check]:
    """Compare each NIK with what is printed beside it."""
    for at, person in enumerate(case.people):
        if len(person.nik) == _LENGTH and person.born is not None:
            yield from _birth(case, at, person, person.born)


def _birth(case: Case, at: int, person: Person, born: dt.date) -> Iterator[Check]:
    nik = Finding("person_nik", person.nik, *person.nik_at, "printed")
    place = (("person_nik", *person.nik_at),)
    about = (f"persons.{at}.nik",)
    fits = nik_fits(person.nik, born)
    verdict = AGREES if fits else _misfit(case, person, born, nik)
    yield Check("nik_birth", verdict, (person.nik, born.isoformat()), place, about)
    if person.sex and fits:
        is_woman = int(person.nik[6:8]) > _WOMANS_DAY
        same = is_woman == (person.sex == WOMAN)
        verdict = CANNOT_TELL if is_by_eye(case, nik) else DIFFERS
        yield Check("nik_sex", AGREES if same else verdict, (person.nik, person.sex), place, about)


def _misfit(case: Case, person: Person, born: dt.date, nik: Finding) -> str:
    """The words of a birth date settle what its digits say; a smeared digit is our fault."""
    day = Finding("birth_date", born.isoformat(), *person.born_at, "printed")
    said = {one.day for one in worded_dates(case.script.text[slice(*_around(person))])}
    if any(nik_fits(person.nik, one) for one in said) and is_by_eye(case, day):
        return CANNOT_TELL
    wanted = (nik_part_of(born, is_woman=one) for one in (False, True))
    if any(may_be_slip(case, (nik, person.nik[6:12]), (day, one)) for one in wanted):
        return CANNOT_TELL
    return verdict_of(case, False, nik, *(() if born in said else (day,)))


def _around(person: Person) -> tuple[int, int]:
    start, end = person.born_at
    return max(0, start - _BESIDE), end + _BESIDE


def nik_part_of(born: dt.date, *, is_woman: bool) -> str:
    """Give the six digits that a birth date makes in a NIK."""
    return f"{born.day + _WOMANS_DAY * is_woman:02}{born:%m%y}"


def nik_fits(nik: str, born: dt.date) -> bool:
    """Say whether a NIK carries this birth date, for a man or a woman."""
    return any(nik[6:12] == nik_part_of(born, is_woman=one) for one in (False, True))
