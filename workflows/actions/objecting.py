"""The owner's "that is wrong" beside a value that was read; by itself it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

import documents.actions
from documents.models import Paper
from workflows import audit
from workflows.errors import Refused
from workflows.rights import check_may

if TYPE_CHECKING:
    from documents.models import ValueObjection
    from onboarding.models import User, Vendor


@transaction.atomic
def object_to_value(
    vendor: Vendor, *, paper_id: int, field: str, note: str, by: User
) -> ValueObjection | None:
    """Keep an owner's word on a value of a paper in force; None when it was said before.

    Raises ``Refused`` when the paper or the value is no longer there.
    """
    check_may(by, "workflows.hand_in_paper", vendor)
    paper = Paper.objects.filter(pk=paper_id, vendor=vendor).first()
    if paper is None:
        raise Refused(_("This paper was replaced. Load the page again."))
    objection = documents.actions.object_to_value(paper, field=field, note=note, by=by)
    if objection is not None:
        audit.record("object_to_value", by=by, vendor=vendor, paper=paper.pk, field=field)
    return objection
