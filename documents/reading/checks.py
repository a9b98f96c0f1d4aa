"""Asks whether a paper agrees with itself: digits with words, weekday with date, NIK with birth.

``differs`` is said only when both sides were read clearly: a misread digit is our fault, not
the notary's. A contradiction is reported, never repaired.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from documents.reading.dates import WEEKDAYS
from documents.reading.fields import weekday
from documents.reading.figures import is_well_grouped
from documents.reading.findings import Finding, Outcome
from documents.reading.numerals import amount
from documents.reading.persons import Person
from documents.reading.text import Script

AGREES, DIFFERS, CANNOT_TELL = "agrees", "differs", "cannot_tell"
CLEAR = 0.75  # sureness of the weakest word from which a reading counts as clear
_SHARES = re.compile(
    r"terbagi\s+(?:atas|dalam)\s+([\d.]+)\s.{0,80}?saham.{0,80}?nominal\D{0,20}?Rp\W{0,3}([\d.]+\d{3})",
    re.IGNORECASE | re.DOTALL,
)

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Check:
    """One question and its answer; ``places`` are (field, start, end) in the running text."""

    name: str
    verdict: str
    values: tuple[str, ...]
    places: tuple[Span, ...] = ()


def check_all(script: Script, outcomes: Mapping[str, Outcome], people: list[Person]) -> list[Check]:
    """Ask everything that this paper gives an answer to."""
    questions: tuple[Callable[[Script, Mapping[str, Outcome]], Iterator[Check]], ...] = (
        _weekday,
        _date_twice,
        _number_twice,
        _notary_twice,
        _capital_words,
        _capital_paid,
        _shares,
        _tax_digit,
        _business_date,
    )
    found = [check for question in questions for check in question(script, outcomes)]
    return found + [check for person in people for check in birth_check(script, person)]


def _verdict(script: Script, agrees: bool, *spans: tuple[int, int]) -> str:
    if agrees:
        return AGREES
    return DIFFERS if all(script.sureness(*span) >= CLEAR for span in spans) else CANNOT_TELL


def _pair(script: Script, name: str, one: Finding, two: Finding) -> Check:
    spans = ((one.start, one.end), (two.start, two.end))
    return Check(
        name,
        _verdict(script, one.value == two.value, *spans),
        (str(one.value), str(two.value)),
        tuple(_place(finding) for finding in (one, two)),
    )


def _place(finding: Finding) -> Span:
    field = f"{finding.field}_words" if finding.way == "words" else finding.field
    return field, finding.start, finding.end


def _readings(outcomes: Mapping[str, Outcome], field: str) -> dict[str, Finding]:
    """Give the first reading of a field for each way in which it was found."""
    if field not in outcomes:
        return {}
    found: dict[str, Finding] = {}
    for finding in (*outcomes[field].backers, *outcomes[field].others):
        found.setdefault(finding.way, finding)
    return found


def _weekday(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    said, date = weekday(script), outcomes.get("deed_date")
    if said is None or date is None:
        return
    number, start, end = said
    first = next((one for one in date.backers if one.way == "opening"), date.backers[0])
    fits = dt.date.fromisoformat(str(date.value)).weekday() == number
    yield Check(
        "deed_date_weekday",
        _verdict(script, fits, (start, end), (first.start, first.end)),
        (WEEKDAYS[number], str(date.value)),
        (("deed_date", start, end), _place(first)),
    )


def _date_twice(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    found = _readings(outcomes, "deed_date")
    if "opening" in found and "words" in found:
        yield _pair(script, "deed_date_words", found["opening"], found["words"])
    if "opening" in found and "cover" in found:
        yield _pair(script, "deed_date_cover", found["cover"], found["opening"])


def _number_twice(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    outcome = outcomes.get("deed_number")
    if outcome is None:
        return
    found = sorted((*outcome.backers, *outcome.others), key=lambda one: one.start)
    titles = [one for one in found if one.way == "title"]
    words = [one for one in found if one.way == "words"]
    if len(titles) >= 2:
        yield _pair(script, "deed_number_cover", titles[0], titles[-1])
    if titles and words:
        yield _pair(script, "deed_number_words", titles[-1], words[-1])


def _notary_twice(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    found = _readings(outcomes, "notary_name")
    if "opening" in found and "cover" in found:
        yield _pair(script, "notary_name_places", found["cover"], found["opening"])


def _capital_words(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    for field in ("authorized_capital", "paid_up_capital"):
        found = _readings(outcomes, field)
        if "digits" in found and "words" in found:
            yield _pair(script, f"{field}_words", found["digits"], found["words"])


def _capital_paid(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    whole, paid = outcomes.get("authorized_capital"), outcomes.get("paid_up_capital")
    if whole is None or paid is None:
        return
    one, two = whole.backers[0], paid.backers[0]
    fits = int(whole.value) / 4 <= int(paid.value) <= int(whole.value)  # UU 40/2007 art. 33
    yield Check(
        "paid_up_within_authorized",
        _verdict(script, fits, (one.start, one.end), (two.start, two.end)),
        (str(paid.value), str(whole.value)),
        (_place(two), _place(one)),
    )


def _shares(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    match = _SHARES.search(script.text)
    whole = outcomes.get("authorized_capital")
    if match is None or whole is None:
        return
    count, nominal = amount(match[1]), amount(match[2])
    if not count or not nominal or not all(map(is_well_grouped, match.groups())):
        return  # a point misread for a digit would make a false contradiction
    yield Check(
        "shares_times_nominal",
        _verdict(script, count * nominal == whole.value, match.span(1), match.span(2)),
        (f"{count} x {nominal}", str(whole.value)),
        (("authorized_capital", *match.span(1)), ("authorized_capital", *match.span(2))),
    )


def _tax_digit(script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    outcome = outcomes.get("npwp")
    if outcome is None:
        return
    number, first = str(outcome.value), outcome.backers[0]
    fifteen = number[1:] if len(number) == 16 and number[0] == "0" else number
    if len(fifteen) != 15:
        return
    fits = is_luhn(fifteen[:9])
    verdict = _verdict(script, fits, (first.start, first.end))
    yield Check("npwp_check_digit", verdict, (number,), (_place(first),))


def is_luhn(number: str) -> bool:
    """Say whether the last digit is the Luhn check digit of the others."""
    total = 0
    for at, char in enumerate(reversed(number)):
        value = int(char) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _business_date(_script: Script, outcomes: Mapping[str, Outcome]) -> Iterator[Check]:
    """The first six digits of most NIB since 2021 are the issue date: a hint, never a fault."""
    nib, day = outcomes.get("nib"), outcomes.get("nib_date")
    if nib is None or day is None:
        return
    fits = str(nib.value)[:6] == dt.date.fromisoformat(str(day.value)).strftime("%d%m%y")
    places = (_place(nib.backers[0]), _place(day.backers[0]))
    verdict = AGREES if fits else CANNOT_TELL
    yield Check("nib_issue_date", verdict, (str(nib.value), str(day.value)), places)


def birth_check(script: Script, person: Person) -> Iterator[Check]:
    """Compare digits 7 to 12 of a NIK (day + 40 for women) with the birth date beside it."""
    if len(person.nik) != 16 or person.born is None:
        return
    yield Check(
        "nik_birth",
        _verdict(script, nik_fits(person.nik, person.born), person.nik_at),
        (person.nik, person.born.isoformat()),
        (("person_nik", *person.nik_at),),
    )


def nik_fits(nik: str, born: dt.date) -> bool:
    """Say whether a NIK carries this birth date, for a man or a woman."""
    rest = born.strftime("%m%y")
    return nik[6:12] in (f"{born.day:02}{rest}", f"{born.day + 40:02}{rest}")
