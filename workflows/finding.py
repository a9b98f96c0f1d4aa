"""Everything that a person may see, found from one box: firms, letters, deeds, meetings, tickets.

A number that belongs to one kind only leads straight there. Every kind asks one or two questions
of an index and shows the first few; nothing is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import Paper, ReadValue
from onboarding.identifiers import (
    IdentifierError,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
    read_sk_ahu,
)
from onboarding.models import Agency, Vendor
from onboarding.search import VO_NUMBER, find_firms
from training.models import Certificate, Session
from workflows.actions.asking import NUMBER
from workflows.models import Letter, Ticket
from workflows.owner.receipts import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from onboarding.models import User

FEW: Final = 6
PAGE: Final = 25
MOST_PAGES: Final = 8
SHORTEST: Final = 3
DEED: Final = re.compile(r"(?:(?:akta|deed)\s*)?(?:nomor|no\.?)?\s*(\d{1,6})", re.IGNORECASE)
#: Written out, because SQLite takes a partial index only for a condition without parameters.
OF_DEEDS: Final = RawSQL(
    "documents_readvalue.field IN ('deed_number', 'sk_ahu_number')", (), output_field=BooleanField()
)
#: The number on an owner’s receipt for a paper.
RECEIPT: Final = re.compile(r"TT-\d{4}-(\d{6,12})", re.IGNORECASE)
LETTER: Final = re.compile(r"[^\W\d_]")
HAS_DIGIT: Final = re.compile(r"\d")
#: Numbers of persons: who looks for one leaves the kind of number on the trail, never the number.
PERSONAL: Final = ("nik", "npwp", "phone")
READERS: Final[dict[str, Callable[[str], Any]]] = {
    "nib": read_nib,
    "nik": read_nik,
    "npwp": read_npwp,
    "phone": read_phone,
}


@dataclass(frozen=True)
class Hit:
    """One thing that was found: where it is ("" when it has no page for this person), what it
    is."""

    url: str
    title: str
    about: str
    status: str = ""
    state: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind, and whether there is more of it."""

    kind: str
    label: Any
    hits: list[Hit]
    has_more: bool


def kinds_of_number(wanted: str) -> list[str]:
    """Return which numbers of firms and persons this may be, by its shape alone."""
    if LETTER.search(wanted):
        return []
    return [kind for kind, read in READERS.items() if _read(read, wanted)]


def personal_kinds(wanted: str) -> list[str]:
    """Return which numbers of a person this may be: whoever looks for one is written down."""
    return [kind for kind in kinds_of_number(wanted) if kind in PERSONAL]


def exact_hits(user: User, wanted: str) -> list[Hit]:
    """Return what bears exactly this number: a firm, a ticket, a letter, a receipt, a
    certificate."""
    firms = _numbered_firms(user, wanted)
    hits = [_firm(user, one) for one in firms[:2]]
    if not hits and NUMBER.fullmatch(wanted):
        hits = _tickets(user, wanted)
    for find in (_letters, _receipts, _certificates):
        hits = hits or find(user, wanted)
    return hits


def firms_found(user: User, wanted: str) -> list[int]:
    """Return the firms that words with a number of a person led to: they are kept, and not the
    words."""
    return [firm.pk for firm in _found(user, wanted, PAGE * MOST_PAGES)]


def find_everything(
    user: User, wanted: str | list[int], *, kind: str = "", page: int = 1
) -> list[Group]:
    """Return what was found, kind by kind; with a ``kind`` one page of that kind only. In place of
    words ``wanted`` may name firms (see ``firms_found``)."""
    size = PAGE if kind else FEW
    last = min(max(page, 1), MOST_PAGES) * size
    groups = []
    for name, (label, find) in KINDS.items():
        if kind in ("", name) and (isinstance(wanted, str) or name == "firms"):
            found = find(user, wanted, last + 1)
            hits = found[last - size : last]
            if hits:
                groups.append(Group(name, label, hits, has_more=len(found) > last))
    return groups


def _has_letters(text: str) -> bool:
    """Say whether it may be a part of a name: meetings and offices are not found by digits."""
    return len(text.strip()) >= SHORTEST and bool(LETTER.search(text))


def _read(read: Callable[[str], Any], text: str) -> str:
    try:
        return str(read(text).value)
    except IdentifierError:
        return ""


def _numbered_firms(user: User, wanted: str) -> list[Vendor]:
    """Firms of exactly this VO number, NIB, NIK, NPWP or phone: an index each, one question."""
    seen = Vendor.objects.visible_to(user).select_related("region")
    said = VO_NUMBER.fullmatch(wanted)
    if said:
        return list(seen.filter(pk=int(said[1])))
    fits = Q()
    for kind in kinds_of_number(wanted):
        number = _read(READERS[kind], wanted)
        fits |= Q(**{kind: number}) & ~Q(**{kind: ""})
    return list(seen.filter(fits).order_by("-pk")[: PAGE * MOST_PAGES]) if fits else []


def _firms(user: User, wanted: str | list[int], most: int) -> list[Hit]:
    return [_firm(user, one) for one in _found(user, wanted, most)]


def _found(user: User, wanted: str | list[int], most: int) -> list[Vendor]:
    seen = Vendor.objects.visible_to(user).select_related("region")
    if not isinstance(wanted, str):
        found = seen.in_bulk(wanted[:most])
        return [found[pk] for pk in wanted[:most] if pk in found]  # the best first, as found
    return (_numbered_firms(user, wanted) or find_firms(seen, wanted, most=most))[:most]


