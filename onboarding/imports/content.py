"""What a column holds, told by its cells alone: thirteen digits are an NIB whatever the title says.

A kind is believed when most of the filled cells agree; a guess is for a person to confirm.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from onboarding.identifiers import IdentifierError, read_nik
from onboarding.spellings import fold_form, fold_region, form_in_name

REGIONS = Path(__file__).resolve().parent.parent / "reference" / "regions.csv"
MOST = 0.6  # of the filled cells
SOME_NAMES = 0.25  # of the cells name a firm when they begin with CV, PT, UD, Toko
PHONE = re.compile(r"(?:\+?62|0)?8[1-35-9]\d{7,10}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
ADDRESS = re.compile(r"\b(jl|jln|jalan|dusun|dsn|desa|ds|rt|rw|gang|gg|kel|kec|perum|no)\b", re.I)
RUPIAH = re.compile(r"(?:rp\.?\s*)[\d.,]+(?:,-)?|\d{6,12}|\d{1,3}(?:[.,]\d{3}){1,4}", re.I)
PERSON = re.compile(r"[A-Za-z][A-Za-z'.,]*(?: [A-Za-z][A-Za-z'.,]*){0,5}")
RUN = re.compile(r"[\d\s.\-/+'’]+")
NUMBERING = "numbering"


def kind_of_column(cells: Iterable[str]) -> tuple[str, float]:
    """The column key that most cells look like and their share, `("", 0.0)` when none is clear.

    `numbering` are the counting numbers beside a list; `amount` is rupiah, of whatever.
    """
    filled = [cell for cell in cells if cell and cell != "-"]
    if not filled:
        return "", 0.0
    if is_counting(filled) and len(filled) > 1:
        return NUMBERING, 1.0
    counts = Counter(kind_of_cell(cell) for cell in filled)
    if counts["name"] >= SOME_NAMES * len(filled) and counts["legal_form"] < counts["name"]:
        return "name", counts["name"] / len(filled)
    kind, count = max(counts.items(), key=lambda pair: (pair[0] != "", pair[1]))
    share = count / len(filled)
    return (kind, share) if kind and share >= MOST else ("", 0.0)


def kind_of_cell(text: str) -> str:
    """The column key that one filled cell looks like, or `""`."""
    if RUN.fullmatch(text):
        return _kind_of_number(text)
    return next((kind for kind, is_it in TESTS if is_it(text)), "")


#: In this order: what is told more surely comes before what only may be.
TESTS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("email", EMAIL.fullmatch),
    ("region", lambda text: _is_region(fold_region(text))),
    ("legal_form", fold_form),
    ("name", form_in_name),
    ("amount", RUPIAH.fullmatch),
    ("address", ADDRESS.search),
    ("owner_name", PERSON.fullmatch),
)


def is_counting(cells: Sequence[str]) -> bool:
    """Whether cells count upwards by one: 1, 2, 3 or (1), (2), (3)."""
    numbers = [re.sub(r"[().\s]", "", cell) for cell in cells]
    if not all(number.isdigit() and len(number) < 7 for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return all(after - before == 1 for before, after in pairwise(values))


@cache
def region_names() -> frozenset[str]:
    """The folded names of the 38 regions, with their type and, where it is enough, without."""
    with REGIONS.open(encoding="utf-8") as file:
        names = {fold_region(row["display_name"]) for row in csv.DictReader(file)}
    return frozenset(names | {name.partition(" ")[2] for name in names})


def _is_region(folded: str) -> bool:
    return folded in region_names() or folded.startswith(("kab ", "kota "))


def _kind_of_number(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if PHONE.fullmatch(re.sub(r"[^\d+]", "", text)):
        return "phone"
    if re.fullmatch(r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", text.strip()):
        return "npwp"
    if RUPIAH.fullmatch(text.strip()) and not text.strip().isdigit():
        return "amount"
    if len(digits) == 16:
        return "nik" if _is_nik(digits) else "npwp"
    return {5: "kbli", 13: "nib", 15: "npwp", 22: "npwp"}.get(len(digits), _amount(digits))


def _amount(digits: str) -> str:
    return "amount" if 6 <= len(digits) <= 12 and digits.endswith("000") else ""


def _is_nik(digits: str) -> bool:
    try:
        read_nik(digits)
    except IdentifierError:
        return False
    return True
