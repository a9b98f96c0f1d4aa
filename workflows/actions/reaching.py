"""How an owner wants to be reached, and their word that a number is right after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, messages
from workflows.errors import Refused
from workflows.messages.ways import addresses, is_open
from workflows.models import ContactChoice
from workflows.rights import check_may

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

SAY = "workflows.say_reach"


@transaction.atomic
def choose_channel(vendor: Vendor, *, channel: str, by: User) -> ContactChoice | None:
    """Keep the channel that an owner chose, or that an officer heard from them; "" leaves it to
    us."""
    check_may(by, SAY, vendor)
    if not channel:
        ContactChoice.objects.filter(pk=vendor.pk).delete()
        audit.record("choose_channel", by=by, vendor=vendor, kind="")
        return None
    if channel not in addresses(vendor) or not is_open(channel):
        raise Refused(_("We cannot reach you that way. Choose another one."))
    chosen = {"channel": channel, "chosen_by": by, "chosen_at": timezone.now()}
    choice, _made = ContactChoice.objects.update_or_create(vendor=vendor, defaults=chosen)
    audit.record("choose_channel", by=by, vendor=vendor, kind=channel)
    return choice


@transaction.atomic
def vouch_for_contact(vendor: Vendor, *, by: User) -> int:
    """Take the word of the owner, or of an officer, that what we hold for dead is right; returns
    how many addresses are alive again."""
    check_may(by, SAY, vendor)
    known = addresses(vendor)
    revived = [messages.revive(channel, to, by=by, vendor=vendor) for channel, to in known.items()]
    if not any(revived):
        raise Refused(_("This number is in order already."))
    return sum(revived)
