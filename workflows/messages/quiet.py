"""When a business may be written to: not at night, and reminders, if so set, on working days only.

Plain rules: hours and closed days are given.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from workflows.calendar import is_working_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, tzinfo

DAY = timedelta(days=1)


def opening(
    now: datetime,
    *,
    until: int,
    since: int,
    tz: tzinfo,
    holidays: Collection[date] | None = None,
) -> datetime:
    """The first moment from ``now`` on at which a message may leave.

    It is quiet before the hour ``until`` and from the hour ``since`` on, in ``tz``; never when
    ``until`` is not before ``since``. With ``holidays`` only working days count.
    """
    here = now.astimezone(tz)
    if until < since and here.hour >= since:
        here = _morning(here.date() + DAY, until, tz)
    elif until < since and here.hour < until:
        here = _morning(here.date(), until, tz)
    while holidays is not None and not is_working_day(here.date(), holidays):
        here = _morning(here.date() + DAY, until, tz)
    return here


def _morning(day: date, hour: int, tz: tzinfo) -> datetime:
    return datetime.combine(day, time(min(hour, 23)), tzinfo=tz)
