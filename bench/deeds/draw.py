"""Everything that is left to chance goes through here, so that a seed gives the same paper twice.

A `Draw` also knows which half of the set it draws for: what both halves have stands first, what
only one of them may use stands in `tuned` and `reported`. About a fifth of what a half uses is its
own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

T = TypeVar("T")
HALVES = ("tuned", "reported")
OWN = 0.27  # how often a half takes one of its own, where it has any: about a fifth of all choices


class Draw:
    """Chance for one paper: `seed` is any text; the same text gives the same draws."""

    def __init__(self, half: str, seed: str) -> None:
        if half not in HALVES:
            raise ValueError(f"{half!r} is not one of {HALVES}")
        self.half, self.seed = half, seed
        self.rng = random.Random(f"{half}/{seed}")

    def fork(self, name: str) -> Draw:
        """A draw of its own for one part, so that a change there leaves the other parts alone."""
        return Draw(self.half, f"{self.seed}/{name}")

    def array_rng(self) -> np.random.Generator:
        """The same chance for arrays of pixels."""
        return np.random.default_rng(self.rng.getrandbits(64))

    def pick(self, shared: Sequence[T], tuned: Sequence[T] = (), reported: Sequence[T] = ()) -> T:
        """One of the shared ones or, now and then, one that only this half has."""
        own = tuned if self.half == "tuned" else reported
        return self.rng.choice(own if own and self.rng.random() < OWN else shared)

    def weighted(self, weights: dict[T, float]) -> T:
        return self.rng.choices(list(weights), weights=list(weights.values()))[0]

    def some(self, of: Sequence[T], count: int) -> list[T]:
        return self.rng.sample(list(of), min(count, len(of)))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def real(
        self,
        low: float,
        high: float,
        tuned: tuple[float, float] | None = None,
        reported: tuple[float, float] | None = None,
    ) -> float:
        """A real number of the shared range or, now and then, of this half's own range."""
        own = tuned if self.half == "tuned" else reported
        span = own if own and self.rng.random() < OWN else (low, high)
        return self.rng.uniform(*span)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def digits(self, count: int) -> str:
        return "".join(self.rng.choices("0123456789", k=count))

    def shuffled(self, of: Iterable[T]) -> list[T]:
        mixed = list(of)
        self.rng.shuffle(mixed)
        return mixed
