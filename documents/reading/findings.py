"""Keeps every reading of every field apart until all are known, then lets them vote.

Agreement of independent readings is what makes a value sure; the engine's own number is not.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading.text import Script

SURE = 0.95
FROM_LAYER = 0.97
ONCE_BY_EYE = 0.85  # the most that a single reading by eye can earn: under the "sure" of 0.9
DISPUTED = 0.6
_LOOSE = ("company_name", "notary_name")  # near spellings count as one value's readings


@dataclass(frozen=True)
class Finding:
    """One reading of one field: canonical ``value`` at text[start:end], found by ``way``."""

    field: str
    value: str | int
    start: int
    end: int
    way: str
    weight: float = 1.0


@dataclass(frozen=True)
class Outcome:
    """The value that won, how sure it is, the readings that say so and those that do not."""

    value: str | int
    confidence: float
    backers: tuple[Finding, ...]
    others: tuple[Finding, ...]


def settle(script: Script, findings: Iterable[Finding]) -> dict[str, Outcome]:
    """Choose one value for each field by the weight of its readings."""
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_field[finding.field].append(finding)
    return {field: _vote(script, field, found) for field, found in by_field.items()}


def _vote(script: Script, field: str, found: list[Finding]) -> Outcome:
    weights: dict[str | int, float] = defaultdict(float)
    for finding in found:
        weights[finding.value] += finding.weight * (
            0.5 + script.sureness(finding.start, finding.end)
        )
    value = max(weights, key=lambda one: (weights[one], len(str(one))))
    backers = tuple(one for one in found if one.value == value)
    others = tuple(one for one in found if one.value != value and not _is_near(field, one, value))
    return Outcome(value, _confidence(script, backers, others), backers, others)


def _is_near(field: str, one: Finding, value: str | int) -> bool:
    return field in _LOOSE and fuzz.ratio(str(one.value), str(value)) >= 80


def _confidence(script: Script, backers: tuple[Finding, ...], others: tuple[Finding, ...]) -> float:
    if len(others) >= len(backers):
        return DISPUTED
    if all(script.is_from_layer(one.start, one.end) for one in backers):
        return FROM_LAYER if not others else 0.85
    places = {script.line_at(one.start) for one in backers}
    best = max(script.sureness(one.start, one.end) for one in backers)
    if len(places) >= 2 and not others:
        return SURE
    if len(places) >= 3 and best >= 0.8:
        return 0.9
    return round(min(ONCE_BY_EYE, best), 2)
