"""One cell as text, with what a spreadsheet did to the number in it undone or owned up to.

A spreadsheet keeps fifteen digits of a number and no leading zero, so a NIK typed as a number
has lost its end: nobody can repair that, but somebody must be told.
"""

import datetime
import math
import re
from decimal import Decimal

MAX_TEXT = 2_000
EXACT_UP_TO = 10**15
# the shortest length that is still believed to be the full one less its leading zeros
SHORTEST_WITHOUT_ZEROS = {"nib": (10, 13), "npwp": (13, 15), "kbli": (4, 5)}
IDENTIFIERS = frozenset({"nib", "npwp", "nik", "phone", "kbli"})
SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d*))?E\+?(\d{1,2})", re.IGNORECASE)
FLOAT = re.compile(r"\d{4,15}[.,]0+")
UNSEEN = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u202a-\u202e\ufeff]")
DAY_NOUGHT = datetime.date(1899, 12, 30)  # of a spreadsheet, which believes in 29 February 1900


def cell_text(key: str, value: object) -> tuple[str, tuple[str, ...]]:
    """The text of a cell and the codes of its repairs.

    `float_number` came as a number; `zeros_restored` had lost leading zeros; `digits_lost` has
    lost digits for good; `date_number` was shown as a date; `cut` was longer than `MAX_TEXT`.
    """
    if isinstance(value, bool) or value is None:
        return ("" if value is None else str(value)), ()
    if isinstance(value, int | float):
        return _number(key, value)
    if isinstance(value, datetime.date):
        return _date(key, value)
    text = re.sub(r"[ \t\u00a0]+", " ", UNSEEN.sub("", str(value))).strip()
    if len(text) > MAX_TEXT:
        return text[:MAX_TEXT], ("cut",)
    return _written_number(text) if key in IDENTIFIERS else (text, ())


def _number(key: str, value: float) -> tuple[str, tuple[str, ...]]:
    if math.isnan(value) or abs(value) > 10**30 or value < 0 or value % 1:
        return str(value), ()
    digits = f"{value:.0f}"
    if key not in IDENTIFIERS:
        return digits, ()
    if value >= EXACT_UP_TO:
        return digits, ("float_number", "digits_lost")
    shortest, full = SHORTEST_WITHOUT_ZEROS.get(key, (0, 0))
    if shortest <= len(digits) < full:
        return digits.zfill(full), ("float_number", "zeros_restored")
    return digits, ("float_number",)


def _date(key: str, value: datetime.date) -> tuple[str, tuple[str, ...]]:
    """A number in a cell that shows dates is the count of days, so it can be had back."""
    is_moment = isinstance(value, datetime.datetime)
    day = value.date() if isinstance(value, datetime.datetime) else value
    if key not in IDENTIFIERS or (is_moment and str(value)[11:19] != "00:00:00"):
        return day.isoformat(), ()
    text, codes = _number(key, (day - DAY_NOUGHT).days)
    return text, ("date_number", *(code for code in codes if code != "float_number"))


def _written_number(text: str) -> tuple[str, tuple[str, ...]]:
    """`8,1E+10` has lost digits unless all of them are written; `5621.0` was a number."""
    found = SCIENTIFIC.fullmatch(text)
    if found is None:
        bare = re.split(r"[.,]", text)[0] if FLOAT.fullmatch(text) else ""
        return (bare, ("float_number",)) if bare else (text, ())
    first, rest, power = found[1], found[2] or "", int(found[3])
    if len(rest) < power or power > 22:
        return text, ("digits_lost",)
    return f"{Decimal(f'{first}.{rest}E{power}'):.0f}", ("float_number",)
