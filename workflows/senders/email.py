"""E-mail by Django's backend; a recipient that the server refuses for good is a dead address."""

from __future__ import annotations

import re
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.core.mail import send_mail

from workflows.senders.port import DeadAddress, NotThisOne, Sent

if TYPE_CHECKING:
    from workflows.models import Message

PERMANENT = 500
#: Enhanced codes (RFC 3463) that say the address is wrong or gone. A refusal without one may be our
#: own server's fault (no relay, a block list), which must bury nobody.
GONE = re.compile(rb"\b5\.1\.(?:1|2|3|6|10)\b")


class Email:
    """Sends with the mail server of ``EMAIL_URL``."""

    def takes(self, kind: str) -> bool:
        """Every message may leave by e-mail."""
        return bool(kind)

    def send(self, message: Message) -> Sent:
        """Deliver one e-mail."""
        return self.mail(message.to, message.subject, message.body)

    def text(self, phone: str, words: str) -> Sent:
        """Refuse: a phone number is no address."""
        raise NotThisOne("email")

    def mail(self, to: str, subject: str, body: str) -> Sent:
        """Send one e-mail; other faults of SMTP are ``OSError`` and are tried again."""
        try:
            send_mail(subject, body, None, [to])
        except SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()), (0, b""))
            if code < PERMANENT:
                raise
            fault = DeadAddress if GONE.search(words) else NotThisOne
            raise fault(f"smtp {code}") from None
        return Sent()
