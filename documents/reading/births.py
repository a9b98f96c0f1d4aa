"""Asks whether an identity number fits the person: birth date, and a woman's day plus forty."""

import datetime as dt
from collections.abc import Iterator

from documents.reading.findings import Finding
from documents.reading.persons import WOMAN, Person
from documents.reading.question import CANNOT_TELL, Case, Check, verdict_of

_WOMANS_DAY = 40  # added to the day of birth in a woman's number
_LENGTH = 16


def check(case: Case) -> Iterator[Check]:
    """Compare each NIK with what is printed beside it."""
    for at, person in enumerate(case.people):
        if len(person.nik) == _LENGTH and person.born is not None:
            yield from _birth(case, at, person, person.born)


def _birth(case: Case, at: int, person: Person, born: dt.date) -> Iterator[Check]:
    nik = Finding("person_nik", person.nik, *person.nik_at, "printed")
    day = Finding("birth_date", born.isoformat(), *person.born_at, "printed")
    place = (("person_nik", *person.nik_at),)
    about = (f"persons.{at}.nik",)
    fits = nik_fits(person.nik, born)
    verdict = verdict_of(case, fits, nik, day)
    yield Check("nik_birth", verdict, (person.nik, born.isoformat()), place, about)
    if person.sex and fits:
        is_woman = int(person.nik[6:8]) > _WOMANS_DAY
        same = is_woman == (person.sex == WOMAN)
        verdict = verdict_of(case, same, nik) if case.second.script.is_from_layer(*nik.span) else ""
        verdict = verdict or ("agrees" if same else CANNOT_TELL)
        yield Check("nik_sex", verdict, (person.nik, person.sex), place, about)


def nik_fits(nik: str, born: dt.date) -> bool:
    """Say whether a NIK carries this birth date, for a man or a woman."""
    rest = born.strftime("%m%y")
    return nik[6:12] in (f"{born.day:02}{rest}", f"{born.day + _WOMANS_DAY:02}{rest}")
