"""Codes and links of a sign-in: written by the request, sent by the worker, gone when sent.

A request for a contact that nobody named writes the same row, to nobody, so that neither the answer
nor its time tells who has an account. The text lies in the database for as long as the worker
needs, as the code does in the session; what cannot be sent is given up when nobody waits for it any
more: a code after an hour, an invitation when it ends.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from onboarding.models import SignInMessage
from onboarding.models.signin import in_an_hour
from workflows.apart import Apart
from workflows.senders import DeadAddress

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger("mitra.messages")

WHILE_SENDING, SELDOM = timedelta(minutes=1), timedelta(minutes=30)
#: From this age on a message is tried seldom.
OLD = timedelta(hours=1)


def leave(
    *, to: str, body: str, subject: str = "", by_phone: bool = False, until: datetime | None = None
) -> SignInMessage:
    """Write one message for the worker; ``to`` is empty when it is for nobody, ``until`` an hour
    from now unless somebody waits for longer."""
    return SignInMessage.objects.create(
        to=to,
        subject=subject[:200],
        body=body if to else "",
        by_phone=by_phone,
        until=until or in_an_hour(),
    )


def send_waiting(*, now: datetime) -> int:
    """Send what waits, each by one worker; returns how many left the house."""
    given_up = SignInMessage.objects.filter(until__lt=now)
    if lost := given_up.exclude(to="").count():
        logger.error("%s sign-in messages were given up", lost)
    given_up.delete()
    free = (
        Q(taken_at__isnull=True)
        | Q(taken_at__lt=now - WHILE_SENDING, made_at__gt=now - OLD)
        | Q(taken_at__lt=now - SELDOM)
    )
    sent, apart = 0, Apart()
    for message in SignInMessage.objects.filter(free).order_by("pk")[:100]:
        taken = SignInMessage.objects.filter(free, pk=message.pk).update(taken_at=now)
        with apart(f"sign-in message {message.pk}"):
            sent += taken and _send(message)
    apart.end()
    return sent


def _send(message: SignInMessage) -> bool:
    try:
        if message.by_phone and message.to:
            import_string(settings.MESSAGE_SENDER)().text(message.to, message.body)
        elif message.to:
            import_string(settings.MESSAGE_SENDER)().email(
                message.to, message.subject, message.body
            )
    except DeadAddress:
        logger.warning("a sign-in message was for nobody (dead address)")
        message.delete()
        return False
    except (OSError, ValueError) as fault:
        logger.warning("a sign-in message did not leave (%s)", type(fault).__name__)
        return False
    message.delete()
    return bool(message.to)
