"""The list of who is invited: reproducible, whole, even first, and quick with many who wait."""

from __future__ import annotations

from collections import Counter
from random import Random
from time import perf_counter

from hypothesis import given, settings, strategies as st

from training.allocation import (
    LOT,
    ROOM,
    WEIGHTS,
    Candidate,
    Share,
    allocate,
    digest,
    evenness,
    first_come,
    is_of_category,
)

REGIONS = ("35.01", "35.07", "35.78")
firms = st.builds(
    Candidate,
    id=st.integers(1, 10_000),
    region=st.sampled_from(REGIONS),
    days=st.integers(0, 400),
    missed=st.integers(0, 5),
    papers=st.sampled_from((0.0, 0.25, 1 / 3, 0.5, 1.0)),
    is_of_category=st.booleans(),
)
waiting = st.lists(firms, max_size=40, unique_by=lambda firm: firm.id)
shares = st.fixed_dictionaries(
    {
        code: st.builds(Share, firms=st.integers(0, 500), seats=st.integers(0, 200))
        for code in REGIONS
    }
)


@settings(deadline=None)
@given(
    waiting, shares, st.integers(0, 30), st.integers(0, 2**31), st.randoms(use_true_random=False)
)
def test_the_same_firms_and_seed_give_the_same_list_in_whatever_order(
    found: list[Candidate], have: dict[str, Share], seats: int, seed: int, shuffler: Random
) -> None:
    mixed = list(found)
    shuffler.shuffle(mixed)
    turned = dict(reversed(have.items()))
    one = allocate(found, have, seats=seats, seed=seed, next_kept=5)
    assert allocate(mixed, turned, seats=seats, seed=seed, next_kept=5) == one
    assert digest(found, have, {"seed": seed}) == digest(mixed, turned, {"seed": seed})


@settings(deadline=None)
@given(waiting, shares, st.integers(0, 30), st.integers(0, 2**31))
def test_everybody_is_in_or_out_once_with_a_reason_and_no_chair_is_left_or_given_twice(
    found: list[Candidate], have: dict[str, Share], seats: int, seed: int
) -> None:
    made = allocate(found, have, seats=seats, seed=seed, next_kept=3)
    assert sum(place.is_in for place in made.places) == min(seats, len(found))
    assert [place.rank for place in made.places] == list(range(1, len(made.places) + 1))
    assert len({place.id for place in made.places}) == len(made.places)
    assert len(made.places) + sum(made.left_out.values()) == made.waiting == len(found)
    known = {*WEIGHTS, LOT, ROOM}
    assert {place.reason for place in made.places} | set(made.left_out) <= known


@settings(deadline=None)
@given(waiting, shares, st.integers(0, 2**31))
def test_within_a_region_nobody_is_passed_by_a_firm_with_fewer_points(
    found: list[Candidate], have: dict[str, Share], seed: int
) -> None:
    made = allocate(found, have, seats=10, seed=seed)
    for code in REGIONS:
        own = [
            sum(points for name, points in place.terms.items() if name != "region")
            for place in made.places
            if place.region == code
        ]
        assert own == sorted(own, reverse=True)


def test_the_region_behind_comes_first_but_does_not_take_every_seat() -> None:
    found = [Candidate(number, REGIONS[number % 2], days=30) for number in range(100)]
    have = {REGIONS[0]: Share(100, 0), REGIONS[1]: Share(100, 20)}
    made = allocate(found, have, seats=40, seed=7)
    given_to = Counter(place.region for place in made.places if place.is_in)
    assert made.places[0].region == REGIONS[0]
    assert given_to == {REGIONS[0]: 30, REGIONS[1]: 10}  # sixty seats in all, thirty each
    taken = Counter(firm.region for firm in first_come(found, 40))
    assert evenness(have, given_to) == 1.0
    assert evenness(have, taken) < evenness(have, given_to)


def test_the_reason_names_the_term_that_decided() -> None:
    have = {"35.78": Share(10, 0)}
    long_wait, short_wait = Candidate(1, "35.78", days=120), Candidate(2, "35.78", days=10)
    first, second = allocate([long_wait, short_wait], have, seats=1, seed=1).places
    assert (first.id, first.reason, second.reason) == (1, "waiting", "waiting")
    missed = Candidate(3, "35.78", days=120, missed=2)
    assert allocate([long_wait, missed], have, seats=1, seed=1).places[1].reason == "missed"
    equal = Candidate(4, "35.78", days=120)
    assert allocate([long_wait, equal], have, seats=1, seed=1).places[1].reason == LOT
    assert allocate([long_wait], have, seats=1, seed=1).places[0].reason == ROOM


def test_goods_fit_by_a_whole_word_and_nothing_fits_a_session_for_all() -> None:
    assert is_of_category("Makanan dan minuman", "Katering, makanan ringan")
    assert not is_of_category("", "Makanan")
    assert not is_of_category("Alat tulis", "Makanan di rumah")


def test_a_hundred_thousand_who_wait_are_listed_within_seconds() -> None:
    chance = Random(7)
    codes = [f"35.{number:02d}" for number in range(1, 39)]
    found = [
        Candidate(number, chance.choice(codes), chance.randrange(300), chance.randrange(3),
                  chance.random(), chance.random() < 0.3)
        for number in range(100_000)
    ]  # fmt: skip
    have = {code: Share(chance.randrange(1, 9000), chance.randrange(300)) for code in codes}
    began = perf_counter()
    made = allocate(found, have, seats=300, seed=1)
    assert perf_counter() - began < 10
    assert (made.waiting, len(made.places)) == (100_000, 500)
