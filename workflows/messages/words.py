"""The text of a message: one template per kind, in a long form for e-mail and a short one for the
phone. Owners are written to in Indonesian. A message never calls itself the official letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

import onboarding.actions
import training.actions
from workflows.models import Message

if TYPE_CHECKING:
    from onboarding.models import Vendor

#: Stands in a kept text where the receiver's own link is put in when the message leaves.
LINK_MARK: Final = "[tautan pribadi]"


def words_of(
    kind: str, context: dict[str, Any], *, channel: str = Message.Channel.EMAIL
) -> tuple[str, str]:
    """Return the subject and the text of a message; on the phone shorter, by SMS one sentence."""
    told = {
        "site_url": settings.SITE_URL,
        "office_name": settings.OFFICE_NAME,
        "office_phone": settings.OFFICE_PHONE,
        "office_email": settings.OFFICE_EMAIL,
        "is_short": channel != Message.Channel.EMAIL,
        **context,
    }
    subject, _newline, body = render_to_string(f"emails/{kind}.txt", told).partition("\n")
    subject, body = subject.strip(), body.strip() + "\n"
    if channel == Message.Channel.SMS:
        return subject, as_sms(subject, body, told.get("vendor"))
    return subject, body


def as_sms(subject: str, body: str, vendor: Vendor | None) -> str:
    """Return a message as one sentence and a link, since each 150 characters are paid for."""
    link = LINK_MARK if LINK_MARK in body else f"{settings.SITE_URL}/masuk/"
    whose = f" ({vendor.name})" if vendor else ""
    return f"Mitra BEJO: {subject}{whose}. Buka {link} . Tidak dipungut biaya.\n"


def with_link(message: Message) -> str:
    """Return the text of a message with the receiver's own link, for the moment in which it leaves.

    A link that was replaced since is not put in: the text always holds the one that opens now.
    """
    if LINK_MARK not in message.body:
        return message.body
    return message.body.replace(LINK_MARK, link_of(message) or LINK_MARK)


def without_link(message: Message, text: str) -> str:
    """Return a text that was changed by hand with the mark in place of the link: a token may not
    lie in the outbox."""
    link = link_of(message) if LINK_MARK in message.body else ""
    return text.replace(link, LINK_MARK) if link else text


def link_of(message: Message) -> str:
    """Return the receiver's own link, "" where the message has none."""
    if message.seat is not None:
        return url_of("receive_answer_link", training.actions.seat_token(message.seat))
    if message.request is not None:
        return url_of("receive_request_link", onboarding.actions.link_token(message.request))
    return ""


def url_of(name: str, token: str) -> str:
    """Return the whole address of a page that a token opens."""
    return settings.SITE_URL + reverse(f"workflows:{name}", args=[token])
