"""Finds Indonesian dates in digits, with month names and wholly in words.

A deed states its day up to three times (weekday, digits, words), so each reading is kept
apart: agreement makes us sure, disagreement is news for the officer.
"""

import datetime as dt
import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from documents.reading.lexicon import look_folded
from documents.reading.numerals import digits, in_words, is_number_word

MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ALSO = {
    "me": 5,  # the dot of an i is easily lost
    "juh": 7,
    "jum": 6,
    "nopember": 11,
    "pebruari": 2,
    "agust": 8,
    "sept": 9,
    "okt": 10,
    "des": 12,
}

_D = r"[0-9OolI|SB]"
_NUMERIC = re.compile(
    rf"(?<![\d.])({_D}{{1,2}})\s?[-./–]\s?({_D}{{1,2}})\s?[-./–]\s?({_D}{{4}})(?!\d)"
)
_NAMED = re.compile(
    rf"(?<![\d.])({_D}{{1,2}})[\s.,/-]+(?:\([^()]{{3,40}}\)[\s,]*)?(?:bulan\s+)?"
    rf"([A-Za-z][A-Za-z0-9|]{{2,9}})[\s.,/-]+"
    rf"(?:\([^()]{{3,40}}\)[\s,]*)?(?:tahun\s+)?({_D}{{4}})(?!\d)",
    re.IGNORECASE,
)
_BY_LOOK = {look_folded(name): number for number, name in enumerate(MONTHS, 1)}
_LETTERLIKE = str.maketrans("01|5", "olls")
_TOKEN = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class PrintedDate:
    """A date and where it stands in the text; ``way`` is digits, named or words."""

    day: dt.date
    start: int
    end: int
    way: str


def month_number(word: str) -> int | None:
    """Give 1 to 12 for a month name, tolerant of a wrong letter."""
    plain = word.lower().translate(_LETTERLIKE)
    if plain in _ALSO:
        return _ALSO[plain]
    if len(plain) < 3:
        return None
    if alike := _BY_LOOK.get(look_folded(plain)):
        return alike
    best = process.extractOne(plain, MONTHS, scorer=fuzz.ratio, score_cutoff=78)
    return best[2] + 1 if best else None


def weekday_number(word: str) -> int | None:
    """Give 0 (Monday) to 6 for a day name, tolerant of a wrong letter and of old spellings."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in ("ahad", "minggu"):
        return 6
    if len(plain) < 4 or plain == "satu":
        return None
    best = process.extractOne(plain, [name.lower() for name in WEEKDAYS], scorer=fuzz.ratio)
    return best[2] if best and best[1] >= 78 else None


def _date(day: int | None, month: int | None, year: int | None) -> dt.date | None:
    if day is None or month is None or year is None or not 1900 <= year < 2050:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def numeric_dates(text: str) -> list[PrintedDate]:
    """Find dd-mm-yyyy with any of the usual separators."""
    found = []
    for match in _NUMERIC.finditer(text):
        day, month, year = (int(digits(part)) for part in match.groups())
        if date := _date(day, month, year):
            found.append(PrintedDate(date, match.start(), match.end(), "digits"))
    return found


def named_dates(text: str) -> list[PrintedDate]:
    """Find ``10 Maret 2022`` and ``10 (sepuluh) bulan Maret tahun 2022``."""
    found = []
    for match in _NAMED.finditer(text):
        month = month_number(match[2])
        day, year = digits(match[1]), digits(match[3])
        if (
            month
            and day
            and re.search(r"\d", match[3])
            and (date := _date(int(day), month, int(year)))
        ):
            found.append(PrintedDate(date, match.start(), match.end(), "named"))
    return found


def worded_dates(text: str) -> list[PrintedDate]:
    """Find ``enam belas November dua ribu tiga belas``, also around digits in brackets."""
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    found = []
    for at, (word, _, _) in enumerate(tokens):
        month = month_number(word)
        if not month:
            continue
        first = _worded_run(tokens, at - 1, -1)
        last = _worded_run(tokens, at + 1, 1)
        if first > at - 1 or last < at + 1:
            continue
        date = _date(_value(tokens, first, at - 1), month, _value(tokens, at + 1, last))
        if date:
            found.append(PrintedDate(date, tokens[first][1], tokens[last][2], "words"))
    return found


def _worded_run(tokens: list[tuple[str, int, int]], at: int, step: int) -> int:
    """Walk over number words (and the fillers between them); give the last index taken."""
    last = at - step
    while 0 <= at < len(tokens) and abs(at - last) <= 3:
        word = tokens[at][0].lower()
        if is_number_word(word):
            last = at
        elif not (word.isdigit() or word in ("bulan", "tahun", "tanggal")):
            break
        at += step
    return last


def _value(tokens: list[tuple[str, int, int]], first: int, last: int) -> int | None:
    words = [word for word, _, _ in tokens[first : last + 1] if is_number_word(word)]
    return in_words(" ".join(words)) if words else None


def all_dates(text: str) -> list[PrintedDate]:
    """Find every date in digits or with a month name, in reading order."""
    return sorted(numeric_dates(text) + named_dates(text), key=lambda found: found.start)
