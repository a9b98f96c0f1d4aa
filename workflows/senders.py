"""How messages and codes leave the house: a port with one adapter per channel.

The default needs no account anywhere: e-mail goes through Django's backend, and a text message is
written to a file in the outbox folder (and shown on the terminal of a demo), where the keeper of a
trial installation finds it. A gateway is another class with the same two methods.
"""

from __future__ import annotations

import sys
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

from onboarding.identifiers import mask_phone
from workflows.models import Message

if TYPE_CHECKING:
    from pathlib import Path


class ConsoleSender:
    """E-mail by Django's backend; text messages to the outbox folder."""

    def send(self, message: Message) -> None:
        """Deliver one message; raises ``OSError`` (SMTP errors are ones) when it did not leave."""
        if message.channel == Message.Channel.EMAIL:
            self.email(message.to, message.subject, message.body)
        else:
            self.text(message.to, message.body)

    def email(self, to: str, subject: str, body: str) -> None:
        """Send one e-mail."""
        send_mail(subject, body, None, [to])

    def text(self, phone: str, words: str) -> None:
        """Send a text message, such as a sign-in code; it is never logged."""
        folder: Path = settings.OUTBOX_DIR
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"sms-{uuid.uuid4().hex}.txt"
        path.touch(mode=0o600)
        path.write_text(f"{phone}\n{words}\n")
        if settings.DEMO:
            sys.stdout.write(f"[SMS {mask_phone(phone)}] {words}\n")
            sys.stdout.flush()
