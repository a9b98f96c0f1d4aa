"""When things are due: the Bureau's service times over the holiday table."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from workflows import calendar
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

    The office's stages count working days, the owner's windows calendar days to the end of the day.
    """
    if stage in SETTING_OF_STAGE:
        days = Setting.value_of(SETTING_OF_STAGE[Stage(stage)])
        holidays = frozenset(Holiday.objects.values_list("day", flat=True))
        return calendar.due_at(timezone.now(), days, holidays, timezone.get_current_timezone())
    if stage in WINDOW_OF_STAGE:
        return end_of_day(Setting.value_of(WINDOW_OF_STAGE[Stage(stage)]))
    return None


def end_of_day(days: int) -> datetime:
    """Return the last minute of the day that is so many calendar days from today (WIB)."""
    day: date = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
