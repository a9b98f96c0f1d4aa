"""Asking the Bureau: a complaint, help with a platform, how it stands, and asking once more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import Status, User, Vendor
from onboarding.search import VO_NUMBER
from workflows import audit, secretwords
from workflows.calendar import add_working_days
from workflows.errors import NotAllowed, Refused
from workflows.messages import tell_person, tell_vendor
from workflows.models import Holiday, Setting, Ticket, TicketEntry
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflows.models import Platform

#: On a platform, or about to be: only then is there something that its operator can mend.
MAY_ASK_SUPPORT = (Status.REGISTERED, Status.ACTIVE, Status.SUSPENDED)
NUMBER = re.compile(r"\s*(PG|BT)[-\s]*(\d{4})[-\s]*(\d{1,9})\s*", re.IGNORECASE)
WORD_AGAIN = timedelta(hours=1)
SETTING_OF_KIND = {
    Ticket.Kind.COMPLAINT: "complaint_days",
    Ticket.Kind.SUPPORT: "support_days",
}


def open_complaint(
    *,
    topic: str,
    text: str,
    contact: str = "",
    firm_number: str = "",
    about_name: str = "",
    key: str,
    by: User | None,
) -> tuple[Ticket, str]:
    """Take in a complaint; nobody has to say who they are (``by`` is then None).

    Returns the ticket and the word by which one asks how it stands. Only a hash of the word is
    kept, so a second press of the same ``key`` within an hour gives a new word to the same ticket.
    """
    word = secretwords.new_word()
    facts = {
        "kind": Ticket.Kind.COMPLAINT,
        "topic": topic,
        "text": text,
        "contact": contact,
        "firm_said": firm_number,
        "vendor": _firm(firm_number),
        "about_name": about_name,
        "secret_hash": secretwords.hash_of(word, key),
    }
    ticket, is_new = _open(facts, key=key, by=by)
    if not is_new and ticket.opened_at < timezone.now() - WORD_AGAIN:
        raise Refused(_("This complaint was sent already. Its number is %s.") % ticket.number)
    if not is_new:
        ticket.secret_hash = secretwords.hash_of(word, key)
        ticket.save(update_fields=["secret_hash"])
    return ticket, word


def open_support(
    vendor: Vendor, *, topic: str, platform: Platform, text: str, key: str, by: User
) -> Ticket:
    """Report a fault on a platform for a firm that is registered there."""
    check_may(by, "workflows.ask_support", vendor)
    if vendor.status not in MAY_ASK_SUPPORT:
        raise Refused(_("Faults are reported once the business is registered on a platform."))
    facts = {
        "kind": Ticket.Kind.SUPPORT,
        "topic": topic,
        "platform": platform,
        "text": text,
        "vendor": vendor,
    }
    return _open(facts, key=key, by=by)[0]


def find_by_word(number: str, word: str) -> Ticket | None:
    """Return the complaint of this number, if the word is the one that was given for it."""
    said = NUMBER.fullmatch(number)
    ticket = Ticket.objects.filter(pk=int(said[3])).first() if said else None
    key, kept = (ticket.key, ticket.secret_hash) if ticket else ("", "")
    is_theirs = secretwords.is_right(word, key, kept)
    return ticket if is_theirs and said and ticket and ticket.number == plain(said) else None


def plain_number(typed: str) -> str:
    """Return what was typed as tickets bear their numbers, where it is one: one ticket has one
    name, however many blanks somebody puts in."""
    said = NUMBER.fullmatch(typed)
    return plain(said) if said else typed.casefold()


def plain(said: re.Match[str]) -> str:
    """Return a number as tickets bear it, however it was typed."""
    return f"{said[1].upper()}-{said[2]}-{int(said[3]):06d}"


def may_reopen(ticket: Ticket) -> bool:
    """Say whether the one whose ticket it is may still say that it is not settled."""
    if ticket.state == Ticket.State.ANSWERED:
        return True
    if ticket.state != Ticket.State.CLOSED or ticket.closed_at is None:
        return False
    until = ticket.closed_at + timedelta(days=Setting.value_of("reopen_days"))
    return timezone.now() <= until


@transaction.atomic
def reopen_ticket(ticket: Ticket, *, text: str, by: User | None, word: str = "") -> Ticket:
    """Go on with an answered or closed ticket, by the one whose it is: signed in, or by the word.

    The time to answer begins anew; the same handler goes on.
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    is_theirs = by is not None and Ticket.objects.of(by).filter(pk=ticket.pk).exists()
    if not is_theirs and not secretwords.is_right(word, ticket.key, ticket.secret_hash):
        raise NotAllowed(_("Only the one who wrote it can open it again."))
    if not may_reopen(ticket):
        raise Refused(_("This cannot be opened again any more. Send a new one."))
    ticket.state = Ticket.State.IN_HAND if ticket.handler_id else Ticket.State.NEW
    ticket.closed_at = None
    ticket.due_on = due_on(ticket.kind)
    ticket.save(update_fields=["state", "closed_at", "due_on"])
    TicketEntry.objects.create(ticket=ticket, text=text, state=ticket.state, by=by)
    _record("reopen_ticket", ticket, by)
    return ticket


def due_on(kind: str, today: date | None = None) -> date:
    """Return the day by which the office answers, in its working days."""
    start = today or timezone.localdate()
    days = Setting.value_of(SETTING_OF_KIND[Ticket.Kind(kind)])
    closed = Holiday.objects.filter(day__gte=start).values_list("day", flat=True)
    return add_working_days(start, days, frozenset(closed))


def is_email(contact: str) -> bool:
    """Say whether a contact is an address to which mail goes by itself."""
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True


def _open(facts: Mapping[str, Any], *, key: str, by: User | None) -> tuple[Ticket, bool]:
    """Make the ticket of this press, or return the one that it made before, and whether it is
    new."""
    known = Ticket.objects.filter(key=key, by=by, kind=facts["kind"]).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            ticket = Ticket.objects.create(
                **facts, key=key, by=by, due_on=due_on(str(facts["kind"]))
            )
            _record("open_ticket", ticket, by)
            _acknowledge(ticket, by)
    except IntegrityError:  # the other press was quicker, or the key is somebody else's
        pressed = Ticket.objects.filter(key=key, by=by, kind=facts["kind"]).first()
        if pressed is None:
            raise Refused(_("This form was sent already. Open it anew.")) from None
        return pressed, False
    return ticket, True


def _acknowledge(ticket: Ticket, by: User | None) -> None:
    if ticket.kind == Ticket.Kind.COMPLAINT and is_email(ticket.contact):
        tell_person(ticket.contact, "complaint", key=f"ticket:{ticket.pk}:received", ticket=ticket)
    if ticket.vendor and ticket.kind == Ticket.Kind.SUPPORT and by and by.role != roles.VENDOR:
        tell_vendor(ticket.vendor, "support", key=f"ticket:{ticket.pk}:received", ticket=ticket)


def _record(act: str, ticket: Ticket, by: User | None) -> None:
    """Leave the act on the trail without a word of the ticket; a complaint without its firm too,
    because a firm's history is read by those whom it may be about."""
    audit.record(
        act,
        by=by or User.objects.system(),
        vendor=ticket.vendor if ticket.kind == Ticket.Kind.SUPPORT else None,
        ticket=ticket.pk,
        kind=str(ticket.kind),
    )


def _firm(number: str) -> Vendor | None:
    """The firm that is meant; a number that is none is kept as it was written, and no more said."""
    said = VO_NUMBER.fullmatch(number)
    return Vendor.objects.standing().filter(pk=int(said[1])).first() if said else None
