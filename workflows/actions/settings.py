"""The Bureau's own numbers and its closed days: changed with a reason, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows import audit
from workflows.errors import Refused
from workflows.models import Holiday, Setting
from workflows.models.programme import DEFAULT_SETTINGS
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User

LARGEST = 3650
#: Where nothing at all makes sense: no waiting time, no chance to come back, no reminder, no alert,
#: no end of keeping; or what is switched off.
MAY_BE_ZERO = frozenset(
    {
        "wait_after_rejection_days",
        "max_returns",
        "undo_seconds",
        "reminder_days",
        "reminders_on_working_days",
        "quiet_until",
        "request_reminder_days",
        "request_reminders",
        "sighting_required",
        "self_referral",
        *("session_reminder_days", "due_notice_days", "late_notice_days", "expiry_notice_days"),
        *("alert_reveals", "alert_firms", "alert_night_firms"),
        *("keep_years_left", "keep_years_refused", "keep_years_approved", "keep_years_rows"),
        *("keep_years_lists", "keep_years_complaints", "keep_days_messages"),
    }
)


@transaction.atomic
def change_setting(*, key: str, value: int, reason: str, by: User) -> Setting:
    """Set one number of the programme; what already has a date keeps it."""
    check_may(by, "workflows.change_settings")
    if key not in DEFAULT_SETTINGS:
        raise Refused(_("There is no such setting."))
    smallest = 0 if key in MAY_BE_ZERO else 1
    if not smallest <= value <= LARGEST:
        raise Refused(
            _("Choose a number from %(smallest)s to %(largest)s.")
            % {"smallest": smallest, "largest": LARGEST}
        )
    if not reason.strip():
        raise Refused(_("Write why it is changed."))
    before = Setting.value_of(key)
    if before == value:
        raise Refused(_("The number is already %(value)s.") % {"value": value})
    setting, _made = Setting.objects.update_or_create(
        key=key, defaults={"value": value, "explanation": DEFAULT_SETTINGS[key][1]}
    )
    audit.record("change_setting", by=by, reason=reason, key=key, before=before, after=value)
    return setting


@transaction.atomic
def add_holiday(*, day: date, name: str, is_leave: bool, by: User) -> Holiday:
    """Close the office on one more day; service times count around it from now on."""
    check_may(by, "workflows.change_settings")
    holiday, made = Holiday.objects.get_or_create(
        day=day, defaults={"name": name, "is_leave": is_leave}
    )
    if not made:
        raise Refused(
            _("%(day)s is already on the list: %(name)s.")
            % {"day": date_format(day), "name": holiday.name}
        )
    audit.record("add_holiday", by=by, day=day.isoformat(), name=name, is_leave=is_leave)
    return holiday


@transaction.atomic
def remove_holiday(*, day: date, by: User) -> None:
    """Open the office on a day again, for example when the ministers move a holiday."""
    check_may(by, "workflows.change_settings")
    holiday = Holiday.objects.select_for_update().filter(day=day).first()
    if holiday is None:
        raise Refused(_("%(day)s is not on the list any more.") % {"day": date_format(day)})
    holiday.delete()
    audit.record("remove_holiday", by=by, day=day.isoformat(), name=holiday.name)
