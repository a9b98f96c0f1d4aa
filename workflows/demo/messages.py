"""What became of the messages of the demonstration: many were sent by hand, some text was changed,
two numbers were not right, and some owners chose how they want to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workflows import actions
from workflows.models import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onboarding.models import User

WRONG: Final = 2
CHOSEN: Final = 3
SENT: Final = 6


def bring_messages(people: Mapping[str, User]) -> None:
    """Let an officer send the oldest messages, find two numbers that are not right, and hear from
    three owners that e-mail suits them best."""
    officer = people["petugas"]
    waiting = Message.objects.filter(
        state=Message.State.BY_HAND, vendor__isnull=False, vendor__memberships__isnull=True
    )
    rows = waiting.select_related("vendor", "seat__session").order_by("pk")
    firms = list({one.vendor_id: one for one in rows}.values())
    for message in firms[:SENT]:
        actions.mark_message_sent(message, by=officer)
    for message in firms[SENT : SENT + WRONG]:
        actions.report_wrong_number(message, by=officer)
    for message in firms[-CHOSEN:]:
        if message.vendor is not None and message.vendor.email:
            actions.choose_channel(message.vendor, channel=Message.Channel.EMAIL, by=officer)
