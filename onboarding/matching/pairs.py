"""Firms that may be one, found in a list, in a region, or in the whole register.

`find_pairs` compares one list with another by blocks; `compare_all` compares a few with all that
was looked up for them; `sweep` goes through a register region by region, holding the firms of one
region at a time, and then compares across regions those that share a number.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from onboarding.matching import bands, blocks, likeness
from onboarding.matching.register import NUMBERS, Firm, Integers, Register

AT_ONCE = 100_000  # pairs compared in one go: some 50 MB of text
FETCHED = 5_000  # pairs across regions whose firms are looked up in one go
WINDOW_ACROSS = 12


class Reason(NamedTuple):
    """What one field says of a pair: `agrees`, `similar`, `differs` or `missing`, and how much."""

    field: str
    verdict: str
    likeness: float | None


class Pair(NamedTuple):
    """Two firms by id, `a < b`; `band` is same, strong, look or different; `score` is 0..1."""

    a: int
    b: int
    band: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> list[str]:
        """The reasons as short codes: `name_agrees`, `nib_differs`; what is missing is not told."""
        return [f"{r.field}_{r.verdict}" for r in self.reasons if r.verdict != "missing"]


def find_pairs(new: Sequence[Firm], known: Sequence[Firm] = ()) -> Iterator[Pair]:
    """Pairs within `new` and between `new` and `known` that are not different."""
    register = Register([*new, *known])
    yield from _judged(register, *blocks.candidates(register, len(new) if known else None))


def compare_all(new: Sequence[Firm], known: Sequence[Firm]) -> Iterator[Pair]:
    """Like `find_pairs`, without blocks: for a few firms and what was looked up for them."""
    register = Register([*new, *known])
    left, right = np.triu_indices(len(new), 1, len(register))
    yield from _judged(register, *_plausible(register, left, right))


def explain(one: Firm, other: Firm) -> Pair:
    """Compare two firms whatever comes out, so that a page can show why."""
    register = Register(sorted((one, other)))
    left, right = np.array([0]), np.array([1])
    found = likeness.compare(register, left, right)
    return next(_pairs(register, left, right, found, bands.judge(register, left, right, found)))


def sweep(
    regions: Iterable[Sequence[Firm]],
    fetch: Callable[[Collection[int]], Sequence[Firm]],
    new: Collection[int] | None = None,
) -> Iterator[Pair]:
    """Every pair of a register that is given region by region; with `new`, those that touch it.

    `fetch` gives firms by their ids, for the pairs that stand in two regions.
    """
    borders = _Borders()
    for firms in regions:
        fresh = firms if new is None else [firm for firm in firms if firm.id in new]
        old = () if new is None else [firm for firm in firms if firm.id not in new]
        register = Register([*fresh, *old])
        borders.add(register)
        if fresh:
            yield from _judged(register, *blocks.candidates(register, len(fresh) if old else None))
    yield from borders.pairs(fetch, new)


class _Borders:
    """The numbers of all firms, with which they are met again in another region."""

    def __init__(self) -> None:
        self.columns: list[Integers] = []
        self.bits: list[np.ndarray] = []

    def add(self, register: Register) -> None:
        """Keep of a region's firms what eight bytes a field can hold."""
        if not len(register):
            return
        region = np.full(len(register), len(self.columns), dtype=np.int64)
        numbers = [_hashed(register.text[key].tolist()) for key in NUMBERS]
        self.columns.append(np.stack([register.ids, region, *numbers]))
        self.bits.append(np.stack(list(register.bits.values())))

    def pairs(
        self, fetch: Callable[[Collection[int]], Sequence[Firm]], new: Collection[int] | None
    ) -> Iterator[Pair]:
        """The pairs of firms in two regions that share a number and letters of their names."""
        if not self.columns:
            return
        ids, region, *columns = np.concatenate(self.columns, axis=1)
        bits = dict(zip(("name", "owner", "address"), np.concatenate(self.bits, 1), strict=True))
        numbers = dict(zip(NUMBERS, columns, strict=True))
        rows = np.arange(len(ids))
        found = [
            _across(one, other, region, bits, numbers)
            for column in columns
            for one, other in blocks.neighbours(column, rows, WINDOW_ACROSS)
        ]
        codes = blocks.once(np.concatenate(found)) if found else np.empty(0, np.int64)
        left, right = ids[codes // len(ids)], ids[codes % len(ids)]
        if new is not None:
            fresh = np.array(sorted(new), dtype=np.int64)
            touched = np.isin(left, fresh) | np.isin(right, fresh)
            left, right = left[touched], right[touched]
        for at in range(0, len(left), FETCHED):
            yield from _fetched(left[at : at + FETCHED], right[at : at + FETCHED], fetch)


def _hashed(texts: list[str]) -> Integers:
    return np.array([hash(text) if text else -1 for text in texts], dtype=np.int64)


def _across(
    one: Integers,
    other: Integers,
    region: Integers,
    bits: dict[str, np.ndarray],
    numbers: dict[str, Integers],
) -> Integers:
    apart = region[one] != region[other]
    one, other = one[apart], other[apart]
    likely = blocks.is_plausible(bits, numbers, one, other)
    one, other = one[likely], other[likely]
    return np.minimum(one, other) * len(region) + np.maximum(one, other)


def _fetched(
    left: Integers, right: Integers, fetch: Callable[[Collection[int]], Sequence[Firm]]
) -> Iterator[Pair]:
    firms = fetch(np.unique(np.concatenate([left, right])).tolist())
    register = Register(firms)
    row_of = {firm.id: row for row, firm in enumerate(firms)}
    rows = [
        (row_of[one], row_of[other])
        for one, other in zip(left.tolist(), right.tolist(), strict=True)
        if one in row_of and other in row_of
    ]
    if rows:
        first, second = np.array(rows, dtype=np.int64).T
        yield from _judged(register, first, second)


def _plausible(register: Register, left: Integers, right: Integers) -> tuple[Integers, Integers]:
    likely = blocks.is_plausible(register.bits, register.numbers, left, right)
    return left[likely], right[likely]


def _judged(register: Register, left: Integers, right: Integers) -> Iterator[Pair]:
    for at in range(0, len(left), AT_ONCE):
        one, other = left[at : at + AT_ONCE], right[at : at + AT_ONCE]
        worth = likeness.is_worth_it(register, one, other)
        one, other = one[worth], other[worth]
        found = likeness.compare(register, one, other)
        judged = bands.judge(register, one, other, found)
        kept = np.flatnonzero(judged.band != bands.DIFFERENT)
        some = bands.Judged(judged.score[kept], judged.band[kept])
        facts = {field: values[kept] for field, values in found.items()}
        yield from _pairs(register, one[kept], other[kept], facts, some)


def _pairs(
    register: Register,
    left: Integers,
    right: Integers,
    found: dict[str, likeness.Likeness],
    judged: bands.Judged,
) -> Iterator[Pair]:
    said = {field: likeness.verdicts(field, found[field]).tolist() for field in likeness.FIELDS}
    first, second = register.ids[left], register.ids[right]
    for at in range(len(left)):
        reasons = tuple(
            _reason(field, said[field][at], float(found[field][at])) for field in likeness.FIELDS
        )
        yield Pair(
            a=int(min(first[at], second[at])),
            b=int(max(first[at], second[at])),
            band=bands.BANDS[judged.band[at]],
            score=round(float(judged.score[at]), 4),
            reasons=reasons,
        )


def _reason(field: str, verdict: int, how_much: float) -> Reason:
    shown = None if verdict == likeness.MISSING else round(how_much, 2)
    return Reason(field, likeness.VERDICTS[verdict], shown)
