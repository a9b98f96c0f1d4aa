"""Writing to people: one function for each kind of receiver; ``key`` makes it happen once per
act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from onboarding import roles
from workflows import clock
from workflows.messages.ways import earliest, is_dead, ways_to
from workflows.messages.words import LINK_MARK, words_of
from workflows.models import Message

if TYPE_CHECKING:
    from onboarding.models import ReferralRequest, User, Vendor
    from training.models import Seat


def tell_vendor(vendor: Vendor, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write a message to an owner by the channel that was chosen or that reaches them.

    Without a gateway that is e-mail, which goes by itself, and WhatsApp, which is text for an
    officer to send by hand. Nothing leaves in quiet hours.
    """
    told = []
    seat = context.get("seat")
    for way in ways_to(vendor, kind):
        with translation.override("id"):
            facts = {"vendor": vendor, "link": LINK_MARK, **context}
            subject, body = words_of(kind, facts, channel=way.channel)
        words = {"kind": kind, "vendor": vendor, "seat": seat, "subject": subject, "body": body}
        if way.state == Message.State.QUEUED:
            words["next_try_at"] = earliest(clock.now(), kind=kind, seat=seat)
        told.append(
            _once(
                f"{key}:{way.channel}",
                words,
                channel=way.channel,
                to=way.to,
                state=way.state,
                error=way.error,
            )
        )
    return told


def tell_guest(seat: Seat, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write to who holds a seat, with the mark where their answer link will stand: to the owner of
    a firm, or (template ``kind``_person) to the person of an office."""
    words = {"seat": seat, "session": seat.session, **context}
    if seat.vendor is not None:
        return tell_vendor(seat.vendor, kind, key=key, **words)
    if seat.user is None or not seat.user.email:
        return []
    return [tell_colleague(seat.user, f"{kind}_person", key=key, **words)]


def tell_person(to: User | str, kind: str, *, key: str, **context: Any) -> Message:
    """Write an e-mail to one of our people, or to an address that somebody left, in Indonesian,
    once for each key."""
    email, person = (to, None) if isinstance(to, str) else (to.email or "", to)
    with translation.override("id"):
        subject, body = words_of(kind, {"person": person, "link": LINK_MARK, **context})
    words = {"kind": kind, "subject": subject, "body": body, "seat": context.get("seat")}
    return _once(key, words, channel=Message.Channel.EMAIL, to=email)


def tell_colleague(person: User, kind: str, *, key: str, **context: Any) -> Message:
    """Write an e-mail to somebody of an office (see ``tell_person``)."""
    return tell_person(person, kind, key=key, **context)


def tell_office(request: ReferralRequest, kind: str, *, key: str, **context: Any) -> list[Message]:
    """Write to everybody of an office that was asked, or to the contact typed for it.

    The text holds a mark where the link will stand: a token may not lie in the outbox.
    """
    people = [person.email for person in request.agency.people.all() if _is_of_office(person)]
    mails = dict.fromkeys(filter(None, [request.email, *people]))
    rows = [(Message.Channel.EMAIL, to, Message.State.QUEUED) for to in mails]
    if request.phone and not is_dead(Message.Channel.WHATSAPP, request.phone):
        rows.append((Message.Channel.WHATSAPP, request.phone, Message.State.BY_HAND))
    told = []
    for place, (channel, to, state) in enumerate(rows):
        with translation.override("id"):
            facts = {"request": request, "link": LINK_MARK, **context}
            subject, body = words_of(kind, facts, channel=channel)
        words = {"kind": kind, "request": request, "subject": subject, "body": body}
        told.append(_once(f"{key}:{channel}:{place}", words, channel=channel, to=to, state=state))
    return told


def _once(key: str, words: dict[str, Any], **way: Any) -> Message:
    """Write a message for this key, or return the one that was written before."""
    known = {"next_try_at": clock.now(), **words, **way}
    return Message.objects.get_or_create(key=key[:80], defaults=known)[0]


def _is_of_office(person: User) -> bool:
    return bool(person.is_active and person.role in (roles.AGENCY, roles.COOPERATIVE))
