"""Who is away today, so that nobody is handed what they cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows.errors import Refused
from workflows.models import Leave

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User


def covers_on(day: date) -> dict[int, User]:
    """Who goes on, by the key of who is away on this day."""
    running = Leave.objects.running(day).select_related("cover")
    return {leave.user_id: leave.cover for leave in running}


def check_is_here(person: User) -> None:
    """Nobody is handed a case while away. Raises ``Refused`` with who covers."""
    leave = (
        Leave.objects.running(timezone.localdate())
        .select_related("cover")
        .filter(user=person)
        .first()
    )
    if leave is not None:
        raise Refused(
            _("%(name)s is away until %(day)s. %(cover)s covers.")
            % {
                "name": person.full_name,
                "day": date_format(leave.until_on),
                "cover": leave.cover.full_name,
            }
        )
