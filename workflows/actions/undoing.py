"""A whole list taken back: the room withdraws its referrals, the desk sees which firms leave.

Nothing is deleted: a firm that only this list named and that has begun nothing moves to
WITHDRAWN, from where a later list brings it back with the facts that are then told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

import onboarding.actions
from documents.models import Paper
from onboarding.models import Referral, ReferralSheet, Vendor
from training.models import Seat
from workflows import lifecycle
from workflows.errors import MoveNotAllowed
from workflows.models import Case
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onboarding.models import User

MOST_LEAVING = 60_000  # as many as a list that is uploaded can name


@dataclass(frozen=True)
class Undoing:
    """What taking a list back would do: so many referrals; firms that leave, firms that stay."""

    referrals: int
    leaving: QuerySet[Vendor]
    staying: QuerySet[Vendor]


def foresee_undoing(sheet: ReferralSheet) -> Undoing:
    """Tell before anything is done what will become of the firms that a list named."""
    mine = Referral.objects.standing().filter(sheet=sheet)
    named = Vendor.objects.filter(Exists(mine.filter(vendor=OuterRef("pk"))))
    begun = [Exists(model.objects.filter(vendor=OuterRef("pk"))) for model in (Seat, Paper, Case)]
    leaving = onboarding.actions.only_named_by(sheet).exclude(begun[0] | begun[1] | begun[2])
    return Undoing(mine.count(), leaving, named.exclude(pk__in=leaving.values("pk")))


@transaction.atomic
def undo_sheet(sheet: ReferralSheet, *, reason: str, by: User) -> ReferralSheet:
    """Take an entered list back, once, with a reason; firms with a life of their own stay."""
    check_may(by, "onboarding.undo_sheet")
    if not ReferralSheet.objects.visible_to(by).filter(pk=sheet.pk).exists():
        raise MoveNotAllowed(_("This list belongs to another office."))
    sheet = ReferralSheet.objects.select_for_update().get(pk=sheet.pk)
    foreseen = foresee_undoing(sheet)
    leaving = list(foreseen.leaving.values_list("pk", flat=True))
    if len(leaving) > MOST_LEAVING:
        raise MoveNotAllowed(_("This list is too long to be taken back on a page."))
    check_no_kinship(by, *leaving)
    staying = foreseen.staying.count()
    counts = {"leaving": len(leaving), "stayed": staying}
    sheet = onboarding.actions.withdraw_sheet(sheet, reason=reason, counts=counts, by=by)
    lifecycle.move_many(leaving, "withdraw", by=by, reason=reason)
    return sheet
