"""How many sessions are needed: refused without cases, repeatable, and right about a year."""

import random
from datetime import date, timedelta

import pytest

from workflows.forecast import Observed, Plan, Share, TooFewCases, forecast

RATES = {"present": 0.6, "complete": 0.5, "approved": 0.9, "active": 0.8}
TODAY = date(2026, 11, 22)
PLAN = Plan(firms=100, today=TODAY, by=TODAY + timedelta(days=240), seats=40)


def a_year(drawn: random.Random, invited: int) -> Observed:
    """What an office would have measured in a year whose true rates are known."""
    steps, entering = {}, invited
    for step, rate in RATES.items():
        went_on = sum(drawn.random() < rate for _case in range(entering))
        steps[step], entering = Share(entering, went_on), went_on
    rounds = [int(drawn.random() < 0.4) for _case in range(200)]
    return Observed(steps, rounds, [drawn.gammavariate(4, 15) for _firm in range(entering)])


def invitations_until(firms: int, drawn: random.Random) -> int:
    """Invite one firm after the other until so many are on sale."""
    invited = on_sale = 0
    while on_sale < firms:
        invited += 1
        on_sale += all(drawn.random() < rate for rate in RATES.values())
    return invited


def test_no_number_is_given_under_thirty_cases() -> None:
    few = Observed({"present": Share(100, 60), "complete": Share(29, 20)}, (), [30.0] * 40)
    with pytest.raises(TooFewCases) as refusal:
        forecast(few, PLAN, seed=1)
    assert refusal.value.steps == {"complete": 29}


def test_the_same_inputs_and_seed_give_the_same_numbers() -> None:
    observed = a_year(random.Random(1), 600)
    first = forecast(observed, PLAN, seed=7)
    assert first == forecast(observed, PLAN, seed=7)
    assert first.sessions.low <= first.sessions.middle <= first.sessions.high
    assert first.trainer_hours.middle == first.sessions.middle * 4
    assert first.last_session_by < PLAN.by


def test_the_range_holds_what_came_in_four_of_five_generated_years() -> None:
    inside = 0
    for year in range(60):
        drawn = random.Random(year)
        answer = forecast(a_year(drawn, 500), PLAN, seed=year, runs=300).invitations
        inside += answer.low <= invitations_until(PLAN.firms, drawn) <= answer.high
    assert 0.7 <= inside / 60 <= 0.92


def test_there_is_no_time_when_the_date_is_nearer_than_the_road_is_long() -> None:
    observed = a_year(random.Random(2), 600)
    soon = Plan(firms=10, today=TODAY, by=TODAY + timedelta(days=20), seats=40)
    assert forecast(observed, soon, seed=1).in_time < 0.05
