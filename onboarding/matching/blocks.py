"""Which pairs are worth comparing: those that share something, and stand near each other in it.

Every key puts firms into blocks; inside a block they are sorted by something else, and only
neighbours within a window are paired. So a block of ten thousand firms costs what ten thousand
firms cost elsewhere, and the whole grows as the list does. A pair that shares few letters in
both names is dropped before anything slow looks at it.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from onboarding.matching.register import NUMBERS, Bits, Integers, Register

WINDOW = 6
WIDE = 30  # a number is shared by few: one helper's phone by thirty firms
NARROW = 3
ALIKE = 1.5  # of 2: the names of the firms and of their owners
ALIKE_AT_ONE_PLACE, ONE_PLACE = 0.9, 0.78
ALIKE_OF_ONE_NUMBER = 0.6
SPREAD = np.int64(1) << np.int64(24)

Keys = Integers


def candidates(register: Register, new: int | None = None) -> tuple[Integers, Integers]:
    """Rows of the pairs to compare, `left < right`, each once.

    With `new`, only pairs of which at least one is among the first `new` rows.
    """
    found = [_plausible(register, *pair, new) for pair in _near(register)]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    codes = once(np.concatenate(found))
    return codes // len(register), codes % len(register)


def neighbours(keys: Keys, order: Integers, window: int) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of rows with an equal key (-1 is none) at most `window` places apart in `order`.

    `keys` may have several columns: then a row stands in a block for each of them.
    """
    rows = np.arange(len(order))
    if keys.ndim > 1:
        rows = np.repeat(rows, keys.shape[1])
        keys = keys.reshape(-1)
    known = keys != -1
    keys, rows = keys[known], rows[known]
    sorted_by = np.lexsort((order[rows], keys))
    keys, rows = keys[sorted_by], rows[sorted_by]
    for apart in range(1, min(window + 1, len(rows))):
        alike = np.flatnonzero(keys[apart:] == keys[:-apart])
        if not len(alike):
            return
        yield rows[alike], rows[alike + apart]


def once(codes: Integers) -> Integers:
    """The numbers in order, each once; `np.unique` hashes, which is slower here."""
    codes.sort()
    return codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes


def _near(register: Register) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of neighbours, by one key and order after another."""
    orders = {column: register.order(column) for column in ("core", "owner", "joined")}
    orders["end"] = _order_from_the_end(register)
    everybody = np.zeros(len(register), dtype=np.int64)
    for order in orders.values():
        yield from neighbours(everybody, order, NARROW)
    for number in NUMBERS:
        yield from neighbours(register.numbers[number], orders["core"], WIDE)
    for key, order, window in _keys(register, orders):
        yield from neighbours(key, order, window)


def _keys(register: Register, orders: dict[str, Integers]) -> Iterator[tuple[Keys, Integers, int]]:
    name, owner, address = (register.tokens[key] for key in ("name", "owner", "address"))
    yield name, orders["owner"], WINDOW
    yield name, orders["core"], WINDOW
    yield owner, orders["core"], WINDOW
    yield _both(name, owner), orders["core"], WINDOW
    yield _both(name, address), orders["owner"], WINDOW
    yield _both(owner, address), orders["core"], WINDOW
    for size in (4, -4):
        yield _edge(register, "joined", size), orders["owner"], WINDOW
        yield _edge(register, "owner", size), orders["core"], WINDOW
    yield _edge(register, "phone", -7), orders["core"], WINDOW
    yield _edge(register, "phone", 11), orders["core"], WINDOW


def _both(first: Keys, second: Keys) -> Keys:
    """Every word of one with every word of the other, as keys."""
    pairs = first[:, :, None] * SPREAD + second[:, None, :]
    pairs[(first[:, :, None] < 0) | (second[:, None, :] < 0)] = -1
    return pairs.reshape(len(first), -1)


def _edge(register: Register, column: str, size: int) -> Keys:
    seen: dict[str, int] = {"": -1}
    cut = slice(size) if size > 0 else slice(size, None)
    return np.array(
        [seen.setdefault(text[cut], len(seen)) for text in register.text[column].tolist()],
        dtype=np.int64,
    )


def _order_from_the_end(register: Register) -> Integers:
    texts = [text[::-1] for text in register.text["joined"].tolist()]
    places = np.empty(len(texts), dtype=np.int64)
    places[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return places


def _plausible(register: Register, first: Integers, second: Integers, new: int | None) -> Integers:
    """The pairs of two rows that `is_plausible`, as `left * firms + right`."""
    left, right = np.minimum(first, second), np.maximum(first, second)
    keep = left != right
    if new is not None:
        keep &= left < new
    left, right = left[keep], right[keep]
    likely = is_plausible(register.bits, register.numbers, left, right)
    return left[likely] * len(register) + right[likely]


def is_plausible(
    bits: Mapping[str, Bits], numbers: Mapping[str, Integers], left: Integers, right: Integers
) -> NDArray[np.bool_]:
    """Whether pairs of rows share letters enough in both names, or fewer and a number or place."""
    alike = _shared(bits["name"], left, right) + _shared(bits["owner"], left, right)
    plausible = alike > ALIKE
    plausible |= (alike > ALIKE_AT_ONE_PLACE) & (_shared(bits["address"], left, right) > ONE_PLACE)
    for column in numbers.values():
        one = column[left]
        plausible |= (one == column[right]) & (one != -1) & (alike > ALIKE_OF_ONE_NUMBER)
    return plausible


def _shared(column: Bits, left: Integers, right: Integers) -> NDArray[np.float32]:
    """The share of letter pairs in common, 0..1: between what the shorter has and the mean."""
    one, other = column[left], column[right]
    both = np.bitwise_count(one & other).astype(np.float32)
    first, second = np.bitwise_count(one), np.bitwise_count(other)
    least, total = np.minimum(first, second), first.astype(np.int32) + second
    share = both / np.maximum(least, 1) / 2 + both / np.maximum(total, 1)
    return np.asarray(share, dtype=np.float32)
