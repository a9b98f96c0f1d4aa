"""What owners do not have, in the demonstration: a few said so, in several regions."""

from __future__ import annotations

from documents.actions import miss_paper
from documents.models import DocumentType
from onboarding.models import Status, User, Vendor

#: Which paper the n-th firm does not have.
KINDS = ("npwp", "rekening", "nib", "pkp", "rekening", "npwp")


def say_missing() -> None:
    """Let owners of firms that may send papers say which one they do not have."""
    by = User.objects.system()
    firms = Vendor.objects.filter(status=Status.ELIGIBLE, papers__isnull=True).order_by("-pk")
    for firm, slug in zip(firms[: len(KINDS)], KINDS, strict=False):
        miss_paper(firm.pk, document_type=DocumentType.objects.get(pk=slug), by=by)
