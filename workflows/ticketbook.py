"""Tickets as people read them: whose turn it is, how late, what was said, what operators take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from onboarding import roles
from workflows.actions.asking import MAY_ASK_SUPPORT
from workflows.lateness import Lateness
from workflows.models import Ticket, TicketEntry

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

State = Ticket.State
LOOK: Final = {
    State.NEW: ("info", "inbox"),
    State.IN_HAND: ("info", "person"),
    State.WITH_OPERATOR: ("warn", "clock"),
    State.ANSWERED: ("ok", "check"),
    State.CLOSED: ("off", "check"),
}
OWN_SHOWN: Final = 5
LOOKED_BACK: Final = timedelta(days=365)
MOST_COUNTED: Final = 2000


@dataclass(frozen=True)
class Line:
    """One ticket in a list: the look of its state, and how late it is."""

    ticket: Ticket
    kind: str
    icon: str
    late: Lateness | None


@dataclass(frozen=True)
class Load:
    """What one platform's operator was asked: still open, and the days that an answer took."""

    platform: str
    is_open: int
    days: float | None


def line_of(ticket: Ticket) -> Line:
    """Lay out one ticket."""
    kind, icon = LOOK[State(ticket.state)]
    return Line(ticket, kind, icon, late_of(ticket))


def late_of(ticket: Ticket) -> Lateness | None:
    """Say how long the office has; None once it has answered."""
    if ticket.state in (State.ANSWERED, State.CLOSED):
        return None
    days = (ticket.due_on - timezone.localdate()).days
    if days < 0:
        late = ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
        return Lateness("bad", "alert", late)
    if days == 0:
        return Lateness("warn", "clock", _("Due today"))
    day = date_format(ticket.due_on, "MONTH_DAY_FORMAT")
    return Lateness("off", "clock", _("Due %(day)s") % {"day": day})


def told(ticket: Ticket, *, is_for_all: bool) -> list[TicketEntry]:
    """Return the steps of a ticket: those that its owner reads too, or all."""
    entries = ticket.entries.select_related("by")
    return list(entries.filter(is_for_all=True) if is_for_all else entries)


def own_tickets(user: User) -> list[Line]:
    """Return the newest of what a person asked."""
    found = Ticket.objects.of(user).select_related("vendor", "platform")
    return [line_of(ticket) for ticket in found[:OWN_SHOWN]]


def tickets_of_owner(vendor: Vendor, user: User) -> dict[str, Any]:
    """Return what the owner's page says of faults on platforms, with the newest answer to each.

    One query, and none for a firm that is on no platform.
    """
    if vendor.status not in MAY_ASK_SUPPORT:
        return {}
    said = TicketEntry.objects.filter(ticket=OuterRef("pk"), is_for_all=True).exclude(text="")
    said = said.filter(by__role__in=roles.STAFF)
    found = Ticket.objects.filter(vendor=vendor, kind=Ticket.Kind.SUPPORT)
    newest = found.select_related("platform").annotate(
        answer=Subquery(said.order_by("-pk").values("text")[:1])
    )
    return {
        "own_tickets": [(line_of(row), row.answer) for row in newest[:OWN_SHOWN]],
        "may_ask_support": user.may("workflows.ask_support") and user.role == roles.VENDOR,
    }


def loads() -> list[Load]:
    """Count per platform, in one question, the tickets of the last year."""
    since = timezone.now() - LOOKED_BACK
    found = (
        Ticket.objects.filter(kind=Ticket.Kind.SUPPORT, opened_at__gte=since)
        .order_by("-pk")
        .values_list("platform__name", "state", "handed_at", "operator_at")
    )
    by_name: dict[str, list[tuple[Any, ...]]] = {}
    for name, *rest in found[:MOST_COUNTED]:
        by_name.setdefault(name or "–", []).append(tuple(rest))
    return [_load(name, rows) for name, rows in sorted(by_name.items())]


def _load(name: str, rows: list[tuple[Any, ...]]) -> Load:
    waiting = sum(state not in (State.ANSWERED, State.CLOSED) for state, *_times in rows)
    days = [(said - handed).total_seconds() / 86_400 for _s, handed, said in rows if said]
    return Load(name, waiting, round(median(days), 1) if days else None)


def words_for_operator(ticket: Ticket) -> tuple[str, str]:
    """Return subject and text for the operator of a platform: what it needs, and nothing more."""
    vendor = ticket.vendor
    if vendor is None:
        return "", ""
    listing = vendor.listings.filter(platform=ticket.platform_id).first()
    with translation.override("id"):
        subject = _("Fault %(number)s: %(topic)s") % {
            "number": ticket.number,
            "topic": ticket.get_topic_display(),
        }
        text = _(
            "To the operator of %(platform)s\n\n"
            "A business of the JATIM BEJO programme reports a fault.\n\n"
            "Number: %(number)s\n"
            "Business: %(name)s (%(vendor)s)\n"
            "Account or shop: %(account)s\n"
            "What: %(topic)s\n"
            "Reported on: %(day)s\n\n"
            "%(text)s\n\n"
            "Please answer with the number above.\n"
            "%(office)s"
        ) % {
            "platform": ticket.platform or "",
            "number": ticket.number,
            "name": vendor.name,
            "vendor": vendor.number,
            "account": listing.account if listing else "–",
            "topic": ticket.get_topic_display(),
            "day": date_format(timezone.localdate(ticket.opened_at)),
            "text": ticket.text,
            "office": settings.OFFICE_NAME,
        }
    return subject, text
