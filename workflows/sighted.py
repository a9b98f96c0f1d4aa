"""Which originals were seen, and which one has to be seen before a case is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from documents.models import Paper, Sighting
from onboarding.models import LegalForm
from workflows.models import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onboarding.models import Vendor

#: The paper that founds the business: the deed; who has none shows the NIB.
FOUNDING: Final = {LegalForm.SOLE_TRADER: "nib", LegalForm.ONE_PERSON_PT: "nib"}
DEED: Final = "akta-pendirian"


def founding_paper(vendor: Vendor) -> str:
    """Return the kind of paper whose original counts for this legal form."""
    return FOUNDING.get(LegalForm(vendor.legal_form), DEED)


def has_to_be_seen(vendor: Vendor) -> Paper | None:
    """Return the paper whose original still has to be seen (setting ``sighting_required``)."""
    if not Setting.value_of("sighting_required"):
        return None
    papers = Paper.objects.filter(vendor=vendor, document_type=founding_paper(vendor))
    unseen = papers.exclude(state=Paper.State.REPLACED).filter(sightings__isnull=True)
    return unseen.select_related("document_type").first()


def sightings_of(papers: Sequence[Paper]) -> list[Sighting]:
    """Return what was seen of these papers, newest first; no query where nothing was."""
    seen = [paper for paper in papers if paper.sighted_at]
    if not seen:
        return []
    found = Sighting.objects.filter(paper__in=seen).select_related("by", "paper__document_type")
    return list(found)
