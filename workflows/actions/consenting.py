"""Consents are written down where they are given: on a page, on paper, with the first paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from workflows import audit
from workflows.consents import WORDINGS
from workflows.models import Consent

if TYPE_CHECKING:
    from onboarding.models import User, Vendor


@transaction.atomic
def note_consent(vendor: Vendor, *, purpose: str, by: User, version: str = "") -> Consent:
    """Write down a consent that was given: on a page, on paper, or by sending the first paper.

    ``version`` names other words than today's, as those of the page of self-referral.
    """
    version = version or WORDINGS[purpose].version
    standing = Consent.objects.filter(vendor=vendor, purpose=purpose, withdrawn_at__isnull=True)
    standing.exclude(version=version).update(withdrawn_at=timezone.now())  # newer words take over
    consent, is_new = standing.get_or_create(
        version=version,
        defaults={"vendor": vendor, "purpose": purpose, "given_by": by},
    )
    if is_new:
        audit.record("give_consent", by=by, vendor=vendor, purpose=purpose, version=consent.version)
    return consent


@transaction.atomic
def take_back_consent(vendor: Vendor, *, purpose: str, by: User) -> None:
    """Write down that a consent counts no more; what was done under it stays done."""
    standing = Consent.objects.filter(vendor=vendor, purpose=purpose, withdrawn_at__isnull=True)
    if standing.update(withdrawn_at=timezone.now()):
        audit.record("withdraw_consent", by=by, vendor=vendor, purpose=purpose)
