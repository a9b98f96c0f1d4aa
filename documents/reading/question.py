"""Says what a check is: one question about a paper, its answer, and when an answer may be given.

``differs`` is said only when both sides were read clearly, and by a second look alike: a misread
digit is our fault, not the notary's. A contradiction is reported, never repaired.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from documents.reading.findings import NEAR, Finding, Outcome, is_near
from documents.reading.numerals import is_number_word, spelled, split_words
from documents.reading.persons import Person
from documents.reading.second import ABSENT, AGREES as SAME, SecondLook
from documents.reading.text import Script

AGREES, DIFFERS, CANNOT_TELL = "agrees", "differs", "cannot_tell"
CLEAR = 0.75  # sureness of the weakest word from which a reading counts as clear
SHARP = 0.88  # sureness from which digits that are easily mistaken count as read
_ALIKE = ("06", "08", "09", "17", "38", "56", "68", "69", "89", "58", "35", "14", "47")

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
    """Say ``differs`` only where each side was surely read, and no other reading disputes it."""
    if agrees:
        return AGREES
    fields = [one.field for one in findings]
    for one in findings:
        is_open = fields.count(one.field) == 1 and _is_disputed(case, one)
        if not is_by_eye(case, one):
            continue
        if is_open or not (is_repeated(case, one) or _is_well_read(case, one)):
            return CANNOT_TELL
    return DIFFERS


def is_by_eye(case: Case, *findings: Finding) -> bool:
    """Say whether a reading, or any of several, does not come from the file's own text."""
    whole = case.second.script
    return not all(whole.is_from_layer(*one.span) for one in findings)


def is_repeated(case: Case, one: Finding) -> bool:
    """Say whether the paper prints a value in two places, or in digits and in words."""
    outcome = case.outcomes.get(one.field)
    if outcome is None or outcome.value != one.value:
        return False
    return len({(backer.start, backer.way == "words") for backer in outcome.backers}) > 1


def _is_disputed(case: Case, one: Finding) -> bool:
    """Say whether the paper has another value for this field, so that one of them was misread."""
    outcome = case.outcomes.get(one.field)
    others = outcome.others if outcome else ()
    return any(not is_near(one.field, other.value, one.value) for other in others)


def _is_well_read(case: Case, one: Finding) -> bool:
    """Say whether the second look reads the same; without one the engine must be sure."""
    again = case.second.verdict(one)
    if again == ABSENT and not case.second.is_possible:
        return case.second.script.sureness(*one.span) >= CLEAR
    return again == SAME


def may_be_slip(case: Case, *sides: tuple[Finding, str]) -> bool:
    """Say whether digits read by eye differ by what ink does: 0 for 6, a mark too many.

    Each side is a reading with its digits. Words, a repeated value, or one read sharply, are no
    slip.
    """
    (one, first), (two, second) = sides
    if not is_by_eye(case, one, two) or not _is_alike(first, second):
        return False
    whole = case.second.script
    return not all(
        side.way == "words" or is_repeated(case, side) or whole.sureness(*side.span) >= SHARP
        for side in (one, two)
    )


def _is_alike(one: str, two: str) -> bool:
    if len(one) != len(two):
        return one in two or two in one
    return all(
        a == b or f"{a}{b}" in _ALIKE or f"{b}{a}" in _ALIKE for a, b in zip(one, two, strict=True)
    )


def pair(case: Case, name: str, one: Finding, two: Finding) -> Check:
    """Ask whether two readings say the same; a word lost or a digit smeared is our fault."""
    same = one.value == two.value
    is_open = not same and (
        may_be_slip(case, (one, _digits(one)), (two, _digits(two)))
        or _has_lost_words(case, one, two)
        or _has_lost_words(case, two, one)
        or _is_outvoted(case, one, two)
        or _is_outvoted(case, two, one)
    )
    return Check(
        name,
        CANNOT_TELL if is_open else verdict_of(case, same, one, two),
        (str(one.value), str(two.value)),
        tuple(place_of(finding) for finding in (one, two)),
        (one.field,),
    )


def _is_outvoted(case: Case, one: Finding, two: Finding) -> bool:
    """Say whether lone digits, read by eye, differ in one place from what words and more say."""
    if one.way == "words" or not is_by_eye(case, one) or is_repeated(case, one):
        return False
    is_worded = any(backer.way == "words" for backer in case.outcomes[two.field].backers)
    return is_worded and is_repeated(case, two) and one_apart(_digits(one), _digits(two))


def one_apart(one: str, two: str) -> bool:
    """Say whether two runs of digits differ in one place."""
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _digits(one: Finding) -> str:
    return str(one.value).replace("-", "")


def _has_lost_words(case: Case, words: Finding, other: Finding) -> bool:
    """Say whether the words, read by eye, are those of the other value with some left out."""
    if words.way != "words" or not is_by_eye(case, words):
        return False
    plain = re.findall(r"[a-z]+", case.script.text[words.start : words.end].lower())
    said = [piece for word in plain if is_number_word(word) for piece in split_words(word)]
    wanted = iter(
        piece for part in str(other.value).split("-")[::-1] for piece in spelled(int(part))
    )
    return all(piece in wanted for piece in said)


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
    is_open = not same and (_is_part(first, second) or _may_be_misread(case, one, two))
    verdict = CANNOT_TELL if is_open else verdict_of(case, same, one, two)
    places = (place_of(one), place_of(two))
    return Check(name, verdict, (str(one.value), str(two.value)), places, (one.field,))


def _may_be_misread(case: Case, one: Finding, two: Finding) -> bool:
    """Names a letter or two apart, or of one word that may be a part, tell nothing by eye."""
    is_short = any(
        " " not in str(side.value) and not is_repeated(case, side) for side in (one, two)
    )
    is_alike = fuzz.ratio(str(one.value), str(two.value)) >= NEAR
    return is_by_eye(case, one, two) and (is_short or is_alike)


def _is_part(one: str, two: str) -> bool:
    """A name cut at the end of a line says nothing against the whole name."""
    short, long = sorted((one.split(), two.split()), key=len)
    if short == long[: len(short)] or short == long[len(long) - len(short) :]:
        return True
    letters = sorted(("".join(short), "".join(long)), key=len)
    return letters[1].startswith(letters[0]) or letters[1].endswith(letters[0])
