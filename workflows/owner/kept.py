"""Everything that is kept about a firm and its owner, in groups: for the owner's own page and for
the copy that the owner may take away (Law 27 of 2022, articles 7 and 13).

One query for each group. Colleagues are told by role and office, never by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext

from documents.models import Paper, PaperFile
from onboarding.models import User
from training.models import Seat
from workflows.models import Consent, Letter, Look, Message, Round
from workflows.owner.copied import copied_of
from workflows.sentences import act_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from onboarding.models import Vendor
    from workflows.models import AuditEvent

SHOWN, MOST = 25, 5_000


@dataclass(frozen=True)
class Group:
    """One kind of data: its title, and rows of (what, details)."""

    title: str
    icon: str
    rows: tuple[tuple[str, str], ...]
    has_more: bool = False


def kept_of(vendor: Vendor) -> tuple[Group, ...]:
    """Return what is kept beside the facts, the newest of each kind first (``SHOWN`` at most)."""
    return (
        _group(_("Papers and what was read on them"), "doc", _paper, _papers(vendor)),
        _group(_("Messages to you"), "chat", _message, _messages(vendor)),
        _group(_("Guidance sessions"), "cal", _seat, _seats(vendor)),
        _group(_("Decisions"), "stamp", _round, _rounds(vendor)),
    )


def _group(title: str, icon: str, told: Callable[[Any], tuple[str, str]], rows: Any) -> Group:
    found = list(rows[: SHOWN + 1])
    return Group(title, icon, tuple(map(told, found[:SHOWN])), has_more=len(found) > SHOWN)


def looks_of(vendor: Vendor, most: int = 50) -> list[tuple[datetime, str, str, str]]:
    """Return who looked: (hour, role, office, what), the newest first."""
    looks = Look.objects.filter(vendor=vendor).select_related("by__agency")[:most]
    return [
        (
            look.at,
            str(User.ROLE_NAMES.get(look.role, look.role)),
            look.by.agency.name if look.by.agency else settings.OFFICE_NAME,
            str(look.get_what_display()),
        )
        for look in looks
    ]


def files_of_firm(vendor: Vendor) -> QuerySet[PaperFile]:
    """The originals of every paper and version, in the order in which they came."""
    files = PaperFile.objects.filter(paper__vendor=vendor).select_related("paper")
    return files.order_by("paper", "position")


def copy_of(
    vendor: Vendor, facts: list[tuple[str, str]], events: Iterator[AuditEvent], *, by: User
) -> dict[str, Any]:
    """Return everything as plain values for a file that another program can read."""
    return {
        "number": vendor.number,
        "name": vendor.name,
        "status": vendor.get_status_display(),
        "facts": dict(facts),
        "papers": [
            {
                "kind": str(one.document_type),
                "version": one.version,
                "received_at": one.received_at.isoformat(),
                "state": one.get_state_display(),
                "declared": one.declared,
                "read_by_machine": one.reading.fields if hasattr(one, "reading") else {},
                "checked_by_officer": one.reviewed,
            }
            for one in _papers(vendor)
        ],
        "messages": [
            {
                "on": one.created_at.isoformat(),
                "to": one.to,
                "subject": one.subject,
                "text": one.sent_body or one.body,
            }
            for one in _messages(vendor)
        ],
        "letters": [
            {"subject": one.subject, "number": one.number, "on": one.created_at.isoformat()}
            for one in Letter.objects.filter(vendor=vendor)[:MOST]
        ],
        "sessions": [
            dict(zip(("session", "details"), _seat(one), strict=True)) for one in _seats(vendor)
        ],
        "decisions": [
            dict(zip(("decision", "details"), _round(one), strict=True)) for one in _rounds(vendor)
        ],
        "consents": [
            {
                "purpose": one.get_purpose_display(),
                "version": one.version,
                "given_at": one.given_at.isoformat(),
                "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else "",
            }
            for one in Consent.objects.filter(vendor=vendor)[:MOST]
        ],
        **copied_of(vendor, by),
        "who_looked": [
            {"at": at.isoformat(), "role": role, "office": office, "what": what}
            for at, role, office, what in looks_of(vendor, MOST)
        ],
        "steps": [
            {
                "at": event.at.isoformat(),
                "by_role": str(event.role),
                "what": str(act_words(event.act)),
                "why": str(reason_words(event.reason)),
            }
            for event in events
        ],
    }


def _papers(vendor: Vendor) -> QuerySet[Paper]:
    papers = Paper.objects.filter(vendor=vendor).select_related("document_type", "reading")
    return papers.defer("reading__text", "reading__checks").order_by("-pk")[:MOST]


def _messages(vendor: Vendor) -> QuerySet[Message]:
    return Message.objects.filter(vendor=vendor).order_by("-pk")[:MOST]


def _seats(vendor: Vendor) -> QuerySet[Seat]:
    seats = Seat.objects.filter(vendor=vendor).select_related("session")
    return seats.order_by("-session__starts_at")[:MOST]


def _rounds(vendor: Vendor) -> QuerySet[Round]:
    decided = Round.objects.filter(case__vendor=vendor).exclude(decision="")
    return decided.select_related("reason_code").order_by("-decided_at")[:MOST]


def _paper(paper: Paper) -> tuple[str, str]:
    reading = getattr(paper, "reading", None)
    found = len(reading.fields) if reading else 0
    read = ngettext("%(count)d value read", "%(count)d values read", found) % {"count": found}
    words = [_day(paper.received_at), str(paper.get_state_display()), read if found else ""]
    version = _("version %(number)d") % {"number": paper.version}
    return f"{paper.document_type} ({version})", _joined(words)


def _message(message: Message) -> tuple[str, str]:
    where = f"{message.get_channel_display()} · {message.get_state_display()}"
    return f"{_day(message.created_at)} · {where}", message.sent_body or message.body


def _seat(seat: Seat) -> tuple[str, str]:
    came = _("came") if seat.arrived_at else str(seat.get_state_display())
    return f"{seat.session.title}", _joined(
        [_day(seat.session.starts_at), seat.session.place, came]
    )


def _round(one: Round) -> tuple[str, str]:
    why = _joined([str(one.reason_code or ""), one.reason])
    day = _day(one.decided_at) if one.decided_at else ""
    return f"{one.get_decision_display()} · {day}", why


def _day(at: datetime) -> str:
    return str(date_format(localtime(at), "DATE_FORMAT"))


def _joined(words: list[str]) -> str:
    return " · ".join(word for word in words if word)
