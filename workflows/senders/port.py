"""What every way out of the house promises, so that a gateway is one file and nothing else changes.

A sender either takes a message (``Sent``), or raises one of three: ``NotNow`` (try again later),
``NotThisOne`` (this message will never leave this way, the address lives), ``DeadAddress`` (nobody
is there: nothing is sent there again). The words of an exception are a code for the outbox, such as
``whatsapp 131026``; never an address, never a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from workflows.models import Message


@dataclass(frozen=True)
class Sent:
    """A message left; ``reference`` is the gateway's own number for it, by which it reports."""

    reference: str = ""


class NotNow(OSError):
    """The way is closed for the moment: no line, too many messages, a fault of the gateway."""


class NotThisOne(OSError):
    """The gateway refuses this message for good, though the address is alive."""


class DeadAddress(OSError):
    """Nobody is behind this number or address."""


class Sender(Protocol):
    """One way out."""

    def takes(self, kind: str) -> bool:
        """Say whether messages of this kind leave this way without a person."""

    def send(self, message: Message) -> Sent:
        """Deliver one message."""

    def text(self, phone: str, words: str) -> Sent:
        """Deliver a few words at once, such as a sign-in code; they are kept nowhere."""
