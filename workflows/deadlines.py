"""When things are due: the Bureau's service times over the holiday table."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from workflows import calendar, clock
from workflows.models import Holiday, Setting, Stage

if TYPE_CHECKING:
    from datetime import date

SETTING_OF_STAGE = {
    Stage.VERIFY: "verify_days",
    Stage.DECIDE: "decide_days",
    Stage.HAND_OVER: "hand_over_days",
    Stage.CONFIRM_LISTING: "listing_days",
}
WINDOW_OF_STAGE = {Stage.CORRECT: "correction_days", Stage.APPEAL: "appeal_days"}


def due_for(stage: str) -> datetime | None:
    """Return when a stage that begins now is due; None for a closed case.

    The office's stages count working days. The owner's windows count calendar days to the end of
    the day, and of the next open one where that day is closed: nobody could have helped on it.
    """
    if stage in SETTING_OF_STAGE:
        days = Setting.value_of(SETTING_OF_STAGE[Stage(stage)])
        return calendar.due_at(clock.now(), days, closed_days(), timezone.get_current_timezone())
    if stage in WINDOW_OF_STAGE:
        window = timedelta(days=Setting.value_of(WINDOW_OF_STAGE[Stage(stage)]))
        ends_on = calendar.add_working_days(
            timezone.localdate(clock.now()) + window, 0, closed_days()
        )
        return _last_minute(ends_on)
    return None


def closed_days() -> frozenset[date]:
    """Return the holidays of the table; Saturdays and Sundays are not in it."""
    return frozenset(Holiday.objects.values_list("day", flat=True))


def held_over(due_at: datetime, *, since: datetime, until: datetime) -> datetime:
    """Move a date by the working days for which the clock stood still; the hour stays."""
    closed = closed_days()
    days = calendar.working_days_between(
        timezone.localdate(since), timezone.localdate(until), closed
    )
    if days < 1:
        return due_at
    local = timezone.localtime(due_at)
    day = calendar.add_working_days(local.date(), days, closed)
    return timezone.make_aware(datetime.combine(day, local.time()))


def end_of_day(days: int) -> datetime:
    """Return the last minute of the day that is so many calendar days from today (WIB)."""
    return _last_minute(timezone.localdate(clock.now()) + timedelta(days=days))


def _last_minute(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
