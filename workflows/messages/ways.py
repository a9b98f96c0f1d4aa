"""By which channel, and when: what the owner chose, else what reaches them, never a dead number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from workflows import senders
from workflows.messages import quiet
from workflows.models import ContactChoice, DeadContact, Holiday, Message, Setting

if TYPE_CHECKING:
    from datetime import datetime

    from onboarding.models import Vendor
    from training.models import Seat

Channel = Message.Channel
State = Message.State
#: What reminds of something that can wait for a working day.
REMINDERS: Final = frozenset({"reminder", "correction_due", "session_reminder"})
GATEWAYS: Final = (Channel.WHATSAPP, Channel.SMS)
#: Why a message stays here: codes that pages put into words.
DEAD: Final = "dead"


@dataclass(frozen=True)
class Way:
    """One message on one channel: where to, and in which state it begins."""

    channel: str
    to: str
    state: str
    error: str = ""


def ways_to(vendor: Vendor, kind: str) -> list[Way]:
    """Return the messages to be written to an owner.

    The chosen channel alone; else the first gateway that takes the kind; else, without one, e-mail
    and WhatsApp by hand. Where every address is dead, one message that failed at once, so that
    somebody sees it.
    """
    alive = living(vendor)
    chosen = ContactChoice.objects.filter(pk=vendor.pk).values_list("channel", flat=True).first()
    if chosen in alive and is_open(chosen):
        return [_way(chosen, alive[chosen], kind)]
    for channel in GATEWAYS:
        if channel in alive and senders.takes(channel, kind):
            return [_way(channel, alive[channel], kind)]
    usual = [
        _way(channel, alive[channel], kind)
        for channel in (Channel.EMAIL, Channel.WHATSAPP)
        if channel in alive
    ]
    return usual or _nowhere(vendor)


def other_ways(vendor: Vendor, kind: str) -> list[Way]:
    """Return every living way to an owner, what leaves by itself first."""
    alive = living(vendor)
    ways = [
        _way(channel, alive[channel], kind)
        for channel in (*GATEWAYS, Channel.EMAIL)
        if channel in alive and is_open(channel)
    ]
    return sorted(ways, key=lambda way: way.state == State.BY_HAND)


def living(vendor: Vendor) -> dict[str, str]:
    """Return the addresses of a firm by channel, without the dead ones."""
    known = addresses(vendor)
    dead = set(DeadContact.objects.filter(to__in=set(known.values())).values_list("channel", "to"))
    return {channel: to for channel, to in known.items() if (channel, to) not in dead}


def is_dead(channel: str, to: str) -> bool:
    """Say whether somebody found that nobody is there."""
    return DeadContact.objects.filter(channel=channel, to=to).exists()


def addresses(vendor: Vendor) -> dict[str, str]:
    """Return what is known of a firm, by channel."""
    known = {
        str(Channel.WHATSAPP): vendor.phone,
        str(Channel.SMS): vendor.phone,
        str(Channel.EMAIL): vendor.email,
    }
    return {channel: to for channel, to in known.items() if to}


def is_open(channel: str) -> bool:
    """Say whether anything can be sent by this channel here; WhatsApp always can, by hand."""
    return channel != Channel.SMS or senders.has_gateway(channel)


def earliest(now: datetime, *, kind: str = "", seat: Seat | None = None) -> datetime:
    """Return when a message to a business may leave; about a session of today it leaves now."""
    if seat is not None and timezone.localdate(seat.session.starts_at) == timezone.localdate(now):
        return now
    numbers = Setting.values_of("quiet_until", "quiet_from", "reminders_on_working_days")
    holidays = None
    if kind in REMINDERS and numbers["reminders_on_working_days"]:
        holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    return quiet.opening(
        now,
        until=numbers["quiet_until"],
        since=numbers["quiet_from"],
        tz=timezone.get_default_timezone(),
        holidays=holidays,
    )


def _way(channel: str, to: str, kind: str) -> Way:
    leaves = senders.takes(channel, kind)
    return Way(channel, to, State.QUEUED if leaves else State.BY_HAND)


def _nowhere(vendor: Vendor) -> list[Way]:
    known = addresses(vendor)
    for channel in (Channel.WHATSAPP, Channel.EMAIL):
        if channel in known:
            return [Way(channel, known[channel], State.FAILED, DEAD)]
    return []
