"""One cell as text, with what a spreadsheet did to the number in it undone or owned up to.

A spreadsheet keeps fifteen digits of a number and no leading zero, so a NIK typed as a number
has lost its end: nobody can repair that, but somebody must be told.
"""

import datetime
import math
import re

MAX_TEXT = 2_000
EXACT_UP_TO = 10**15
# the shortest length that is still believed to be the full one less its leading zeros
SHORTEST_WITHOUT_ZEROS = {"nib": (10, 13), "npwp": (13, 15), "kbli": (4, 5)}
IDENTIFIERS = frozenset({"nib", "npwp", "nik", "phone", "kbli"})
SCIENTIFIC = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
UNSEEN = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u202a-\u202e\ufeff]")


def cell_text(key: str, value: object) -> tuple[str, tuple[str, ...]]:
    """The text of a cell and the codes of its repairs.

    `float_number` came as a number; `zeros_restored` had lost leading zeros; `digits_lost` has
    lost digits for good; `cut` was longer than `MAX_TEXT`.
    """
    if isinstance(value, bool) or value is None:
        return ("" if value is None else str(value)), ()
    if isinstance(value, int | float):
        return _number(key, value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat(), ()
    text = re.sub(r"[ \t\u00a0]+", " ", UNSEEN.sub("", str(value))).strip()
    if key in IDENTIFIERS and SCIENTIFIC.fullmatch(text):
        return text, ("digits_lost",)
    if len(text) > MAX_TEXT:
        return text[:MAX_TEXT], ("cut",)
    return text, ()


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
