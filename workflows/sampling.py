"""Which cases an auditor looks at: drawn by a rule that anybody can follow again.

Every case gets one number u between 0 and 1 from the seed alone, and a key from u and its weight;
the cases with the largest keys are drawn (Efraimidis and Spirakis, 2006, sampling without
replacement with a chance in proportion to weight):

    u   = (first 16 hex digits of SHA-256 of "<seed>:<case>", as a number, + 1) / (2^64 + 1)
    key = ln(u) / weight

With every weight 1 it is a plain random sample. By risk, the weight of a case is

    1 + 2 x its red flags + 1 x the times it was returned + 1 if it was appealed
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PER_FLAG: Final = 2


def weight_of(*, flags: int, returns: int, was_appealed: bool) -> int:
    """Return the weight of a case by its risk, at least 1."""
    return 1 + PER_FLAG * flags + returns + int(was_appealed)


def chance_of(seed: str, case: int) -> float:
    """Return the number between 0 and 1 that a seed gives to a case."""
    digits = hashlib.sha256(f"{seed}:{case}".encode()).hexdigest()[:16]
    return (int(digits, 16) + 1) / (2**64 + 1)


def draw(weights: Mapping[int, int], *, seed: str, size: int) -> list[int]:
    """Return the cases drawn, in the order of the draw; all of them when there are not more."""
    keys = {case: math.log(chance_of(seed, case)) / weight for case, weight in weights.items()}
    return sorted(weights, key=lambda case: (-keys[case], case))[:size]
