"""Codes and links of a sign-in: written by the request, sent by the worker, gone when sent.

A request for a contact that nobody named writes the same row, to nobody, so that neither the answer
nor its time tells who has an account. The text lies in the database for as long as the worker
needs, as the code does in the session; what cannot be sent is given up after an hour.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from onboarding.models import SignInMessage

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger("mitra.messages")

WHILE_SENDING = timedelta(minutes=1)
GIVEN_UP = timedelta(hours=1)


def leave(*, to: str, body: str, subject: str = "", by_phone: bool = False) -> SignInMessage:
    """Write one message for the worker; ``to`` is empty when it is for nobody."""
    return SignInMessage.objects.create(
        to=to, subject=subject[:200], body=body if to else "", by_phone=by_phone
    )


def send_waiting(*, now: datetime) -> int:
    """Send what waits, each by one worker; returns how many left the house."""
    SignInMessage.objects.filter(made_at__lt=now - GIVEN_UP).delete()
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=now - WHILE_SENDING)
    sent = 0
    for message in SignInMessage.objects.filter(free).order_by("pk")[:100]:
        taken = SignInMessage.objects.filter(free, pk=message.pk).update(taken_at=now)
        sent += taken and _send(message)
    return sent


def _send(message: SignInMessage) -> bool:
    try:
        if message.by_phone and message.to:
            import_string(settings.MESSAGE_SENDER)().text(message.to, message.body)
        elif message.to:
            import_string(settings.MESSAGE_SENDER)().email(
                message.to, message.subject, message.body
            )
    except (OSError, ValueError) as fault:
        logger.warning("a sign-in message did not leave (%s)", type(fault).__name__)
        return False
    message.delete()
    return bool(message.to)
