"""Keeps every reading of every field apart until all are known, then lets them vote.

Agreement of independent readings is what makes a value sure; the engine's own number is not.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading.text import Script

_LOOSE = ("company_name", "notary_name")  # near spellings count as one value's readings
NEAR = 80  # likeness from which two names may be one name read twice


@dataclass(frozen=True)
class Finding:
    """One reading of one field: canonical ``value`` at text[start:end], found by ``way``."""

    field: str
    value: str | int
    start: int
    end: int
    way: str
    weight: float = 1.0

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the running text."""
        return self.start, self.end


@dataclass(frozen=True)
class Outcome:
    """The value that won, the readings that say so and those that do not."""

    value: str | int
    backers: tuple[Finding, ...]
    others: tuple[Finding, ...] = ()

    @property
    def first(self) -> Finding:
        """The reading that stands first in the paper."""
        return self.backers[0]


def settle(script: Script, findings: Iterable[Finding]) -> dict[str, Outcome]:
    """Choose one value for each field by the weight of its readings."""
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_field[finding.field].append(finding)
    return {field: _vote(script, field, found) for field, found in by_field.items()}


def _vote(script: Script, field: str, found: list[Finding]) -> Outcome:
    weights: dict[str | int, float] = defaultdict(float)
    for finding in found:
        weights[finding.value] += finding.weight * (0.5 + script.sureness(*finding.span))
    value = max(weights, key=lambda one: (_with_near(field, one, weights), len(str(one))))
    backers = tuple(one for one in found if one.value == value)
    others = tuple(one for one in found if one.value != value)
    return Outcome(value, backers, others)


def _with_near(field: str, one: str | int, weights: dict[str | int, float]) -> float:
    """A name misread here and there still speaks for its right spelling."""
    if field not in _LOOSE:
        return weights[one]
    return weights[one] + 0.1 * sum(
        weight for other, weight in weights.items() if other != one and is_near(field, other, one)
    )


def is_near(field: str, one: str | int, two: str | int) -> bool:
    """Say whether two values of a field may be one value, read twice."""
    return field in _LOOSE and fuzz.ratio(str(one), str(two)) >= NEAR
