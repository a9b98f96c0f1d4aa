"""A list taken back whole: its referrals are withdrawn, nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import NotAllowed, Refused, SheetNotReady
from onboarding.models import Referral, ReferralSheet, Vendor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onboarding.models import User

LONGEST_REASON = 250


def only_named_by(sheet: ReferralSheet) -> QuerySet[Vendor]:
    """The firms that no other standing referral names and to which no account is tied."""
    others = Referral.objects.standing().filter(vendor=OuterRef("pk")).exclude(sheet=sheet)
    named = Vendor.objects.standing().filter(
        Exists(Referral.objects.standing().filter(vendor=OuterRef("pk"), sheet=sheet))
    )
    merged = Vendor.objects.filter(merged_into=OuterRef("pk"))
    return named.filter(~Exists(others), ~Exists(merged), memberships__isnull=True)


@transaction.atomic
def withdraw_sheet(
    sheet: ReferralSheet, *, reason: str, counts: dict[str, int], by: User
) -> ReferralSheet:
    """Withdraw every referral of an entered list, once; firms are the desk's to move.

    ``counts`` are what the desk has done, for the one event of the act.
    """
    if not by.may("onboarding.undo_sheet"):
        raise NotAllowed(_("Your role cannot take a list back."))
    if not reason.strip():
        raise Refused(_("Say why the list is taken back."))
    now = timezone.now()
    changed = ReferralSheet.objects.filter(pk=sheet.pk, state=ReferralSheet.State.ENTERED).update(
        state=ReferralSheet.State.UNDONE,
        undone_at=now,
        undone_by=by,
        undo_reason=reason.strip()[:LONGEST_REASON],
    )
    sheet.refresh_from_db()
    if changed != 1:
        raise SheetNotReady(
            _("This list is “%(state)s” now. Somebody may have just done it; look at it again.")
            % {"state": sheet.get_state_display()}
        )
    taken_back = Referral.objects.standing().filter(sheet=sheet)
    counts = {"taken_back": taken_back.update(withdrawn_at=now, withdrawn_by=by), **counts}
    events.sheet_undone.send(sender=ReferralSheet, sheet=sheet, counts=counts, by=by)
    return sheet
