"""Marks of several devices: the order in which they come does not matter, nobody guesses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from training.marks import COUNTED, DESK, DISPUTED, REPEATED, Mark, judge_marks

NINE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def mark(key: str, what: str, device: str, minute: int, received: int | None = None) -> Mark:
    at = NINE + timedelta(minutes=minute)
    heard = at if received is None else NINE + timedelta(minutes=received)
    return Mark(key, what, device, at, heard)


def test_one_person_seen_by_two_doors_is_there_once() -> None:
    judged = judge_marks([mark("b", "in", "B", 3), mark("a", "in", "A", 1)])
    assert judged.arrived
    assert judged.arrived.key == "a"
    assert judged.outcomes == {"a": (COUNTED, ""), "b": (REPEATED, "")}


@pytest.mark.parametrize(
    ("second", "remark"),
    [
        (mark("b", "in", "B", 40), "far_apart"),
        (mark("b", "undo", "B", 5), "undo_of_other"),
    ],
)
def test_devices_that_contradict_each_other_leave_it_to_a_person(second: Mark, remark: str) -> None:
    judged = judge_marks([mark("a", "in", "A", 0), second])
    assert judged.outcomes["b"] == (DISPUTED, remark)
    assert judged.arrived


def test_a_mark_taken_back_by_its_own_device_is_gone() -> None:
    judged = judge_marks([mark("a", "in", "A", 0), mark("b", "undo", "A", 1)])
    assert judged.arrived is None


def test_who_left_early_and_came_back_at_another_door_is_asked_about() -> None:
    marks = [mark("a", "in", "A", 0), mark("b", "out", "A", 60), mark("c", "in", "B", 90)]
    assert judge_marks(marks).outcomes["c"] == (DISPUTED, "in_after_out")
    assert judge_marks(marks[:2]).left == marks[1]


def test_who_never_came_cannot_have_left() -> None:
    assert judge_marks([mark("a", "out", "A", 0)]).outcomes["a"] == (DISPUTED, "out_without_in")


def test_what_a_person_settled_counts_and_contrary_news_are_asked_again() -> None:
    settled = [mark("a", "in", "A", 0), mark("d", "undo", DESK, 60)]
    assert judge_marks(settled).arrived is None
    judged = judge_marks([*settled, mark("b", "in", "B", 5, received=90)])
    assert judged.arrived is None
    assert judged.outcomes["b"] == (DISPUTED, "after_settling")


MARKS = st.lists(
    st.builds(
        mark,
        st.uuids().map(str),
        st.sampled_from(["in", "out", "undo"]),
        st.sampled_from(["A", "B", DESK]),
        st.integers(0, 120),
    ),
    max_size=12,
)


@given(marks=MARKS, random=st.randoms())
@settings(max_examples=80, deadline=None)
def test_the_outcome_is_the_same_in_whatever_order_the_marks_come(marks, random) -> None:  # type: ignore[no-untyped-def]  # Hypothesis gives them
    mixed = list(marks)
    random.shuffle(mixed)
    assert judge_marks(mixed) == judge_marks(marks)
    assert set(judge_marks(marks).outcomes) == {one.key for one in marks}
