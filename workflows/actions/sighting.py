"""Originals that an officer saw: where, when, what was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
from documents.models import Paper, Sighting
from workflows import audit, steps
from workflows.errors import ItemsStillOpen, Refused
from workflows.models import Stage
from workflows.rights import check_may, check_no_kinship
from workflows.sighted import has_to_be_seen

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User
    from workflows.models import Case

OFFICE = (Stage.VERIFY, Stage.CORRECT, Stage.DECIDE)


def record_sighting(
    case: Case, *, paper_id: int, place: str, sighted_on: date, note: str = "", by: User
) -> Sighting:
    """Record that the original of a paper in force was seen; it may be recorded again."""
    check_may(by, "workflows.record_sighting", case.vendor)
    check_no_kinship(by, case.vendor)
    if not place.strip():
        raise Refused(_("Write where you saw it."))
    if sighted_on > timezone.localdate():
        raise Refused(_("This date is in the future."))
    with steps.locked(case.pk, at=OFFICE) as case:
        steps.check_in_hand(case, by)
        papers = Paper.objects.filter(pk=paper_id, vendor=case.vendor_id)
        paper = papers.exclude(state=Paper.State.REPLACED).first()
        if paper is None:
            raise Refused(_("This paper was replaced. Load the page again."))
        sighting = documents.actions.record_sighting(
            paper, place=place.strip(), sighted_on=sighted_on, note=note, by=by
        )
        audit.record(
            "record_sighting",
            by=by,
            vendor=case.vendor,
            reason=note,
            case=case.pk,
            paper=paper.document_type_id,
            version=paper.version,
            place=place.strip(),
            on=str(sighted_on),
        )
        return sighting


def check_sighted(case: Case) -> None:
    """Demand, where the Bureau asks for it, that the original was seen; under the case's lock.

    Raises ``ItemsStillOpen``.
    """
    paper = has_to_be_seen(case.vendor)
    if paper is not None:
        raise ItemsStillOpen(
            _("The original of “%(paper)s” has to be seen first. Write down where you saw it.")
            % {"paper": paper.document_type}
        )
