"""Says what a check is: one question about a paper, its answer, and when an answer may be given.

``differs`` is said only when both sides were read clearly, and by a second look alike: a misread
digit is our fault, not the notary's. A contradiction is reported, never repaired.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from documents.reading.findings import NEAR, Finding, Outcome
from documents.reading.persons import Person
from documents.reading.second import ABSENT, SecondLook
from documents.reading.second import AGREES as SAME
from documents.reading.text import Script

AGREES, DIFFERS, CANNOT_TELL = "agrees", "differs", "cannot_tell"
CLEAR = 0.75  # sureness of the weakest word from which a reading counts as clear

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Check:
    """One question and its answer; ``places`` are (field, start, end) in the running text.

    ``about`` names the values (``deed_date``, ``persons.0.nik``) that an agreement supports.
    """

    name: str
    verdict: str
    values: tuple[str, ...]
    places: tuple[Span, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """All that the questions are asked about."""

    script: Script
    second: SecondLook
    outcomes: Mapping[str, Outcome]
    people: list[Person] = field(default_factory=list)
    form: str = ""
    cited: Mapping[str, Outcome] = field(default_factory=dict)  # by a decree in the same file
    today: dt.date | None = None
    warnings: tuple[str, ...] = ()


def verdict_of(case: Case, agrees: bool, *findings: Finding) -> str:
    """``differs`` needs each side read clearly, and by the second look alike where there is one."""
    if agrees:
        return AGREES
    for one in findings:
        whole = case.second.script
        if whole.is_from_layer(*one.span):
            continue
        again = case.second.verdict(one)
        is_clear = whole.sureness(*one.span) >= CLEAR
        if again not in (SAME, ABSENT) or (again == ABSENT and case.second.is_possible):
            return CANNOT_TELL
        if again == ABSENT and not is_clear:
            return CANNOT_TELL
    return DIFFERS


def pair(case: Case, name: str, one: Finding, two: Finding) -> Check:
    """Ask whether two readings say the same."""
    return Check(
        name,
        verdict_of(case, one.value == two.value, one, two),
        (str(one.value), str(two.value)),
        tuple(place_of(finding) for finding in (one, two)),
        (one.field,),
    )


def day_of(finding: Finding) -> dt.date:
    """Give the day that a reading of a date says."""
    return dt.date.fromisoformat(str(finding.value))


def place_of(finding: Finding) -> Span:
    """Give the name and place under which a reading is shown."""
    name = f"{finding.field}_words" if finding.way == "words" else finding.field
    return name, finding.start, finding.end


def readings(case: Case, name: str) -> dict[str, Finding]:
    """Give the first reading of a field for each way in which it was found."""
    outcome = case.outcomes.get(name)
    found: dict[str, Finding] = {}
    for finding in (*outcome.backers, *outcome.others) if outcome else ():
        found.setdefault(finding.way, finding)
    return found


def pair_of_names(
    case: Case, name: str, one: Finding, two: Finding, fold: Callable[[str], str]
) -> Check:
    """Ask whether two names are one, spellings folded; a name cut short says nothing."""
    first, second = fold(str(one.value)), fold(str(two.value))
    same = first.replace(" ", "") == second.replace(" ", "")
    is_open = not same and (_is_part(first, second) or _may_be_slip(case, one, two))
    verdict = CANNOT_TELL if is_open else verdict_of(case, same, one, two)
    places = (place_of(one), place_of(two))
    return Check(name, verdict, (str(one.value), str(two.value)), places, (one.field,))


def _may_be_slip(case: Case, one: Finding, two: Finding) -> bool:
    """Names a letter or two apart, read by eye, may be one name."""
    whole = case.second.script
    by_eye = not all(whole.is_from_layer(*finding.span) for finding in (one, two))
    is_near = fuzz.ratio(str(one.value), str(two.value)) >= NEAR
    return by_eye and is_near


def _is_part(one: str, two: str) -> bool:
    """A name cut at the end of a line says nothing against the whole name."""
    short, long = sorted((one.split(), two.split()), key=len)
    if short == long[: len(short)] or short == long[len(long) - len(short) :]:
        return True
    letters = sorted(("".join(short), "".join(long)), key=len)
    return letters[1].startswith(letters[0]) or letters[1].endswith(letters[0])
