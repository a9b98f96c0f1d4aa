"""Sending what waits in the outbox; a failure is tried again later, another way, then shown.

A process that dies while it sends leaves the message to be tried again after a pause: at least
once, since a gateway cannot be asked whether it took a message.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from onboarding.models import User
from workflows import clock
from workflows.apart import Apart
from workflows.away import is_away
from workflows.messages.dead import bury
from workflows.messages.ways import DEAD, earliest, is_dead, other_ways
from workflows.messages.words import as_sms, with_link
from workflows.models import Message
from workflows.senders.port import DeadAddress, NotThisOne

#: What a try writes on the row of a message.
WRITTEN = ("state", "sent_at", "error", "next_try_at", "reference")

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger("mitra.messages")

MOST_ATTEMPTS = 6
WHILE_SENDING = timedelta(minutes=10)


def deliver_due(limit: int = 100) -> int:
    """Deliver what waits in the outbox and may leave now; returns how many left."""
    sender = import_string(settings.MESSAGE_SENDER)()
    now, apart = clock.now(), Apart()
    _hold_back(now)
    sent = 0
    due = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=now)
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:limit]):
        with apart(f"message {pk}"):
            sent += _deliver(pk, sender)
    apart.end()
    return sent


def tell_another_way(message: Message) -> Message | None:
    """Write a message that did not arrive once more, for the next channel of the same owner."""
    vendor = message.vendor
    if vendor is None:
        return None
    act = message.key.removesuffix(f":{message.channel}")
    keys = {channel: f"{act}:{channel}"[:80] for channel in Message.Channel.values}
    tried = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for way in other_ways(vendor, message.kind):
        if keys[way.channel] in tried:
            continue
        is_sms = way.channel == Message.Channel.SMS
        body = as_sms(message.subject, message.body, vendor) if is_sms else message.body
        return Message.objects.create(
            kind=message.kind,
            channel=way.channel,
            vendor=vendor,
            seat=message.seat,
            to=way.to,
            subject=message.subject,
            body=body,
            key=keys[way.channel],
            state=way.state,
            next_try_at=earliest(clock.now(), kind=message.kind, seat=message.seat),
        )
    return None


def _hold_back(now: datetime) -> None:
    """In quiet hours, what waits for a business waits on until the next opening; what is about a
    session of today does not."""
    opens_at = earliest(now)
    if opens_at <= now:
        return
    late = Message.objects.filter(
        state=Message.State.QUEUED, next_try_at__lte=now, vendor__isnull=False
    )
    today = timezone.localdate(now)
    late.exclude(seat__session__starts_at__date=today).update(next_try_at=opens_at)


def _deliver(pk: int, sender: Any) -> bool:
    """Take one message, send it outside any transaction, and write down how it went."""
    now = clock.now()
    taken = Message.objects.filter(pk=pk, state=Message.State.QUEUED, next_try_at__lte=now).update(
        attempts=F("attempts") + 1, next_try_at=now + WHILE_SENDING
    )
    if taken != 1:
        return False
    related = ("request", "seat__session", "vendor")
    message = Message.objects.select_related(*related).get(pk=pk)
    _try(message, sender)
    if not _write_down(message):
        return False
    if message.state == Message.State.FAILED:
        logger.warning("message %s not delivered (%s)", message.pk, message.error)
        tell_another_way(message)
    return message.state == Message.State.SENT


def _try(message: Message, sender: Any) -> None:
    """Send it, and keep on the message how that went."""
    try:
        _send(message, sender)
    except DeadAddress as error:
        _fail(message, str(error) or DEAD)
        _bury(message)
    except (NotThisOne, ValueError) as error:
        _fail(message, str(error) if isinstance(error, OSError) else type(error).__name__)
    except OSError as error:
        _try_later(message, error)
    except Exception as error:
        if is_away(error):
            raise
        logger.error("message %s could not be written: %s", message.pk, type(error).__name__)
        _try_later(message, error)
    else:
        message.state, message.sent_at = Message.State.SENT, timezone.now()


def _write_down(message: Message) -> bool:
    """Keep how a try went; False when its address was found dead while it was on its way."""
    rows = Message.objects.filter(pk=message.pk)
    if message.state != Message.State.FAILED:
        rows = rows.filter(state=Message.State.QUEUED)
    return bool(rows.update(**{name: getattr(message, name) for name in WRITTEN}))


def _send(message: Message, sender: Any) -> None:
    if is_dead(message.channel, message.to):
        raise NotThisOne(DEAD)
    kept = message.body
    try:
        message.body = with_link(message)
        sent = sender.send(message)
    finally:
        message.body = kept
    message.reference = getattr(sent, "reference", "")


def _fail(message: Message, error: str) -> None:
    message.state, message.error = Message.State.FAILED, error[:160]


def _try_later(message: Message, error: Exception) -> None:
    # What our own senders say is a code; what the line says may hold an address.
    is_ours = type(error).__module__.startswith("workflows.")
    message.error = str(error)[:160] if is_ours and str(error) else type(error).__name__
    later = clock.now() + timedelta(minutes=2**message.attempts)
    if message.vendor_id:
        later = max(later, earliest(later, kind=message.kind, seat=message.seat))
    message.next_try_at = later
    if message.attempts >= MOST_ATTEMPTS:
        message.state = Message.State.FAILED


def _bury(message: Message) -> None:
    by, vendor = User.objects.system(), message.vendor
    for other in bury(message.channel, message.to, reason=message.error, by=by, vendor=vendor):
        if other.pk != message.pk:
            tell_another_way(other)
