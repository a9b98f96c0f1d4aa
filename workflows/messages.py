"""The outbox: a message is a row written with the act, and is delivered after commit, once.

One template per kind under ``templates/emails/``: its first line is the subject, the rest the body.
Owners are written to in Indonesian. A message never calls itself the official letter.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from workflows.models import Message

if TYPE_CHECKING:
    from onboarding.models import Invitation, Vendor

logger = logging.getLogger("mitra.messages")

MOST_ATTEMPTS = 6
WHILE_SENDING = timedelta(minutes=10)


def tell_vendor(vendor: Vendor, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write a message to an owner on every channel that reaches them.

    ``key`` makes it happen once per act. E-mail goes by itself; WhatsApp is text for an officer to
    send by hand, because most owners are reached by no gateway.
    """
    with translation.override("id"):
        subject, body = _words(kind, {"vendor": vendor, **context})
    rows = []
    if vendor.email:
        rows.append((Message.Channel.EMAIL, vendor.email, Message.State.QUEUED))
    if vendor.phone:
        rows.append((Message.Channel.WHATSAPP, vendor.phone, Message.State.BY_HAND))
    return [
        Message.objects.get_or_create(
            key=f"{key}:{channel}"[:80],
            defaults={
                "kind": kind,
                "channel": channel,
                "vendor": vendor,
                "to": to,
                "subject": subject,
                "body": body,
                "state": state,
            },
        )[0]
        for channel, to, state in rows
    ]


def tell_person(email: str, kind: str, *, key: str, **context: Any) -> Message:
    """Write an e-mail to somebody of an office, in the language of the installation."""
    subject, body = _words(kind, context)
    return Message.objects.create(
        kind=kind, channel=Message.Channel.EMAIL, to=email, subject=subject, body=body, key=key
    )


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send an invitation after commit; its token may not lie in the outbox, so it is never a
    row."""
    subject, body = _words(
        "person_invited", {"invitation": invitation, "url": _url("accept_invitation", token)}
    )
    sender = import_string(settings.MESSAGE_SENDER)()
    transaction.on_commit(lambda: sender.email(invitation.email, subject, body), robust=True)


def deliver_due(limit: int = 100) -> int:
    """Deliver what waits in the outbox; a failure is tried again later, then shown as not
    delivered."""
    sender = import_string(settings.MESSAGE_SENDER)()
    sent = 0
    now = timezone.now()
    due = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=now)
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:limit]):
        sent += _deliver(pk, sender)
    return sent


def _deliver(pk: int, sender: Any) -> bool:
    """Take one message, send it outside any transaction, and write down how it went.

    A process that dies between the two leaves the message to be tried again after the pause.
    """
    taken = Message.objects.filter(
        pk=pk, state=Message.State.QUEUED, next_try_at__lte=timezone.now()
    ).update(attempts=F("attempts") + 1, next_try_at=timezone.now() + WHILE_SENDING)
    if taken != 1:
        return False
    message = Message.objects.get(pk=pk)
    try:
        sender.send(message)
    except OSError as error:
        message.error = type(error).__name__
        message.next_try_at = timezone.now() + timedelta(minutes=2**message.attempts)
        if message.attempts >= MOST_ATTEMPTS:
            message.state = Message.State.FAILED
        logger.warning("message %s not delivered (%s)", message.pk, message.error)
    else:
        message.state, message.sent_at = Message.State.SENT, timezone.now()
    message.save(update_fields=["state", "sent_at", "error", "next_try_at"])
    return message.state == Message.State.SENT


def _url(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"workflows:{name}", args=[token])


def _words(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    context = {"site_url": settings.SITE_URL, "office_name": settings.OFFICE_NAME, **context}
    subject, _newline, body = render_to_string(f"emails/{kind}.txt", context).partition("\n")
    return subject.strip(), body.strip() + "\n"