def _firm(user: User, firm: Vendor) -> Hit:
    may_open = user.may("workflows.view_vendors")
    return Hit(
        reverse("workflows:vendor", args=[firm.pk]) if may_open else "",
        firm.name,
        f"{firm.number} · {firm.owner_name} · {firm.region.display_name}",
        status=firm.status,
        state=firm.get_status_display(),
    )


def _letters(user: User, wanted: str, most: int = 2) -> list[Hit]:
    if not user.may("workflows.view_letters") or not HAS_DIGIT.search(wanted):
        return []
    seen = Letter.objects.visible_to(user).exclude(number="")
    found = seen.filter(number__in={wanted.strip(), wanted.strip().upper()})
    return [
        Hit(
            reverse("workflows:letter", args=[one.pk]),
            one.number,
            one.subject,
            state=one.get_state_display(),
        )
        for one in found[:most]
    ]


def _deeds(user: User, wanted: str, most: int) -> list[Hit]:
    """Papers on which this number of a deed or of the ministry's decree was read or declared."""
    number = DEED.fullmatch(wanted.strip())
    text = number[1].lstrip("0") if number else _read(read_sk_ahu, wanted)
    if not text or not user.may("documents.view_papers"):
        return []
    of_deeds = ReadValue.objects.filter(OF_DEEDS).order_by()
    papers: set[int] = set()
    for column in ("value", "declared"):
        said = of_deeds.filter(**{column: text}).values_list("reading__paper", flat=True)
        papers |= set(said[: PAGE * MOST_PAGES])
    return [_paper(user, one) for one in _papers(user, papers)[:most]]


def _papers(user: User, ids: set[int]) -> QuerySet[Paper]:
    seen = Paper.objects.visible_to(user).filter(pk__in=ids).exclude(state=Paper.State.REPLACED)
    return seen.select_related("vendor", "document_type").order_by("-pk")


def _paper(user: User, paper: Paper) -> Hit:
    may_open = user.may("workflows.view_vendors")
    url = reverse("workflows:vendor", args=[paper.vendor_id]) if may_open else ""
    return Hit(
        f"{url}?part=work" if url else "",
        str(paper.document_type),
        f"{paper.vendor.name} · {paper.vendor.number}",
        state=paper.get_state_display(),
    )


def _sessions(user: User, wanted: str, most: int) -> list[Hit]:
    if not _has_letters(wanted):
        return []
    named = Q(title__icontains=wanted.strip()) | Q(place__icontains=wanted.strip())
    found = Session.objects.visible_to(user).filter(named).select_related("region")
    return [
        Hit(
            reverse("training:session", args=[one.pk]),
            one.title,
            f"{one.place} · {one.region.display_name}",
            state=one.get_state_display(),
        )
        for one in found.order_by("-starts_at")[:most]
    ]


def _tickets(user: User, wanted: str, most: int = 2) -> list[Hit]:
    said = NUMBER.fullmatch(wanted)
    if said is None or not user.may("workflows.view_tickets"):
        return []
    found = Ticket.objects.visible_to(user).filter(pk=int(said[3]))
    return [
        Hit(
            reverse("workflows:ticket", args=[one.pk]),
            one.number,
            one.get_topic_display(),
            state=one.get_state_display(),
        )
        for one in found[:most]
    ]


def _receipts(user: User, wanted: str, most: int = 2) -> list[Hit]:
    said = RECEIPT.fullmatch(wanted.strip())
    if said is None or not user.may("documents.view_papers"):
        return []
    found = Paper.objects.visible_to(user).filter(pk=int(said[1]))
    papers = found.select_related("vendor", "document_type")[:most]
    return [_paper(user, paper) for paper in papers if number_of(paper) == said[0].upper()]


def _certificates(user: User, wanted: str, most: int = 2) -> list[Hit]:
    if not user.may("training.view_certificates") or not HAS_DIGIT.search(wanted):
        return []
    found = Certificate.objects.visible_to(user).filter(number=wanted.strip().upper())
    return [
        Hit(
            reverse("workflows:certificate", args=[one.code]),
            one.number,
            f"{one.facts.get('name', '')} · {one.facts.get('business', '')}",
            state=str(_("Not valid any more") if one.revoked_at else _("Valid")),
        )
        for one in found[:most]
    ]


def _offices(user: User, wanted: str, most: int) -> list[Hit]:
    """Offices are few, and known to everybody who works with them."""
    text = wanted.strip()
    if not _has_letters(text) or not user.may("onboarding.view_joining"):
        return []
    offices = Agency.objects.exclude(kind=Agency.Kind.BUREAU)
    if not user.sees_every_vendor():
        offices = offices.filter(pk=user.agency_id or 0)
    found = offices.filter(Q(name__icontains=text) | Q(short_name__icontains=text))
    return [
        Hit(
            reverse("onboarding:office_road", args=[one.pk]),
            one.name,
            str(one.get_kind_display()),
        )
        for one in found[:most]
    ]


KINDS: Final[dict[str, tuple[Any, Callable[[Any, Any, int], list[Hit]]]]] = {
    "firms": (_("Businesses"), _firms),
    "letters": (_("Letters"), _letters),
    "deeds": (_("Deeds and decrees"), _deeds),
    "receipts": (_("Receipts of papers"), _receipts),
    "certificates": (_("Certificates"), _certificates),
    "sessions": (_("Guidance"), _sessions),
    "tickets": (_("Complaints and faults"), _tickets),
    "offices": (_("Offices"), _offices),
}
