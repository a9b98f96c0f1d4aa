"""Answering tickets at the desk: take in hand, answer, note, hand on, ask the operator, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit
from workflows.actions.asking import due_on, is_email
from workflows.errors import ConflictOfInterest, NotAllowed, Refused, TakenByAnother
from workflows.messages import tell_person, tell_vendor
from workflows.models import Ticket, TicketEntry
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import User

ANSWER = "workflows.answer_tickets"
State = Ticket.State


@transaction.atomic
def take_ticket(ticket: Ticket, *, by: User) -> Ticket:
    """Take a ticket in hand; what was closed stays closed until its owner opens it again."""
    ticket = _in_hand(ticket, by)
    _enter(ticket, "", by, is_for_all=True)
    _record("take_ticket", ticket, by)
    return ticket


@transaction.atomic
def answer_ticket(ticket: Ticket, *, text: str, by: User) -> Ticket:
    """Answer in words that the one whose ticket it is reads; whoever answers has it in hand."""
    ticket = _in_hand(ticket, by)
    entry = _enter(ticket, text, by, state=State.ANSWERED)
    _tell_of_answer(ticket, entry)
    _record("answer_ticket", ticket, by)
    return ticket


@transaction.atomic
def note_ticket(ticket: Ticket, *, text: str, by: User) -> Ticket:
    """Keep a note that only the office reads."""
    ticket = _locked(ticket, by)
    _enter(ticket, text, by, is_for_all=False)
    _record("note_ticket", ticket, by)
    return ticket


@transaction.atomic
def hand_on_ticket(ticket: Ticket, *, to: User, reason: str, by: User) -> Ticket:
    """Give a ticket to a colleague who may handle it, with the reason as a note."""
    ticket = _locked(ticket, by)
    _check_open(ticket)
    try:
        check_may_handle(to, ticket)
    except Refused:
        raise NotAllowed(_("This ticket cannot be given to this person.")) from None
    ticket.handler = to
    _enter(ticket, reason, by, state=_going_on(ticket), is_for_all=False)
    _record("hand_on_ticket", ticket, by, person=to.pk)
    return ticket


def take_over_ticket(ticket: Ticket, *, reason: str, by: User) -> Ticket:
    """Go on with what a colleague has in hand and cannot get to, with the reason as a note."""
    return hand_on_ticket(ticket, to=by, reason=reason, by=by)


@transaction.atomic
def name_person(ticket: Ticket, *, about: User, by: User) -> Ticket:
    """Say which colleague a complaint is about: from then on it does not exist for them."""
    ticket = _locked(ticket, by)
    if ticket.kind != Ticket.Kind.COMPLAINT:
        raise Refused(_("Only a complaint is about a person."))
    if ticket.by_id == about.pk:
        raise Refused(_("Nobody complains about themselves."))
    before = {"before": ticket.about_id} if ticket.about_id else {}
    ticket.about = about
    if ticket.handler_id == about.pk:
        ticket.handler = None
        ticket.state = State.NEW if ticket.state == State.IN_HAND else ticket.state
    ticket.save(update_fields=["about", "handler", "state"])
    _record("name_person", ticket, by, person=about.pk, **before)
    return ticket


@transaction.atomic
def hand_to_operator(ticket: Ticket, *, by: User) -> Ticket:
    """Record that the operator of the platform was asked; the text left by mail or by hand."""
    ticket = _in_hand(ticket, by)
    if ticket.kind != Ticket.Kind.SUPPORT:
        raise Refused(_("A complaint is not handed to an operator."))
    if ticket.state == State.WITH_OPERATOR:
        raise Refused(_("The operator was asked already."))
    ticket.handed_at, ticket.operator_at = timezone.now(), None
    _enter(ticket, "", by, state=State.WITH_OPERATOR)
    _record("hand_to_operator", ticket, by, platform=ticket.platform_id)
    return ticket


@transaction.atomic
def record_operator_answer(ticket: Ticket, *, text: str, by: User) -> Ticket:
    """Keep what the operator answered; the owner reads it, and the office goes on."""
    ticket = _locked(ticket, by)
    if ticket.state != State.WITH_OPERATOR:
        raise Refused(_("The operator was not asked, or has answered already."))
    ticket.operator_at = timezone.now()
    ticket.handler = by
    ticket.due_on = due_on(ticket.kind)
    _enter(ticket, text, by, state=State.IN_HAND)
    _record("record_operator_answer", ticket, by, platform=ticket.platform_id)
    return ticket


@transaction.atomic
def close_ticket(ticket: Ticket, *, reason: str, by: User) -> Ticket:
    """Close a ticket with a reason that the one whose it is reads."""
    ticket = _in_hand(ticket, by)
    ticket.closed_at = timezone.now()
    entry = _enter(ticket, reason, by, state=State.CLOSED)
    _tell_of_answer(ticket, entry)
    _record("close_ticket", ticket, by)
    return ticket


def check_may_handle(user: User, ticket: Ticket) -> None:
    """The act; not the one it is about, not the one whose it is, no tie to the firm.

    Raises ``NotAllowed`` or ``ConflictOfInterest``.
    """
    check_may(user, ANSWER)
    if not Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists():
        raise NotAllowed(_("This ticket is not in your list."))
    if ticket.kind == Ticket.Kind.COMPLAINT and ticket.by_id == user.pk:
        raise ConflictOfInterest(_("You wrote this yourself, so a colleague has to handle it."))
    if ticket.vendor_id:
        check_no_kinship(user, ticket.vendor_id)


def _locked(ticket: Ticket, by: User) -> Ticket:
    fresh = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    check_may_handle(by, fresh)
    return fresh


def _in_hand(ticket: Ticket, by: User) -> Ticket:
    """Lock a ticket that is open and in nobody else's hands, and take it."""
    ticket = _locked(ticket, by)
    _check_open(ticket)
    if ticket.handler_id not in (None, by.pk):
        raise TakenByAnother(_("This is in the hands of %s.") % ticket.handler)
    ticket.handler = by
    ticket.state = _going_on(ticket)
    return ticket


def _going_on(ticket: Ticket) -> str:
    return State.IN_HAND if ticket.state == State.NEW else ticket.state


def _check_open(ticket: Ticket) -> None:
    if ticket.state == State.CLOSED:
        raise Refused(_("This is closed. Only the one who wrote it can open it again."))


def _enter(
    ticket: Ticket, text: str, by: User, *, state: str = "", is_for_all: bool = True
) -> TicketEntry:
    ticket.state = state or ticket.state
    ticket.save()
    return TicketEntry.objects.create(
        ticket=ticket, text=text, state=ticket.state, is_for_all=is_for_all, by=by
    )


def _tell_of_answer(ticket: Ticket, entry: TicketEntry) -> None:
    key = f"ticket:{ticket.pk}:{entry.pk}"
    if ticket.kind == Ticket.Kind.SUPPORT and ticket.vendor:
        tell_vendor(ticket.vendor, "support_answered", key=key, ticket=ticket)
    elif is_email(ticket.contact):
        tell_person(ticket.contact, "complaint_answered", key=key, ticket=ticket)


def _record(act: str, ticket: Ticket, by: User, **detail: Any) -> None:
    audit.record(
        act,
        by=by,
        vendor=ticket.vendor if ticket.kind == Ticket.Kind.SUPPORT else None,
        ticket=ticket.pk,
        kind=str(ticket.kind),
        **detail,
    )
