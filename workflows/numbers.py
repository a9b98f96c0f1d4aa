"""Who sees the NIK, NPWP and phone of a firm in full: whoever needs them for what is in hand now.

The owner; the officer or approver who holds the firm's open case; and for some minutes (setting
``reveal_minutes``) who had them shown by an act with a reason. Everybody else sees the last digits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from workflows.models import AuditEvent, Case, Setting

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

REVEAL: Final = "workflows.reveal_numbers"
#: The act in the trail by which numbers were shown; what it opens is read from there.
ACT: Final = "reveal_numbers"


def sees_in_full(user: User, vendor: Vendor) -> bool:
    """Say whether this person sees the numbers now."""
    if not user.may(REVEAL):
        return False
    if Case.objects.is_open().filter(vendor=vendor, owner=user).exists():
        return True
    return has_revealed(user, vendor)


def has_revealed(user: User, vendor: Vendor) -> bool:
    """Say whether this person had the numbers shown and the time is not over; one query."""
    shown = AuditEvent.objects.filter(vendor=vendor, act=ACT, by=user).values_list("at", flat=True)
    last = shown.order_by("-pk").first()
    if last is None:
        return False
    return timezone.now() - last <= timedelta(minutes=Setting.value_of("reveal_minutes"))
