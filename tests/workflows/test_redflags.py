"""Red flags as a table: what is odd, what is not, and where the bound lies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from workflows import redflags, sampling
from workflows.redflags import Act, Decided, Print

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def decided(case: int, verifier: int, decider: int, *, minutes: float = 60) -> Decided:
    return Decided(case, case + 100, verifier, NOON, decider, NOON + timedelta(minutes=minutes))


def act(at: datetime, *, vendor: int | None = 7, session: int | None = None) -> Act:
    return Act(vendor, session, 1, "approve", at, 5)


@pytest.mark.parametrize(("minutes", "found"), [(1, 1), (3, 1), (3.1, 0), (600, 0)])
def test_a_decision_too_soon_after_the_verification(minutes: float, found: int) -> None:
    rows = [decided(1, 1, 2, minutes=minutes)]
    assert len(list(redflags.fast(rows, minutes=3))) == found


def test_two_people_who_meet_more_often_than_chance_would_have_it() -> None:
    always = [decided(n, 1, 11) for n in range(10)] + [decided(n, 2, 12) for n in range(10)]
    flags = list(redflags.pairs(always, least=10, percent=150))
    assert [(f.facts["verifier"], f.facts["decider"], f.facts["chance"]) for f in flags] == [
        (1, 11, 5.0),
        (2, 12, 5.0),
    ]
    mixed = [decided(n, 1 + n % 2, 11 + n // 2 % 2) for n in range(40)]
    assert not list(redflags.pairs(mixed, least=10, percent=150))
    alone = [decided(n, 1, 11) for n in range(30)]
    assert not list(redflags.pairs(alone, least=10, percent=150)), "there is nobody else"


def test_a_pair_in_most_of_all_cases_is_found_though_it_is_hardly_above_chance() -> None:
    rows = [decided(n, 1, 11) for n in range(70)] + [decided(n, 2 + n % 6, 12) for n in range(30)]
    (flag,) = redflags.pairs(rows, least=10, percent=150)
    assert (flag.facts["cases"], flag.facts["chance"], flag.facts["bound"]) == (70, 49.0, [1, 11])
    assert flag.facts["some"] == list(range(60, 70)), "the newest are named"
    mixed = [decided(n, 2, 11 + n % 2) for n in range(40)]
    flags = redflags.pairs([*(decided(n, 1, 11) for n in range(60)), *mixed], least=20, percent=999)
    found = [(one.facts["verifier"], one.facts["decider"], one.facts["bound"]) for one in flags]
    assert found == [(1, 11, [1]), (2, 12, [12])]


def test_the_same_deed_at_two_firms_is_told_once_at_each() -> None:
    prints = [Print("a", 1, 10), Print("a", 2, 20), Print("b", 1, 11), Print("b", 1, 12)]
    flags = list(redflags.same_deed(prints))
    assert [(flag.vendor, flag.facts["firms"]) for flag in flags] == [(1, [2]), (2, [1])]


@pytest.mark.parametrize(("days", "found"), [(-1, 0), (1, 1), (30, 1), (31, 0)])
def test_what_changed_soon_after_the_approval(days: int, found: int) -> None:
    acts = [act(NOON + timedelta(days=days))]
    assert len(list(redflags.changed(acts, {7: NOON}, days=30))) == found


@pytest.mark.parametrize(("row", "found"), [((1, 10, 4), 1), ((1, 10, 3), 0), ((1, 0, 0), 0)])
def test_too_many_marked_by_hand(row: tuple[int, int, int], found: int) -> None:
    assert len(list(redflags.by_hand([row], percent=30))) == found


@pytest.mark.parametrize(("hour", "found"), [(22, 1), (23, 1), (0, 1), (4, 1), (5, 0), (21, 0)])
def test_acts_while_the_office_is_dark(hour: int, found: int) -> None:
    acts = [act(NOON.replace(hour=hour))]
    assert len(list(redflags.at_night(acts, start=22, end=5))) == found


@pytest.mark.parametrize(("days", "found"), [(2, 0), (3, 1), (30, 1)])
def test_attendance_that_was_corrected_late(days: int, found: int) -> None:
    acts = [act(NOON + timedelta(days=days), session=9)]
    assert len(list(redflags.late(acts, {9: NOON}, days=3))) == found


def test_somebody_tied_to_the_firm_and_a_rule_set_aside() -> None:
    rows = [decided(1, 1, 11), decided(2, 2, 11)]
    assert [flag.case for flag in redflags.tied(rows, {(1, 101), (3, 102)})] == [1]
    assert [flag.kind for flag in redflags.overrides([act(NOON)])] == ["override"]


def test_a_draw_depends_on_seed_and_weights_alone_and_prefers_the_heavy() -> None:
    weights = dict.fromkeys(range(1, 101), 1)
    assert sampling.draw(weights, seed="a", size=5) == sampling.draw(weights, seed="a", size=5)
    assert sampling.draw(weights, seed="a", size=5) != sampling.draw(weights, seed="b", size=5)
    assert len(sampling.draw(weights, seed="a", size=500)) == 100
    heavy = weights | {1: 50}
    drawn = sum(1 in sampling.draw(heavy, seed=str(n), size=10) for n in range(200))
    assert drawn > 150, "a weight of 50 among a hundred of 1 is nearly always drawn"
    assert sampling.weight_of(flags=2, returns=1, was_appealed=True) == 7
