"""The officer who holds a case says what really stands on a paper, where the machine was unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

import documents.actions
from documents.models import Paper
from onboarding.identifiers import mask_nik
from workflows import audit, steps
from workflows.errors import Refused
from workflows.models import Stage
from workflows.rights import check_may, check_may_verify

if TYPE_CHECKING:
    from documents.models import ValueReview
    from onboarding.models import User
    from workflows.models import Case

COVERED = frozenset({"person_name", "person_nik", "npwp"})


def review_value(
    case: Case,
    *,
    paper_id: int,
    path: str,
    outcome: str,
    value: str = "",
    note: str = "",
    by: User,
) -> ValueReview:
    """Keep the officer's word on one value of a paper in force, beside the machine's.

    ``path`` names the value as the reading does (``persons.0.nik``); the same word twice is kept
    once. Raises ``Refused`` as the other acts of a case do, and for a value that is not there.
    """
    check_may(by, "workflows.review_value", case.vendor)
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        paper = Paper.objects.filter(pk=paper_id, vendor=case.vendor_id).first()
        if paper is None:
            raise Refused(_("This paper was replaced. Load the page again."))
        before = paper.value_reviews.order_by("pk").last()
        review = documents.actions.review_value(
            paper, path=path, outcome=outcome, value=value, note=note, by=by
        )
        if before is None or review.pk > before.pk:
            audit.record(
                "review_value",
                by=by,
                vendor=case.vendor,
                case=case.pk,
                paper=paper.pk,
                field=review.path,
                outcome=review.outcome,
                read=_covered(review, review.machine_value),
                right=_covered(review, review.value),
            )
        return review


def _covered(review: ValueReview, value: str) -> str:
    return mask_nik(value) if review.field in COVERED else value
