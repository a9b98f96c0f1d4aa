"""What a firm declared that a person compares by eye with a paper that no machine reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from onboarding.identifiers import mask_nik, mask_npwp

if TYPE_CHECKING:
    from documents.models import Paper
    from onboarding.models import Vendor

OWNER: Final = ("owner_name", "name")
#: The facts that each kind of paper should bear out; what is not named here bears out whose it is.
FACTS_OF_PAPER: Final[dict[str, tuple[str, ...]]] = {
    "ktp": ("owner_name", "nik", "address"),
    "nib": ("name", "owner_name", "nib", "address", "kbli"),
    "npwp": ("name", "owner_name", "npwp"),
    "pkp": ("name", "npwp", "address"),
    "kswp": ("name", "npwp"),
    "sk-kemenkumham": ("name", "legal_form", "owner_name"),
    "sertifikat-pendaftaran": ("name", "owner_name", "nik", "address"),
    "rekening": OWNER,
    "halal": ("name", "category"),
    "pirt": ("name", "owner_name", "category", "address"),
    "sertifikat-standar": ("name", "nib", "kbli"),
    "foto-produk": ("name", "category"),
    "foto-usaha": ("name", "address"),
}
LABELS: Final = {
    "name": _("Business"),
    "owner_name": _("Owner or director"),
    "nik": "NIK",
    "nib": "NIB",
    "npwp": "NPWP",
    "address": _("Address"),
    "kbli": "KBLI",
    "legal_form": _("Legal form"),
    "category": _("Goods or services"),
}
COVERED: Final = {"nik": mask_nik, "npwp": mask_npwp}


def declared_beside(paper: Paper | None, vendor: Vendor, *, full: bool) -> list[tuple[str, str]]:
    """Return label and value of what this paper should show; nothing for one that is read.

    ``full`` shows the numbers of persons whole, to whoever holds the case.
    """
    if paper is None or paper.document_type.is_read:
        return []
    found = []
    for name in FACTS_OF_PAPER.get(paper.document_type_id, OWNER):
        value = vendor.get_legal_form_display() if name == "legal_form" else getattr(vendor, name)
        if value and name in COVERED and not full:
            value = COVERED[name](value)
        found.append((str(LABELS[name]), str(value or "–")))
    return found
