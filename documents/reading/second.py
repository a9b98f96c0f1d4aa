"""Looks a second time, by another model, at values that nothing else on the paper confirms.

Two models seldom make the same mistake, so what both read alike is nearly always what stands
there; where they differ, nothing is claimed.
"""

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from documents.reading.dates import all_dates, weekday_number, worded_dates
from documents.reading.findings import Finding
from documents.reading.names import without_titles
from documents.reading.numerals import digits, in_words
from documents.reading.regions import find_seat
from documents.reading.text import LookAgain, Script

AGREES, DIFFERS, ABSENT = "agrees", "differs", "absent"
MOST_LOOKS = 60  # a paper; each costs as much as a thirtieth of a page
_LONG_NUMBERS = ("nib", "npwp", "person_nik", "kbli")
_DECREES = ("sk_ahu_number", "notary_sk_number")
_SUMS = ("authorized_capital", "paid_up_capital")
_SHAPES = {"nib": 13, "person_nik": 16, "kbli": 5}
_DIGIT_RUN = re.compile(r"[0-9OolI|SB]+(?:[\s.,/-]{0,2}[0-9OolI|SB]+)*")


class SecondLook:
    """Second looks at places of one script; each place is looked at once."""

    def __init__(self, script: Script, look: LookAgain | None) -> None:
        """Without ``look`` every answer is ``absent``."""
        self.script = script
        self._look = look
        self._seen: dict[tuple[int, int], str] = {}

    @property
    def is_possible(self) -> bool:
        """Whether a second look can be had at all."""
        return self._look is not None

    def text(self, start: int, end: int) -> str:
        """Give what the second model reads there; nothing for text from the file itself."""
        if self._look is None or self.script.is_from_layer(start, end):
            return ""
        if (start, end) not in self._seen:
            if len(self._seen) >= MOST_LOOKS:
                return ""
            boxes = self.script.boxes(start, end)
            said = " ".join(self._look(page, box) for page, box in boxes)
            self._seen[start, end] = said.strip()
        return self._seen[start, end]

    def verdict(self, finding: Finding) -> str:
        """Say whether the second look reads the same value there."""
        text = self.text(*finding.span)
        return says(finding.field, finding.value, finding.way, text) if text else ABSENT

    def name_at(self, start: int, end: int) -> str:
        """Give the person's name that the running text has at a place."""
        return without_titles(self.script.text[start:end])

    def value(self, finding: Finding) -> str:
        """Give the digits that the second look reads where a number of known length stands."""
        found = [digits(run) for run in _DIGIT_RUN.findall(self.text(*finding.span))]
        length = _SHAPES.get(finding.field, len(str(finding.value)))
        return next((one for one in found if len(one) == length), "")


def says(field: str, value: str | int, way: str, text: str) -> str:
    """Compare a value with what stands in a text that should say the same."""
    if way == "words" and field != "deed_date":
        return _said_in_words(value, text)
    if field.endswith("_date"):
        return _same_date(str(value), text)
    if field in _LONG_NUMBERS or field in _SUMS or field == "deed_number":
        return _same_digits(str(value), text, is_short=field == "deed_number")
    if field.endswith("_seat"):
        seat = find_seat(text)
        return ABSENT if seat is None else _either(seat.name == value)
    if field == "weekday":
        numbers = {weekday_number(word) for word in text.split()}
        return _either(value in numbers) if numbers - {None} else ABSENT
    return _same_letters(str(value), text, is_code=field in _DECREES)


def _either(same: bool) -> str:
    return AGREES if same else DIFFERS


def _same_digits(value: str, text: str, *, is_short: bool) -> str:
    runs = [digits(run) for run in _DIGIT_RUN.findall(text) if re.search(r"\d", run)]
    if is_short:
        runs = [run.lstrip("0") for run in runs]
        return _either(value in runs) if any(runs) else ABSENT
    if any(value == run or value == run.removesuffix("00") for run in runs):
        return AGREES
    long = [run for run in runs if abs(len(run) - len(value)) <= max(2, len(value) // 4)]
    return DIFFERS if long else ABSENT


def _same_date(value: str, text: str) -> str:
    days = [one.day.isoformat() for one in (*all_dates(text), *worded_dates(text))]
    return _either(value in days) if days else ABSENT


def _said_in_words(value: str | int, text: str) -> str:
    plain = re.sub(r"\W*rup\w+\W*$", "", text.strip(" ()-.,;"), flags=re.IGNORECASE)
    said = in_words(re.sub(r"[^A-Za-z\s]", " ", plain))
    return ABSENT if said is None else _either(str(said) == str(value))


def _same_letters(value: str, text: str, *, is_code: bool) -> str:
    one, two = (_code(value), _code(text)) if is_code else (_letters(value), _letters(text))
    if one and one in two:
        return AGREES
    near = fuzz.partial_ratio(one, two) if len(two) >= len(one) // 2 else 0.0
    return DIFFERS if near >= 60 or Levenshtein.distance(one, two) <= 3 else ABSENT


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9&]", "", text.upper())


def _code(text: str) -> str:
    """Fold letters and digits that look alike, as in AHU numbers."""
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate(str.maketrans("OILSBZ", "011582"))
