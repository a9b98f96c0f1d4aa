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

import onboarding.actions
import training.actions
from onboarding import roles
from workflows.models import Message

if TYPE_CHECKING:
    from onboarding.models import Invitation, ReferralRequest, User, Vendor
    from training.models import Seat

logger = logging.getLogger("mitra.messages")

#: Stands in a kept text where the receiver's own link is put in when the message leaves.
LINK_MARK = "[tautan pribadi]"

MOST_ATTEMPTS = 6
WHILE_SENDING = timedelta(minutes=10)


def tell_vendor(vendor: Vendor, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write a message to an owner on every channel that reaches them.

    ``key`` makes it happen once per act. E-mail goes by itself; WhatsApp is text for an officer to
    send by hand, because most owners are reached by no gateway.
    """
    with translation.override("id"):
        subject, body = _words(kind, {"vendor": vendor, "link": LINK_MARK, **context})
    rows = []
    if vendor.email:
        rows.append((Message.Channel.EMAIL, vendor.email, Message.State.QUEUED))
    if vendor.phone:
        rows.append((Message.Channel.WHATSAPP, vendor.phone, Message.State.BY_HAND))
    words = {"kind": kind, "vendor": vendor, "subject": subject, "body": body}
    words["seat"] = context.get("seat")
    return [
        _once(f"{key}:{channel}", words, channel=channel, to=to, state=state)
        for channel, to, state in rows
    ]


def tell_guest(seat: Seat, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write to who holds a seat, with the mark where their answer link will stand: to the owner of
    a firm, or (template ``kind``_person) to the person of an office."""
    words = {"seat": seat, "session": seat.session, **context}
    if seat.vendor is not None:
        return tell_vendor(seat.vendor, kind, key=key, **words)
    if seat.user is None or not seat.user.email:
        return []
    return [tell_colleague(seat.user, f"{kind}_person", key=key, **words)]


def tell_person(email: str, kind: str, *, key: str, **context: Any) -> Message:
    """Write an e-mail to somebody of an office, in the language of the installation."""
    subject, body = _words(kind, context)
    return Message.objects.create(
        kind=kind, channel=Message.Channel.EMAIL, to=email, subject=subject, body=body, key=key
    )


def tell_office(request: ReferralRequest, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write to everybody of an office that was asked, or to the contact typed for it.

    The text holds a mark where the link will stand: a token may not lie in the outbox.
    """
    with translation.override("id"):
        subject, body = _words(kind, {"request": request, "link": LINK_MARK, **context})
    people = [person.email for person in request.agency.people.all() if _is_of_office(person)]
    mails = dict.fromkeys(filter(None, [request.email, *people]))
    rows = [(Message.Channel.EMAIL, to, Message.State.QUEUED) for to in mails]
    if request.phone:
        rows.append((Message.Channel.WHATSAPP, request.phone, Message.State.BY_HAND))
    words = {"kind": kind, "request": request, "subject": subject, "body": body}
    return [
        _once(f"{key}:{channel}:{place}", words, channel=channel, to=to, state=state)
        for place, (channel, to, state) in enumerate(rows)
    ]


def tell_colleague(person: User, kind: str, *, key: str, **context: Any) -> Message:
    """Write an e-mail to somebody of an office in Indonesian, once for each key."""
    with translation.override("id"):
        subject, body = _words(kind, {"person": person, "link": LINK_MARK, **context})
    words = {"kind": kind, "subject": subject, "body": body, "seat": context.get("seat")}
    return _once(key, words, channel=Message.Channel.EMAIL, to=person.email or "")


def with_link(message: Message) -> str:
    """Return the text of a message with the receiver's own link, for the moment in which it leaves.

    A link that was replaced since is not put in: the text always holds the one that opens now.
    """
    if LINK_MARK not in message.body:
        return message.body
    if message.seat is not None:
        url = _url("receive_answer_link", training.actions.seat_token(message.seat))
        return message.body.replace(LINK_MARK, url)
    if message.request is None:
        return message.body
    url = _url("receive_request_link", onboarding.actions.link_token(message.request))
    return message.body.replace(LINK_MARK, url)


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
    message = Message.objects.select_related("request", "seat").get(pk=pk)
    try:
        message.body = with_link(message)
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


def _once(key: str, words: dict[str, Any], **way: Any) -> Message:
    """Write a message for this key, or return the one that was written before."""
    return Message.objects.get_or_create(key=key[:80], defaults={**words, **way})[0]


def _is_of_office(person: User) -> bool:
    return bool(person.is_active and person.role in (roles.AGENCY, roles.COOPERATIVE))


def _url(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"workflows:{name}", args=[token])


def _words(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    context = {"site_url": settings.SITE_URL, "office_name": settings.OFFICE_NAME, **context}
    subject, _newline, body = render_to_string(f"emails/{kind}.txt", context).partition("\n")
    return subject.strip(), body.strip() + "\n"
