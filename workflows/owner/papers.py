"""Which papers this firm must show, which came, and what is to be done with each.

Two queries for any number of papers: the rules of the legal form, and the versions in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from documents import requirements
from documents.models import DraftPage, Paper, PaperMissed, Requirement
from onboarding.models import Status
from workflows.actions.papers import MAY_HAND_IN, may_hand_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import DocumentType
    from onboarding.models import Vendor


@dataclass(frozen=True)
class PaperRow:
    """One paper on the owner's list; ``url`` leads to its page."""

    document_type: DocumentType
    level: str
    paper: Paper | None
    url: str
    kind: str
    icon: str
    word: str
    note: str

    @property
    def is_in(self) -> bool:
        """The firm has handed it in, and it was not sent back."""
        return self.paper is not None and self.paper.state != Paper.State.RETURNED


@dataclass(frozen=True)
class OwnPapers:
    """The owner's list: what is required, and what is asked only when it applies."""

    required: tuple[PaperRow, ...]
    others: tuple[PaperRow, ...]
    may_hand_in: bool

    @property
    def missing(self) -> tuple[PaperRow, ...]:
        """Required papers that are still to come, in the order asked."""
        return tuple(row for row in self.required if not row.is_in)

    @property
    def received(self) -> int:
        """How many required papers are in."""
        return len(self.required) - len(self.missing)

    @property
    def are_being_read(self) -> bool:
        """A worker still has a paper in hand, so the list may be about to change."""
        return any(row.paper and row.paper.is_being_read for row in self.required + self.others)


def own_papers(vendor: Vendor) -> OwnPapers:
    """Return the list of papers of one firm as its owner sees it."""
    rules = list(
        Requirement.objects.filter(legal_form=vendor.legal_form)
        .select_related("document_type")
        .annotate(on_its_way=_photos_saved(vendor), is_missed=_said_missing(vendor))
    )
    on_the_way = {rule.document_type_id: (rule.on_its_way or 0, rule.is_missed) for rule in rules}
    types = {rule.document_type_id: rule.document_type for rule in rules}
    levels = levels_of(vendor.legal_form, rules)
    in_force = (
        Paper.objects.filter(vendor=vendor)
        .exclude(state=Paper.State.REPLACED)
        .select_related("reading")
        .defer("reading__text", "reading__checks")
    )
    papers = {paper.document_type_id: paper for paper in in_force}
    rows = [
        _row(vendor, types[slug], level, papers.get(slug), on_the_way[slug])
        for level, slugs in levels.items()
        for slug in slugs
    ]
    return OwnPapers(
        required=tuple(row for row in rows if row.level == "required"),
        others=tuple(row for row in rows if row.level != "required"),
        may_hand_in=_may_hand_in(vendor),
    )


def _may_hand_in(vendor: Vendor) -> bool:
    """An approved firm whose own query found no change need not be asked about it again."""
    if vendor.status not in MAY_HAND_IN and not getattr(vendor, "has_change", True):
        return False
    return may_hand_in(vendor)


def levels_of(legal_form: str, rows: Sequence[Requirement]) -> dict[str, tuple[str, ...]]:
    """Sort the papers of a legal form that are asked today by how strictly they are asked."""
    rules = [
        requirements.Requirement(
            slug=row.document_type_id,
            legal_form=row.legal_form,
            level=row.level,  # type: ignore[arg-type]  # the column's choices are these levels
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in rows
    ]
    today = timezone.localdate()
    return {
        level: requirements.required_for(legal_form, rules, today, level)
        for level in ("required", "conditional", "optional")
    }


def _photos_saved(vendor: Vendor) -> Subquery:
    """Photos of a paper that was begun and not sent, for each paper that is asked."""
    pages = DraftPage.objects.filter(
        draft__vendor=vendor, draft__document_type=OuterRef("document_type")
    )
    counted = pages.order_by().values("draft").annotate(count=Count("pk"))
    return Subquery(counted.values("count")[:1])


def _said_missing(vendor: Vendor) -> Exists:
    return Exists(
        PaperMissed.objects.filter(vendor=vendor, document_type=OuterRef("document_type"))
    )


def _row(
    vendor: Vendor,
    document_type: DocumentType,
    level: str,
    paper: Paper | None,
    on_the_way: tuple[int, bool],
) -> PaperRow:
    kind, icon, word, note = _look(vendor, level, paper)
    photos, is_missed = on_the_way
    if photos:
        kind, icon, word = "warn", "camera", _("Not sent yet")
        note = ngettext("%(count)d photo saved", "%(count)d photos saved", photos)
        note = note % {"count": photos}
    elif is_missed and paper is None:
        note = _("You do not have it yet: see how to get it")
    url = reverse("workflows:hand_in_paper", args=[vendor.pk, document_type.pk])
    return PaperRow(document_type, level, paper, url, kind, icon, word, note)


def _look(vendor: Vendor, level: str, paper: Paper | None) -> tuple[str, str, str, str]:
    if paper is None:
        word = _("Not sent yet") if level == "required" else _("If it applies")
        return "off", "camera" if level == "required" else "about", word, ""
    if paper.is_being_read:
        return "info", "clock", _("Being read"), _pages_read(paper)
    if paper.state == Paper.State.RETURNED:
        return "warn", "alert", _("Correct it"), ""
    if paper.state == Paper.State.ACCEPTED:
        return "ok", "check", _("Accepted"), ""
    if vendor.status in (Status.SUBMITTED, Status.VERIFIED):
        return "info", "clock", _("Being checked"), ""
    return "info", "check", _("Received"), ""


def _pages_read(paper: Paper) -> str:
    reading = getattr(paper, "reading", None)
    if reading is None or not reading.pages_total:
        return ""
    return _("%(done)s of %(total)s pages read") % {
        "done": reading.pages_done,
        "total": reading.pages_total,
    }
