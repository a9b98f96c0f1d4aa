"""Messages that leave by hand: an officer pasted the text into WhatsApp and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit
from workflows.errors import Refused
from workflows.models import Message
from workflows.rights import check_may

if TYPE_CHECKING:
    from onboarding.models import User


@transaction.atomic
def mark_message_sent(message: Message, *, by: User) -> Message:
    """Record that a message to be sent by hand was sent, so that no colleague sends it again."""
    check_may(by, "workflows.send_by_hand", message.vendor)
    marked = Message.objects.filter(pk=message.pk, state=Message.State.BY_HAND).update(
        state=Message.State.SENT, sent_at=timezone.now()
    )
    message.refresh_from_db()
    if marked != 1:
        raise Refused(_("This message was already sent."))
    audit.record(
        "send_by_hand", by=by, vendor=message.vendor, message=message.pk, kind=message.kind
    )
    return message
