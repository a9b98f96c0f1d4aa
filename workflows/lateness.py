"""How a due date is shown: quiet while there is time, loud when somebody is kept waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from datetime import datetime


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
    day = formats.date_format(timezone.localdate(due_at), "DATE_FORMAT")
    return Lateness("off", "clock", _("Due %(day)s") % {"day": day})


def _late(days: int) -> str:
    if days < 1:
        return _("Late since today")
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
