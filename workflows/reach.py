"""How a firm is reached, as its pages show it: the channel that was chosen, and what is dead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflows.forms.messages import ReachForm
from workflows.messages.faults import why
from workflows.messages.ways import addresses, is_open
from workflows.models import ContactChoice, DeadContact, Message

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from onboarding.models import User, Vendor
    from workflows.casefile import CaseFile

Channel = Message.Channel


@dataclass(frozen=True)
class DeadLine:
    """One address that does not reach the owner: by which channel, how it ends, why, since when."""

    channel: str
    ending: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class Reach:
    """What a page says of how a firm is reached; ``form`` only for those who may choose."""

    dead: tuple[DeadLine, ...]
    is_reached: bool
    chosen: str = ""
    form: ReachForm | None = None


def reach_of(vendor: Vendor, user: User) -> Reach:
    """Return how a firm is reached, for who may say it the form too; two queries."""
    if not user.may("workflows.say_reach"):
        return flag_of(vendor)
    kept: ContactChoice | None = getattr(vendor, "contact_choice", None)
    chosen = kept.channel if kept else ""
    form = ReachForm(channels=channels_of(vendor), initial={"channel": chosen})
    return replace(flag_of(vendor), form=form, chosen=str(Channel(chosen).label) if chosen else "")


def flag_of(vendor: Vendor) -> Reach:
    """Return only what does not reach a firm; one query, none where a firm brings the answer."""
    if not getattr(vendor, "has_dead_contact", True):
        return Reach((), is_reached=any(map(is_open, addresses(vendor))))
    known = addresses(vendor)
    rows = DeadContact.objects.filter(to__in=set(known.values())).order_by("channel")
    dead = [row for row in rows if known.get(row.channel) == row.to and is_open(row.channel)]
    gone = {row.channel for row in dead}
    return Reach(
        dead=tuple(_line(row) for row in dead),
        is_reached=bool({channel for channel in known if is_open(channel)} - gone),
    )


def reach_of_case(_request: HttpRequest, file: CaseFile) -> dict[str, Any]:
    """Return what the review shows of it: the flag only, looked for where there is one."""
    return {"reach": flag_of(file.case.vendor)} if file.has_dead_contact else {}


def channels_of(vendor: Vendor) -> list[tuple[str, Any]]:
    """Return what may be chosen for a firm here, with how each address ends."""
    choices: list[tuple[str, Any]] = [("", _("As it suits: you need not choose"))]
    for channel, to in addresses(vendor).items():
        if is_open(channel):
            choices.append((channel, f"{Channel(channel).label} ({ending_of(to)})"))
    return choices


def ending_of(to: str) -> str:
    """Cover an address but for what its owner knows it by: ``…12``, ``s…@contoh.id``."""
    name, mark, host = to.partition("@")
    return f"{name[:1]}…@{host}" if mark else f"…{to[-2:]}"


def _line(row: DeadContact) -> DeadLine:
    label = str(Channel(row.channel).label)
    return DeadLine(label, ending_of(row.to), why(row.reason), row.found_at)
