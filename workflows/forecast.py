"""How many sessions it takes to bring so many firms on sale by a date, from what was measured.

Each step of the road has an observed share (Beta posterior with Jeffreys' prior, so that a share
of 40 cases is less sure than one of 4,000); the road is walked some thousand times with shares and
luck drawn anew, and the middle 80 % of the answers is the range. How long the road takes is drawn
from the days that real firms needed. Under 30 observed cases at a step no number is given. No
Django, no database, no clock: the same inputs and seed give the same numbers.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_CASES: Final = 30
RUNS: Final = 2000
#: The range holds the middle four fifths of the runs.
LOW, HIGH = 0.1, 0.9
#: So much of the firms must be through by the date: the slowest tenth of a road is waited for.
THROUGH: Final = 0.9


class TooFewCases(Exception):
    """A step was seen too seldom; ``steps`` names each with how many cases there are."""

    def __init__(self, steps: dict[str, int]) -> None:
        super().__init__(", ".join(f"{step} {count}" for step, count in steps.items()))
        self.steps = steps


@dataclass(frozen=True)
class Share:
    """Of so many observed cases so many went on."""

    cases: int
    went_on: int

    @property
    def rate(self) -> float:
        """The plain observed share, 0 where nothing was observed."""
        return self.went_on / self.cases if self.cases else 0.0


@dataclass(frozen=True)
class Observed:
    """What was measured: the steps in order, rounds of correction a case, days of whole roads."""

    steps: dict[str, Share]
    rounds: Sequence[int] = ()
    days: Sequence[float] = ()


@dataclass(frozen=True)
class Plan:
    """What is wanted, and how sessions are held here."""

    firms: int
    today: date
    by: date
    seats: int
    trainers: int = 1
    hours_a_session: float = 4.0
    minutes_a_check: int = 45


@dataclass(frozen=True)
class Range:
    """The middle value and the 80 % range of an answer."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """The answer; ``in_time`` is the share of runs in which there is time for it at all."""

    invitations: Range
    sessions: Range
    trainer_days: Range
    trainer_hours: Range
    officer_hours: Range
    road_days: Range
    last_session_by: date
    in_time: float
    sessions_a_month: Range
    seed: int = 0
    runs: int = field(default=RUNS)


def short_of_cases(observed: Observed) -> dict[str, int]:
    """Return the steps that were seen under 30 times, with how often."""
    found = {step: share.cases for step, share in observed.steps.items()}
    found["days"] = len(observed.days)
    return {step: count for step, count in found.items() if count < LEAST_CASES}


def forecast(observed: Observed, plan: Plan, *, seed: int, runs: int = RUNS) -> Forecast:
    """Answer how many sessions are needed. Raises ``TooFewCases`` rather than guess."""
    short = short_of_cases(observed)
    if short:
        raise TooFewCases(short)
    drawn = random.Random(seed)  # noqa: S311 - a simulation that must be repeatable
    walks = [_walk(observed, plan, drawn) for _run in range(runs)]
    roads = sorted(walk.road for walk in walks)
    horizon = (plan.by - plan.today).days
    sessions = _range([walk.sessions for walk in walks])
    months = [walk.sessions / (max(horizon - walk.road, 1) / 30.4) for walk in walks]
    return Forecast(
        invitations=_range([walk.invitations for walk in walks]),
        sessions=sessions,
        trainer_days=_scaled(sessions, plan.trainers),
        trainer_hours=_scaled(sessions, plan.trainers * plan.hours_a_session),
        officer_hours=_range([walk.checks * plan.minutes_a_check / 60 for walk in walks]),
        road_days=_range(roads),
        last_session_by=plan.by - timedelta(days=_range(roads).middle),
        in_time=sum(road < horizon for road in roads) / len(roads),
        sessions_a_month=_range(months),
        seed=seed,
        runs=runs,
    )


@dataclass(frozen=True)
class _Walk:
    invitations: int
    sessions: int
    checks: float
    road: float


def _walk(observed: Observed, plan: Plan, drawn: random.Random) -> _Walk:
    """Walk backwards from the firms that are wanted: how many must enter each step."""
    wanted = float(plan.firms)
    entering: dict[str, float] = {}
    for step, share in reversed(observed.steps.items()):
        wanted = _trials(wanted, _drawn_rate(share, drawn), drawn)
        entering[step] = wanted
    cases = entering.get("approved", wanted)
    rounds = _mean(drawn.choices(observed.rounds, k=len(observed.rounds))) if observed.rounds else 0
    sample = sorted(drawn.choices(observed.days, k=len(observed.days)))
    return _Walk(
        invitations=math.ceil(wanted),
        sessions=math.ceil(wanted / plan.seats),
        checks=cases * (1 + rounds),
        road=sample[min(int(len(sample) * THROUGH), len(sample) - 1)],
    )


def _drawn_rate(share: Share, drawn: random.Random) -> float:
    rate = drawn.betavariate(share.went_on + 0.5, share.cases - share.went_on + 0.5)
    return max(rate, 1e-6)


def _trials(successes: float, rate: float, drawn: random.Random) -> float:
    """How many must enter until so many came through: negative binomial, by its two moments."""
    spread = math.sqrt(successes * (1 - rate)) / rate
    return max(successes, drawn.gauss(successes / rate, spread))


def _range(values: Sequence[float]) -> Range:
    ranked = sorted(values)
    return Range(*(math.ceil(_quantile(ranked, part)) for part in (LOW, 0.5, HIGH)))


def _quantile(ranked: Sequence[float], part: float) -> float:
    return ranked[min(int(len(ranked) * part), len(ranked) - 1)]


def _scaled(found: Range, by: float) -> Range:
    return Range(*(math.ceil(value * by) for value in (found.low, found.middle, found.high)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
