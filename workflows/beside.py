"""What stands beside a case and is looked at now and then: what the firm was told and did then, and
decided cases that are like this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import Paper, Reading
from onboarding.models import FirmPair, Vendor
from workflows.messages import KINDS
from workflows.models import AccessLink, CaseNote, CorrectionItem, Letter, Message, Round

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from onboarding.models import User
    from workflows.models import Case

MOST_NOTES: Final = 50
MOST_TOLD: Final = 20
MOST_SIMILAR: Final = 5
MOST_TIED: Final = 30
#: So many of the newest returns for a reason are looked through for one of the same region.
MOST_RETURNS: Final = 400
DECIDED: Final = (Round.Decision.APPROVED, Round.Decision.REJECTED)


@dataclass(frozen=True)
class Told:
    """One thing that went to the firm, or that came from it afterwards."""

    at: datetime
    icon: str
    title: str
    way: str
    state: str = ""
    text: str = ""
    pk: int = 0
    is_letter: bool = False


@dataclass(frozen=True)
class Similar:
    """A decided case: why it is like this one, and how it was decided."""

    round: Round
    why: str


def notes_of(case: Case) -> list[CaseNote]:
    """Return the notes of colleagues, newest first, of every round."""
    return list(CaseNote.objects.filter(case=case).select_related("by")[:MOST_NOTES])


def told_of(case: Case, user: User) -> list[Told]:
    """Return messages, letters and links to the firm and the papers that came, newest first."""
    vendor = case.vendor_id
    messages = Message.objects.visible_to(user).filter(vendor=vendor)
    letters = Letter.objects.visible_to(user).filter(vendor=vendor)
    letters = letters.exclude(kind=Letter.Kind.VERDICT)  # minutes stay in the house
    links = AccessLink.objects.filter(vendor=vendor).select_related("created_by")
    papers = Paper.objects.filter(vendor=vendor).select_related("document_type").order_by("-pk")
    rows = [
        *map(_message, messages[:MOST_TOLD]),
        *map(_letter, letters[:MOST_TOLD]),
        *map(_link, links[:MOST_TOLD]),
        *map(_paper, papers[:MOST_TOLD]),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[: 2 * MOST_TOLD]


def similar_to(case: Case, user: User) -> list[Similar]:
    """Return decided cases that may help: of firms tied to this one by a deed, a number or the
    look of their records, then of the same region and form returned for the same reason."""
    ties = _ties(case.vendor)
    decided = Round.objects.filter(decision__in=DECIDED).exclude(case=case)
    decided = decided.filter(case__vendor__in=Vendor.objects.visible_to(user))
    decided = decided.select_related("case__vendor", "decided_by", "reason_code")
    rows = list(decided.filter(case__vendor__in=ties).order_by("-pk")[:MOST_SIMILAR])
    found = {row.case_id: Similar(row, ties[row.case.vendor_id]) for row in reversed(rows)}
    missing = MOST_SIMILAR - len(found)
    if missing:
        for row, why in _returned_alike(case, decided):
            found.setdefault(row.case_id, Similar(row, why))
    return sorted(found.values(), key=lambda one: one.round.case.vendor_id not in ties)[
        :MOST_SIMILAR
    ]


def _message(row: Message) -> Told:
    kind = KINDS.get(row.kind)
    return Told(
        at=row.sent_at or row.created_at,
        icon="send",
        title=str(kind.title) if kind else row.subject,
        way=row.get_channel_display(),
        state=row.get_state_display(),
        text=row.sent_body or row.body,
    )


def _letter(row: Letter) -> Told:
    return Told(
        at=row.created_at,
        icon="doc",
        title=row.subject,
        way=_("Letter %(number)s") % {"number": row.number or "DRAF"},
        state=row.get_state_display(),
        pk=row.pk,
        is_letter=True,
    )


def _link(row: AccessLink) -> Told:
    return Told(
        at=row.used_at or row.created_at,
        icon="link",
        title=_("Link: %(purpose)s") % {"purpose": row.get_purpose_display()},
        way=_("made by %(name)s") % {"name": row.created_by},
        state=_("Opened") if row.used_at else _("Not opened"),
    )


def _paper(row: Paper) -> Told:
    return Told(
        at=row.received_at,
        icon="upload",
        title=str(row.document_type),
        way=_("came from the business, version %(version)d") % {"version": row.version},
        state=row.get_state_display(),
    )


def _ties(vendor: Vendor) -> dict[int, str]:
    """Return other firms with why they are tied to this one; the strongest reason last written."""
    pairs = FirmPair.objects.filter(Q(first=vendor) | Q(second=vendor))
    pairs = pairs.exclude(band=FirmPair.Band.DIFFERENT)[:MOST_TIED]
    ties = {
        row.second_id if row.first_id == vendor.pk else row.first_id: _("The records look alike")
        for row in pairs
    }
    named = set(_papers_named(vendor))
    same = Q(papers__in=named) if named else Q()
    same |= Q(phone=vendor.phone) if vendor.phone else Q()
    same |= Q(nik=vendor.nik) if vendor.nik else Q()
    if not same:
        return ties
    others = Vendor.objects.filter(same).exclude(pk=vendor.pk).distinct()[:MOST_TIED]
    for other in others:
        if vendor.nik and other.nik == vendor.nik:
            ties[other.pk] = _("The same owner by NIK")
        elif vendor.phone and other.phone == vendor.phone:
            ties[other.pk] = _("The same phone")
        else:
            ties[other.pk] = _("The same deed")
    return ties


def _papers_named(vendor: Vendor) -> Iterable[int]:
    """Papers of other firms that the checks of this firm's papers name as the same deed."""
    readings = Reading.objects.filter(paper__vendor=vendor).exclude(
        paper__state=Paper.State.REPLACED
    )
    for checks in readings.values_list("checks", flat=True):
        for check in checks:
            yield from check.get("papers", ())


def _returned_alike(case: Case, decided: Any) -> list[tuple[Round, str]]:
    """Cases of the same region and legal form that were asked for the same thing; what is looked
    through is bounded, so that a reason given a million times costs no more than a rare one."""
    asked = CorrectionItem.objects.filter(request__case=case).select_related("reason_code")
    reasons = {item.reason_code_id: str(item.reason_code) for item in asked}
    if not reasons:
        return []
    newest = CorrectionItem.objects.filter(reason_code__in=reasons).exclude(request__case=case)
    pks = list(newest.order_by("-pk").values_list("pk", flat=True)[:MOST_RETURNS])
    alike = CorrectionItem.objects.filter(
        pk__in=pks,
        request__case__region=case.region_id,
        request__case__vendor__legal_form=case.vendor.legal_form,
    ).values_list("request__case", "reason_code")
    why = {of: reasons[code] for of, code in alike}
    rows = decided.filter(case__in=list(why)).order_by("-pk")[:MOST_SIMILAR]
    words = _("Same region and legal form, returned for: %(reason)s")
    return [(row, words % {"reason": why[row.case_id]}) for row in rows]
