"""Messages that leave by hand or did not arrive: sent by an officer, a number that is not right,
once more, and what a gateway reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, clock, messages, senders
from workflows.errors import Refused
from workflows.messages.ways import living
from workflows.models import Message
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from onboarding.models import User
    from workflows.senders.whatsapp_cloud import Report

Channel = Message.Channel
State = Message.State
PHONE = (Channel.WHATSAPP, Channel.SMS)
SEND = "workflows.send_by_hand"
LONGEST = 4000


@transaction.atomic
def mark_message_sent(message: Message, *, by: User, text: str = "") -> Message:
    """Record that a message to be sent by hand was sent, so that no colleague sends it again;
    ``text`` is what was really sent, where the officer changed it."""
    check_may(by, SEND, message.vendor)
    held = messages.without_link(message, text.replace("\r\n", "\n").strip())[:LONGEST]
    is_changed = bool(held) and held != message.body.strip()
    marked = Message.objects.filter(pk=message.pk, state=State.BY_HAND).update(
        state=State.SENT, sent_at=timezone.now(), sent_body=held if is_changed else ""
    )
    message.refresh_from_db()
    if marked != 1:
        raise Refused(_("This message was already sent."))
    audit.record(
        "send_by_hand", by=by, vendor=message.vendor, message=message.pk, kind=message.kind
    )
    return message


#: It has left, whatever its gateway has said since.
LEFT = (State.SENT, State.DELIVERED, State.READ)


@transaction.atomic
def report_wrong_number(message: Message, *, by: User) -> Message:
    """Take an officer's word that nobody, or somebody else, is behind the number of a message:
    nothing more is sent there by WhatsApp or SMS, and what waits goes another way."""
    check_may(by, SEND, message.vendor)
    if message.channel not in PHONE:
        raise Refused(_("Only a phone number can be reported here."))
    if message.state not in (State.BY_HAND, State.QUEUED, *LEFT):
        raise Refused(_("This message did not go to a number that somebody could have seen."))
    stopped = {message.pk: message}
    for channel in PHONE:
        for one in messages.bury(
            channel, message.to, reason="wrong_number", by=by, vendor=message.vendor
        ):
            stopped[one.pk] = one
    for one in stopped.values():
        messages.tell_another_way(one)
    Message.objects.filter(pk=message.pk).update(state=State.FAILED, error="wrong_number")
    message.refresh_from_db()
    return message


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """Put a message that did not arrive back on its way, to the address that is known now."""
    check_may(by, SEND, message.vendor)
    if message.vendor is None:
        raise Refused(_("Only messages to a business can be sent again here."))
    to = living(message.vendor).get(message.channel)
    if to is None:
        raise Refused(_("Nobody is reached there. Correct the number or the address first."))
    leaves = senders.takes(message.channel, message.kind)
    changed = Message.objects.filter(pk=message.pk, state=State.FAILED).update(
        state=State.QUEUED if leaves else State.BY_HAND,
        to=to,
        error="",
        attempts=0,
        next_try_at=messages.earliest(clock.now(), kind=message.kind),
    )
    if changed != 1:
        raise Refused(_("This message is on its way already."))
    audit.record("send_again", by=by, vendor=message.vendor, message=message.pk, kind=message.kind)
    message.refresh_from_db()
    return message


def note_reports(reports: Iterable[Report], *, by: User) -> int:
    """Write down what a gateway says became of messages; returns how many it was about.

    Reports come twice and out of order: a message only ever goes on (sent, delivered, read), and
    one that arrived cannot fail any more. What arrives shows that the number is alive.
    """
    return sum(_note(report, by=by) for report in reports)


@transaction.atomic
def _note(report: Report, *, by: User) -> bool:
    held = Message.objects.select_for_update(of=("self",)).select_related("vendor", "seat__session")
    message = held.filter(reference=report.reference).first() if report.reference else None
    if message is None:
        return False
    if report.status in ("delivered", "read"):
        _arrived(message, report.status, report.at, by)
    elif report.status == "failed" and message.state == State.SENT:
        _failed(message, report.code, by)
    return True


def _arrived(message: Message, status: str, at: datetime, by: User) -> None:
    message.delivered_at = message.delivered_at or at
    if status == "read":
        message.read_at = message.read_at or at
    message.state = State.READ if message.read_at else State.DELIVERED
    message.error = ""
    message.save(update_fields=["delivered_at", "read_at", "state", "error"])
    messages.revive(message.channel, message.to, by=by, vendor=message.vendor, has_arrived=True)


def _failed(message: Message, code: int, by: User) -> None:
    fault = senders.judge(code)
    message.state, message.error = State.FAILED, str(fault)
    message.save(update_fields=["state", "error"])
    if isinstance(fault, senders.DeadAddress):
        for one in messages.bury(
            message.channel, message.to, reason=str(fault), by=by, vendor=message.vendor
        ):
            messages.tell_another_way(one)
    messages.tell_another_way(message)
