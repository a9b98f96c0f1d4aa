"""Where a paper belongs that came under another name: a taxpayer's card among the deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import DocumentType

if TYPE_CHECKING:
    from documents.models import Paper, Reading

SLOTS = {
    "akta_perubahan": ("akta-perubahan",),
    "ktp": ("ktp",),
    "nib": ("nib",),
    "npwp": ("npwp",),
    "sk_ahu": ("sk-kemenkumham", "sertifikat-pendaftaran"),
}


def is_misplaced(reading: Reading) -> bool:
    """Say whether the machine took a paper for another kind than the one asked for."""
    return "wrong_kind" in reading.warnings


def right_slot(paper: Paper, reading: Reading) -> DocumentType | None:
    """Give the document that this firm is asked for and that this paper seems to be, if any."""
    slugs = set(SLOTS.get(reading.kind, ())) - {paper.document_type_id}
    if not slugs or not is_misplaced(reading):
        return None
    asked = {"requirements__legal_form": paper.vendor.legal_form}
    return DocumentType.objects.filter(slug__in=slugs, **asked).distinct().first()
