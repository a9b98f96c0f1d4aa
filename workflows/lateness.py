"""How a due date is shown: quiet while there is time, loud when somebody is kept waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from workflows.models import Case


class Lateness(NamedTuple):
    """The kind of a tag, its icon and its words."""

    kind: str
    icon: str
    text: str


def lateness_of(due_at: datetime | None, now: datetime) -> Lateness | None:
    """Say how long is left, in days of the office's calendar; None where nothing is due."""
    if due_at is None:
        return None
    days = (timezone.localdate(due_at) - timezone.localdate(now)).days
    if due_at < now:
        return Lateness("bad", "alert", _late(-days))
    if days == 0:
        return Lateness("warn", "clock", _("Due today"))
    if days == 1:
        return Lateness("warn", "clock", _("Due tomorrow"))
    return Lateness("off", "clock", _("Due %(day)s") % {"day": _day(due_at, now)})


def lateness_of_case(case: Case, now: datetime) -> Lateness | None:
    """Say how long is left for a case; while its clock stands still, since when."""
    if case.held_since is not None:
        text = _("On hold since %(day)s") % {"day": _day(case.held_since, now)}
        return Lateness("info", "clock", text)
    return lateness_of(case.due_at, now)


def _day(due_at: datetime, now: datetime) -> str:
    """Leave the year out where it is this one: the tag must fit a narrow phone."""
    day = timezone.localdate(due_at)
    same_year = day.year == timezone.localdate(now).year
    return str(formats.date_format(day, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT"))


def _late(days: int) -> str:
    if days < 1:
        return _("Late since today")
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
