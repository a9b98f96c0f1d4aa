"""What "three working days" means on the wall calendar."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

import workflows
from workflows.calendar import add_working_days, due_at, is_working_day, working_days_between

WIB = ZoneInfo("Asia/Jakarta")
with (Path(workflows.__file__).parent / "reference/holidays.csv").open(
    encoding="utf-8", newline=""
) as file:
    HOLIDAYS = [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday to Monday
        ("2026-11-23", 3, "2026-11-26"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-12-23", 1, "2026-12-28"),  # past the leave, Christmas and a weekend
        ("2026-03-17", 1, "2026-03-25"),  # past Nyepi and Idulfitri
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_weekends_holidays_and_leave_do_not_count(start, days, end):
    assert add_working_days(date.fromisoformat(start), days, HOLIDAYS) == date.fromisoformat(end)


def test_time_is_not_counted_backwards():
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 23), -1, HOLIDAYS)


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(1, 40))
def test_counting_there_and_back_agrees(start, days):
    end = add_working_days(start, days, HOLIDAYS)
    assert is_working_day(end, HOLIDAYS)
    assert working_days_between(start, end, HOLIDAYS) == days
    assert working_days_between(end, start, HOLIDAYS) == -days


def test_no_working_day_lies_between_a_day_and_itself():
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 23), HOLIDAYS) == 0


def test_promise_ends_when_the_office_closes():
    due = due_at(datetime(2026, 11, 20, 9, tzinfo=WIB), 3, HOLIDAYS, WIB)
    assert due.isoformat() == "2026-11-25T16:00:00+07:00"


def test_day_is_that_of_java_not_of_greenwich():
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # already Monday in Surabaya
    assert due_at(late, 1, HOLIDAYS, WIB).date() == date(2026, 11, 24)
    assert due_at(late - timedelta(hours=1), 1, HOLIDAYS, WIB).date() == date(2026, 11, 23)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2026, 11, 20, 9), 1, HOLIDAYS, WIB)  # noqa: DTZ001 (the fault under test)


def test_holiday_table_is_sorted_and_says_each_day_once():
    assert sorted(set(HOLIDAYS)) == HOLIDAYS
    assert {day.year for day in HOLIDAYS} == {2026, 2027}
