"""Even, sustained, consistent: what each number says, and on which day a gap is seen."""

from datetime import date, timedelta

import pytest

from workflows import evenness

DAY = date(2026, 1, 1)


def on(*days: int) -> list[date]:
    return [DAY + timedelta(days=day) for day in days]


def standing(held: list[date], planned: list[date], *, today: int) -> evenness.Cadence:
    return evenness.cadence(held, planned, since=DAY, today=DAY + timedelta(days=today), days=90)


def test_the_same_share_everywhere_is_even_and_all_in_one_region_is_not() -> None:
    bases = {"a": 1000, "b": 3000, "c": 6000}
    assert evenness.evenness({"a": 10, "b": 30, "c": 60}, bases) == pytest.approx(1)
    assert evenness.evenness({"a": 10}, bases) == pytest.approx(0.1)
    assert evenness.evenness({}, bases) is None


def test_the_index_is_the_formula_that_is_printed() -> None:
    bases, reached = {"a": 100, "b": 250, "c": 650}, {"a": 30, "b": 10, "c": 60}
    part = {code: base / 1000 for code, base in bases.items()}
    rate = {code: reached[code] / bases[code] for code in bases}
    pairs = sum(part[i] * part[j] * abs(rate[i] - rate[j]) for i in bases for j in bases)
    assert evenness.evenness(reached, bases) == pytest.approx(1 - pairs / (2 * 0.1))


def test_a_region_is_late_the_day_after_its_period_and_each_period_is_missed_once() -> None:
    held = on(0)
    assert standing(held, [], today=90).state == "in_time"
    assert (standing(held, [], today=91).state, standing(held, [], today=91).missed) == ("late", 1)
    assert standing(held, [], today=180).missed == 1
    assert standing(held, [], today=181).missed == 2
    assert standing(on(0, 200), [], today=201).missed == 2
    assert standing(held, on(120), today=100).state == "planned"
    assert standing([], [], today=100).state == "never"


def test_a_year_with_gaps_is_flagged_on_the_right_day() -> None:
    held = on(0, 80, 250, 330)
    flagged = [
        day
        for day in range(365)
        if standing([one for one in held if one <= on(day)[0]], [], today=day).state == "late"
    ]
    assert flagged == list(range(171, 250))


def test_sessions_that_are_too_short_or_too_empty_do_not_count() -> None:
    rule = {"least_minutes": 90, "least_present": 5}
    assert evenness.is_token(evenness.Held(DAY, 60, 40), **rule)
    assert evenness.is_token(evenness.Held(DAY, 240, 4), **rule)
    assert not evenness.is_token(evenness.Held(DAY, 90, 5), **rule)


def test_where_to_go_next_weighs_what_is_missing_and_how_late_it_is() -> None:
    standings = {
        "far behind": standing(on(0), [], today=91),
        "never": standing([], [], today=91),
        "planned": standing(on(0), on(95), today=91),
        "well": standing(on(80), [], today=91),
    }
    bases = {"far behind": 9000, "never": 100, "planned": 100, "well": 800}
    reached = {"far behind": 10, "well": 90}
    found = evenness.where_next(standings, reached, bases, days=90)
    assert [(one.code, one.points) for one in found] == [("far behind", 60), ("never", 41)]
    assert found[0].shortfall == 80


def test_small_counts_are_not_told_outside() -> None:
    assert [evenness.suppressed(count) for count in (0, 1, 4, 5)] == ["0", "<5", "<5", "5"]
