"""WhatsApp without a gateway: an officer opens the chat with the text ready and presses send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.senders.port import NotThisOne, Sent

if TYPE_CHECKING:
    from workflows.models import Message


class ByHand:
    """Nothing leaves by itself: such messages wait on the page of the officers."""

    def takes(self, kind: str) -> bool:
        """Nothing."""
        return not kind

    def send(self, message: Message) -> Sent:
        """Refuse: a person sends it."""
        raise NotThisOne("by hand")

    def text(self, phone: str, words: str) -> Sent:
        """Refuse: a code cannot wait for a person."""
        raise NotThisOne("by hand")
