"""Numbers and addresses behind which nobody is: nothing waits for them, nothing is sent there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from workflows import audit
from workflows.messages.ways import DEAD
from workflows.models import DeadContact, Message

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

WAITING = (Message.State.QUEUED, Message.State.BY_HAND)


@transaction.atomic
def bury(
    channel: str, to: str, *, reason: str, by: User, vendor: Vendor | None = None
) -> list[Message]:
    """Keep an address as dead and return the messages that waited for it, failed now.

    ``reason`` is a code: a gateway's (``whatsapp 131026``) or ``wrong_number``, a person's word.
    """
    _row, is_new = DeadContact.objects.get_or_create(
        channel=channel, to=to, defaults={"reason": reason, "found_by": by}
    )
    waiting = Message.objects.filter(channel=channel, to=to, state__in=WAITING)
    stopped = list(waiting.select_for_update(of=("self",)).select_related("vendor", "seat"))
    Message.objects.filter(pk__in=[one.pk for one in stopped]).update(
        state=Message.State.FAILED, error=DEAD
    )
    if is_new:
        audit.record("find_contact_dead", by=by, vendor=vendor, kind=channel, code=reason)
    return stopped


@transaction.atomic
def revive(
    channel: str,
    to: str,
    *,
    by: User,
    vendor: Vendor | None = None,
    has_arrived: bool = False,
) -> bool:
    """Take an address as alive again: something arrived there, or somebody vouches for it.

    That something arrived does not outweigh a person's word that the number is somebody else's.
    """
    rows = DeadContact.objects.filter(channel=channel, to=to)
    if has_arrived:
        rows = rows.exclude(reason="wrong_number")
    gone, _kinds = rows.delete()
    if gone:
        audit.record("find_contact_alive", by=by, vendor=vendor, kind=channel)
    return bool(gone)
