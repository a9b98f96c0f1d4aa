"""Whether guidance is even, sustained and consistent, as numbers whose formulas can be printed.

Even: one minus the weighted Gini coefficient of reach (Gini 1912; Lorenz 1905), each region
weighing its share of the MSMEs, as services are compared with the people they are for. 1 means
that every region has the same share reached, 0 that one region has all. Sustained: the share of
periods of the cadence rule in which a session was held. Consistent: the share of sessions that
taught the version of the syllabus in force on their day. Sessions that are too short or too empty
(tokens) count for none of the three. No Django, no database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

EVENNESS_FORMULA: Final = "E = 1 − ΣᵢΣⱼ bᵢ bⱼ |rᵢ − rⱼ| ÷ (2 r̄)"
PRIORITY_FORMULA: Final = "P = 60 × K ÷ max K + 40 × min(1, T ÷ C)"
#: Of the hundred points, so many for MSMEs that are missing and so many for being late.
OF_SHORTFALL, OF_LATENESS = 60, 40

#: Counts smaller than this are not shown outside the office.
SMALL = 5


@dataclass(frozen=True)
class Held:
    """One session whose sheet is closed."""

    on: date
    minutes: int
    present: int


def is_token(held: Held, *, least_minutes: int, least_present: int) -> bool:
    """Say whether a session was held for the figure only: too short, or too empty."""
    return held.minutes < least_minutes or held.present < least_present


def evenness(reached: Mapping[str, float], bases: Mapping[str, float]) -> float | None:
    """Return 0 … 1 over the regions that have a base; None where nobody was reached anywhere."""
    codes = [code for code, base in bases.items() if base > 0]
    whole = sum(bases[code] for code in codes)
    total = sum(reached.get(code, 0) for code in codes)
    if not total:
        return None
    ranked = sorted((reached.get(code, 0) / bases[code], bases[code]) for code in codes)
    # Σᵢ<ⱼ bᵢ bⱼ (rⱼ − rᵢ), summed along the ranks instead of over all pairs.
    pairs = weight = weighted = 0.0
    for rate, base in ranked:
        pairs += base * (rate * weight - weighted)
        weight, weighted = weight + base, weighted + base * rate
    gini = pairs / (whole * total)
    return min(1.0, max(0.0, 1.0 - gini))


@dataclass(frozen=True)
class Cadence:
    """Where one region stands against the rule "a session every so many days"."""

    state: str  # never | late | planned | in_time
    last_on: date | None
    next_on: date | None
    due_on: date | None
    days_since: int | None
    days_late: int
    held: int
    missed: int

    @property
    def is_due(self) -> bool:
        """A session should be planned now."""
        return self.state in ("never", "late")


def cadence(
    held_on: Iterable[date],
    planned_on: Iterable[date],
    *,
    since: date | None,
    today: date,
    days: int,
) -> Cadence:
    """Hold the days of a region's counted sessions against the rule of ``days``.

    ``since`` is when the programme began to be measured; each further whole period without a
    session counts as missed once. A region is late on the day after the period ended.
    """
    past = sorted({day for day in held_on if day <= today})
    coming = sorted(day for day in planned_on if day >= today)
    last, upcoming = (past[-1] if past else None), (coming[0] if coming else None)
    begun = [since, *past] if since and (not past or since < past[0]) else past
    missed = sum(max((after - before).days - 1, 0) // days for before, after in pairwise(begun))
    if begun:
        missed += max((today - begun[-1]).days - 1, 0) // days
    due_on = begun[-1] + timedelta(days=days) if begun else None
    days_late = max((today - due_on).days, 0) if due_on else 0
    return Cadence(
        state=_state(last, upcoming, due_on, today),
        last_on=last,
        next_on=upcoming,
        due_on=due_on,
        days_since=(today - last).days if last else None,
        days_late=days_late,
        held=len(past),
        missed=missed,
    )


def _state(last: date | None, upcoming: date | None, due_on: date | None, today: date) -> str:
    if upcoming is not None:
        return "planned"
    if last is None:
        return "never"
    return "late" if due_on and today > due_on else "in_time"


def sustained(standings: Iterable[Cadence]) -> float | None:
    """Return the share of periods in which a session was held; None before the first period."""
    held = missed = 0
    for standing in standings:
        held, missed = held + standing.held, missed + standing.missed
    return held / (held + missed) if held + missed else None


def consistent(in_step: int, sessions: int) -> float | None:
    """Return the share of sessions that taught the version in force; None without sessions."""
    return in_step / sessions if sessions else None


@dataclass(frozen=True)
class Wanted:
    """A region where a session should be planned, and why: ``points`` of 100."""

    code: str
    points: int
    shortfall: int
    days_late: int
    is_never: bool


def where_next(
    standings: Mapping[str, Cadence],
    reached: Mapping[str, int],
    bases: Mapping[str, float],
    *,
    days: int,
) -> list[Wanted]:
    """Rank the regions without a planned session that are late or behind the province's share.

    The shortfall K of a region is how many more of its MSMEs would have to be reached to stand
    where the province stands; T is how many days it is late, C the cadence. A region that never
    had a session counts as late by one whole period.
    """
    whole = sum(bases.values())
    rate = sum(reached.values()) / whole if whole else 0.0
    short = {
        code: max(0, round(bases.get(code, 0) * rate - reached.get(code, 0))) for code in standings
    }
    most = max(short.values(), default=0)
    found = []
    for code, standing in standings.items():
        late = days if standing.state == "never" else standing.days_late
        if standing.state == "planned" or not (late or short[code]):
            continue
        points = OF_LATENESS * min(1.0, late / days)
        points += OF_SHORTFALL * short[code] / most if most else 0
        found.append(
            Wanted(code, round(points), short[code], late, is_never=standing.state == "never")
        )
    return sorted(found, key=lambda wanted: (-wanted.points, wanted.code))


def shares(populations: Mapping[str, int], total: int) -> dict[str, float]:
    """Spread a province's total over its regions by population: an estimate, marked as one."""
    whole = sum(populations.values())
    return {code: total * count / whole for code, count in populations.items()} if whole else {}


def shade(value: float | None, average: float | None) -> int:
    """Return the class of a region on the map: 0 nothing, 1 under half of the province's share,
    2 under it, 3 up to half more, 4 beyond."""
    if not value:
        return 0
    if not average:
        return 4
    bounds: Sequence[float] = (0.5, 1.0, 1.5)
    return 1 + sum(value / average >= bound for bound in bounds)


def suppressed(count: int) -> str:
    """Return a count as it may be shown outside: small ones only as "<5"."""
    return f"<{SMALL}" if 0 < count < SMALL else str(count)
