"""Which paper an owner's page is about: what is asked of the firm, and what is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404

import documents.errors
from documents.models import PaperDraft, Requirement
from workflows import errors
from workflows.owner.papers import levels_of

if TYPE_CHECKING:
    from documents.models import DocumentType
    from onboarding.models import Vendor

REFUSALS: Final = (documents.errors.Refused, errors.Refused)


def asked_paper(vendor: Vendor, slug: str) -> DocumentType:
    """Return a paper that this firm's legal form is asked for today; any other is not found."""
    rules = list(
        Requirement.objects.filter(
            legal_form=vendor.legal_form, document_type_id=slug
        ).select_related("document_type")
    )
    if not any(levels_of(vendor.legal_form, rules).values()):
        raise Http404
    return rules[0].document_type


def draft_of(vendor: Vendor, document_type: DocumentType) -> PaperDraft | None:
    """Return the paper that is being photographed, with its pages, or None."""
    return (
        PaperDraft.objects.filter(vendor=vendor, document_type=document_type)
        .select_related("document_type")
        .prefetch_related("pages")
        .first()
    )
