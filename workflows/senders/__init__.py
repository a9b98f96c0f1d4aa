"""How messages and codes leave the house: a port (``port.py``) with one adapter per way.

The default needs no account anywhere: e-mail goes through Django's backend, WhatsApp is sent by an
officer, and a sign-in code to a phone is written to the outbox folder. Gateways come from the
environment (``config.gateways``).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings

from workflows.models import Message
from workflows.senders.by_hand import ByHand
from workflows.senders.email import Email
from workflows.senders.port import DeadAddress, NotNow, NotThisOne, Sender, Sent
from workflows.senders.sandbox import Sandbox, forget_files
from workflows.senders.sms import Sms
from workflows.senders.whatsapp_cloud import WhatsAppCloud, judge

if TYPE_CHECKING:
    from config.gateways import Gateways

__all__ = [
    "DeadAddress",
    "NotNow",
    "NotThisOne",
    "Sent",
    "Switchboard",
    "codes_reach_phones",
    "forget_files",
    "has_gateway",
    "judge",
    "takes",
]

logger = logging.getLogger("mitra.senders")


class Switchboard:
    """Gives each message to the sender of its channel."""

    def send(self, message: Message) -> Sent:
        """Deliver one message; raises ``OSError`` (see ``port.py``) when it did not leave."""
        return sender_of(message.channel).send(message)

    def email(self, to: str, subject: str, body: str) -> None:
        """Send one e-mail."""
        Email().mail(to, subject, body)

    def text(self, phone: str, words: str) -> None:
        """Send a sign-in code by the first gateway that takes it; it is never logged.

        Raises the last gateway's ``OSError`` when none took it, so that it is tried again.
        """
        ways = _ways_to_phones() or [Sandbox()]
        for at, way in enumerate(ways, start=1):
            try:
                way.text(phone, words)
            except OSError as fault:
                logger.warning("a code did not leave (%s)", fault)
                if at == len(ways):
                    raise
            else:
                return


def codes_reach_phones() -> bool:
    """Say whether a sign-in code leaves for phones; else it lies in the outbox folder."""
    return bool(_ways_to_phones())


def _ways_to_phones() -> list[Sender]:
    channels = (Message.Channel.WHATSAPP, Message.Channel.SMS)
    return [sender_of(channel) for channel in channels if takes(channel, "code")]


def takes(channel: str, kind: str) -> bool:
    """Say whether messages of this kind leave by this channel without a person."""
    return sender_of(channel).takes(kind)


def has_gateway(channel: str) -> bool:
    """Say whether a gateway stands behind a channel."""
    return not isinstance(sender_of(channel), ByHand)


def sender_of(channel: str) -> Sender:
    """Return the sender of one channel, as the keeper has chosen it."""
    gateways: Gateways = settings.GATEWAYS
    if channel == Message.Channel.EMAIL:
        return Email()
    if channel == Message.Channel.SMS:
        return _of_sms(gateways)
    if not gateways.whatsapp.is_on:
        return ByHand()
    return Sandbox() if gateways.whatsapp.is_sandbox else WhatsAppCloud(gateways.whatsapp)


def _of_sms(gateways: Gateways) -> Sender:
    if not gateways.sms.is_on:
        return ByHand()
    return Sandbox() if gateways.sms.is_sandbox else Sms(gateways.sms)
