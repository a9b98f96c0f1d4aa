"""How often the machine is right, measured on the values that people have looked at.

A value that an officer confirmed counts as right, one that was corrected as wrong; one that nobody
can read, or that nobody has looked at, counts for nothing. Only the last word on a value counts.
The figures are counts over all firms and name nobody, so they need no sight of a firm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from documents.models import ValueReview

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

SURE: Final = 0.9  # confidence from which the reader means "sure"
Z: Final = 1.959964  # normal quantile of a two-sided 95 % interval

Outcome = ValueReview.Outcome


@dataclass(frozen=True)
class Measure:
    """Counts of looked-at values: how many, right, sure, sure and wrong."""

    looked_at: int = 0
    right: int = 0
    sure: int = 0
    sure_wrong: int = 0

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.looked_at + other.looked_at,
            self.right + other.right,
            self.sure + other.sure,
            self.sure_wrong + other.sure_wrong,
        )

    @property
    def share(self) -> float | None:
        """The share of right values, None where nothing was looked at."""
        return self.right / self.looked_at if self.looked_at else None

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the share lies, 95 times of 100."""
        return wilson(self.right, self.looked_at)

    @property
    def sure_wrong_interval(self) -> tuple[float, float]:
        """The same for the share of wrong values among those of which the machine was sure."""
        return wilson(self.sure_wrong, self.sure)


@dataclass(frozen=True)
class Cell:
    """One field on one kind of paper that came in one way."""

    field: str
    kind: str
    capture: str
    measure: Measure


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Return the 95 % interval of a share after Wilson (1927), fit for small counts and for 0."""
    if not tries:
        return 0.0, 1.0
    share, square = hits / tries, Z * Z
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    reach = Z * sqrt(share * (1 - share) / tries + square / (4 * tries**2)) / (1 + square / tries)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def measure(*, since: date | None, until: date | None, reader: str = "") -> list[Cell]:
    """Count by field, kind and capture in one query; the period is of the day of the review."""
    period = {
        "at__gte": since and _midnight(since),
        "at__lt": until and _midnight(until + timedelta(days=1)),
        "reader_version": reader,
    }
    chosen = ValueReview.objects.filter(**{key: value for key, value in period.items() if value})
    newer = ValueReview.objects.filter(
        paper=OuterRef("paper"), path=OuterRef("path"), pk__gt=OuterRef("pk"),
        reader_version=OuterRef("reader_version"),
    )  # fmt: skip
    sure = Q(machine_confidence__gte=SURE)
    rows = (
        chosen.exclude(outcome=Outcome.UNREADABLE)
        .filter(~Exists(newer))
        .order_by("field", "kind", "capture")
        .values_list("field", "kind", "capture")
        .annotate(
            looked_at=Count("pk"),
            right=Count("pk", filter=Q(outcome=Outcome.RIGHT)),
            sure=Count("pk", filter=sure),
            sure_wrong=Count("pk", filter=sure & Q(outcome=Outcome.WRONG)),
        )
    )
    return [Cell(field, kind, capture, Measure(*counts)) for field, kind, capture, *counts in rows]


def readers() -> list[str]:
    """The versions of the reader on which somebody has said a word, the newest first."""
    rows = ValueReview.objects.order_by("-reader_version").values_list("reader_version", flat=True)
    return [version for version in rows.distinct() if version]


def summed(cells: Iterable[Cell], by: str) -> dict[str, Measure]:
    """Sum over everything but one side of the cells: ``field``, ``kind`` or ``capture``."""
    found: dict[str, Measure] = {}
    for cell in cells:
        name: Any = getattr(cell, by)
        found[name] = found.get(name, Measure()) + cell.measure
    return found


def total(cells: Iterable[Cell]) -> Measure:
    """Sum everything."""
    return sum((cell.measure for cell in cells), Measure())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
