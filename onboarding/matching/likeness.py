"""How alike two firms are, field by field, with the facts that a person is shown.

Works on arrays of pairs: one call compares thousands. A likeness is 0..1; where one side has
nothing to compare the field is *missing* and says nothing.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from onboarding.matching.register import Integers, Register

FIELDS: Final = (
    "nib", "npwp", "nik", "phone", "email", "name", "owner", "address", "legal_form", "region",
)  # fmt: skip
MISSING, DIFFERS, SIMILAR, AGREES = range(4)
VERDICTS: Final = ("missing", "differs", "similar", "agrees")
SIMILAR_FROM: Final = {"name": 0.75, "owner": 0.75, "address": 0.6, "email": 0.8}
AGREES_FROM: Final = {"name": 0.97, "owner": 0.97, "address": 0.9, "email": 1.0}
UNLIKE = 40  # of 100: what is less alike counts as nothing in common
NUMBERS_OF_FIRM: Final = ("nib", "npwp")
CLOSE_NUMBER = 2  # digits mistyped or swapped

Likeness = NDArray[np.float32]


def is_worth_it(register: Register, left: Integers, right: Integers) -> NDArray[np.bool_]:
    """A first look at the names alone: what is this unlike becomes nothing, whoever owns it."""
    both = _Pairs(register, left, right)
    worth = (both.text("full", fuzz.ratio) > 0) | (both.text("run_on", fuzz.ratio) > 0)
    for number in NUMBERS_OF_FIRM:
        column = register.numbers[number]
        worth |= (column[left] == column[right]) & (column[left] != -1)
    return worth


def compare(register: Register, left: Integers, right: Integers) -> dict[str, Likeness]:
    """The likeness of every pair in every field; -1 where the field is missing on a side."""
    both = _Pairs(register, left, right)
    found = {field: both.number(field) for field in ("nib", "npwp", "nik", "phone")}
    found["email"] = both.text("email", fuzz.ratio)
    found["name"] = _names(both)
    found["owner"] = _owners(both)
    found["address"] = both.text("address", fuzz.token_sort_ratio, fuzz.token_set_ratio)
    found["legal_form"] = both.equal("legal_form")
    found["region"] = both.equal("region")
    return found


def verdicts(field: str, likeness: Likeness) -> NDArray[np.int8]:
    """What a likeness means in its field: MISSING, DIFFERS, SIMILAR or AGREES."""
    agrees = AGREES_FROM.get(field, 1.0) - 1e-6
    said = np.full(len(likeness), DIFFERS, dtype=np.int8)
    said[likeness >= SIMILAR_FROM.get(field, 0.5)] = SIMILAR
    said[likeness >= agrees] = AGREES
    said[likeness < 0] = MISSING
    return said


class _Pairs:
    """The two sides of many pairs, taken from a register's columns when they are asked for."""

    def __init__(self, register: Register, left: Integers, right: Integers) -> None:
        self.register, self.left, self.right = register, left, right

    def __len__(self) -> int:
        return len(self.left)

    def equal(self, column: str) -> Likeness:
        """1 where both are the same, 0 where they differ, -1 where one is empty."""
        one, other = self.sides(column)
        found = (one == other).astype(np.float32)
        found[(one == "") | (other == "")] = -1
        return found

    def sides(self, column: str) -> tuple[NDArray[Any], NDArray[Any]]:
        text = self.register.text[column]
        return text[self.left], text[self.right]

    def text(self, column: str, *scorers: Callable[..., float]) -> Likeness:
        """The mean of what the scorers of 0..100 say, where both sides have a text."""
        return self._scored(column, lambda one, other: _mean(one, other, scorers))

    def number(self, column: str) -> Likeness:
        """1 for equal numbers, 0.5 for digits mistyped, 0 for others."""
        return self._scored(column, _close_numbers)

    def _scored(self, column: str, score: Callable[[list[str], list[str]], Likeness]) -> Likeness:
        one, other = self.sides(column)
        known = np.flatnonzero((one != "") & (other != ""))
        found = np.full(len(self), -1, dtype=np.float32)
        if len(known):
            found[known] = score(one[known].tolist(), other[known].tolist())
        return found


def _mean(one: list[str], other: list[str], scorers: tuple[Callable[..., float], ...]) -> Likeness:
    total = np.zeros(len(one), dtype=np.float32)
    for scorer in scorers:
        total += process.cpdist(one, other, scorer=scorer, score_cutoff=UNLIKE, dtype=np.float32)
    return np.asarray(total / (100 * len(scorers)), dtype=np.float32)


def _close_numbers(one: list[str], other: list[str]) -> Likeness:
    apart = process.cpdist(
        one, other, scorer=OSA.distance, score_cutoff=CLOSE_NUMBER, dtype=np.int32
    )
    return np.select([apart == 0, apart <= CLOSE_NUMBER], [1.0, 0.5], 0.0).astype(np.float32)


def _names(pairs: _Pairs) -> Likeness:
    """What tells the names apart counts most, in any order, however parted into words."""
    sorted_, joined = pairs.text("core", fuzz.ratio), pairs.text("joined", fuzz.ratio)
    part = pairs.text("core", fuzz.token_set_ratio)
    whole = pairs.text("full", fuzz.ratio)
    core = np.maximum(np.maximum(sorted_, joined), (sorted_ + part) / 2)
    run_on = pairs.text("run_on", fuzz.ratio)
    return np.maximum(0.75 * core + 0.25 * whole, 0.97 * run_on).astype(np.float32)


def _owners(pairs: _Pairs) -> Likeness:
    """A person may be written with fewer names, or in another order."""
    sorted_, part = pairs.text("owner", fuzz.ratio), pairs.text("owner", fuzz.token_set_ratio)
    said = pairs._scored("owner_said", _jaro)
    return np.maximum(np.maximum(sorted_, 0.92 * part), 0.95 * said).astype(np.float32)


def _jaro(one: list[str], other: list[str]) -> Likeness:
    return process.cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float32)
