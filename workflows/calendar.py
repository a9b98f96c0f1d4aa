"""Working days: what a promised time means on the wall calendar of a government office.

Saturday, Sunday, national holidays and collective leave do not count; the day a thing comes in
does not count either. Holidays are given, since the ministers set them anew every year.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo

CLOSING = time(16, 0)
SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether offices are open on this day."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """The day that is `days` working days after `start`; with 0 the first open day from it on.

    Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("working days are counted forward only")
    closed = frozenset(holidays)
    day = start
    if days == 0:
        while not is_working_day(day, closed):
            day += DAY
    for _ in range(days):
        day += DAY
        while not is_working_day(day, closed):
            day += DAY
    return day


def working_days_between(a: date, b: date, holidays: Collection[date]) -> int:
    """How many working days lie after `a` up to and including `b`; negative when `b` is before."""
    if b < a:
        return -working_days_between(b, a, holidays)
    closed = frozenset(holidays)
    days = (a + DAY * count for count in range(1, (b - a).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def due_at(now: datetime, days: int, holidays: Collection[date], tz: tzinfo) -> datetime:
    """The close of office (16.00 in `tz`) of the day that is `days` working days after `now`.

    `now` must be aware, since near midnight its day depends on the zone; raises ValueError.
    """
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no date")
    day = add_working_days(now.astimezone(tz).date(), days, holidays)
    return datetime.combine(day, CLOSING, tzinfo=tz)
