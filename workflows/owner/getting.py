"""How one gets a paper that one does not have: what to do, who issues it, who helps, what it costs.

"Free of charge" stands only where our reference says so. For everything else no price is told,
because it differs and changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.translation import gettext, gettext_lazy as _

if TYPE_CHECKING:
    from documents.models import DocumentType
    from onboarding.models import Region

#: What to do.
WAYS: Final[dict[str, Any]] = {
    "ktp": _("Ask for it, or for a new one, at the population office (Dukcapil)."),
    "nib": _("Make an account at oss.go.id and print the NIB yourself."),
    "npwp": _("Register at the tax office of your region, or through its website."),
    "akta-pendirian": _("Ask the notary who wrote the deed for a copy; a notary keeps every deed."),
    "akta-perubahan": _("Ask the notary who wrote the last change for a copy."),
    "sk-kemenkumham": _("Your notary can print it from the AHU website of the Ministry of Law."),
    "sertifikat-pendaftaran": _(
        "Sign in at the AHU website with the account that you made the company with."
    ),
    "pkp": _("If you do not collect VAT, you can agree to a statement here instead."),
    "kswp": _("Your tax office tells you your status, or its website does."),
    "rekening": _("Photograph the first page of the savings book."),
    "surat-kuasa": _("Write it yourself, sign it, and add both identity cards."),
    "pakta-integritas": _("You can agree to it here; nothing has to be printed."),
    "surat-pernyataan-pemilik": _("Write it yourself and sign it."),
    "sertifikat-standar": _("Ask for it at oss.go.id with your NIB."),
    "halal": _("Ask for it at the halal agency (BPJPH)."),
    "pirt": _("Ask for it at oss.go.id; the health office of your region helps."),
    "foto-produk": _("Photograph your products by daylight and write the prices."),
    "foto-usaha": _("Photograph the place from the street, with its sign."),
}
#: Where the reference (``onboarding/eligibility/paths.py``) says that it costs nothing: the NIB;
#: and what is agreed to or photographed right here.
FREE: Final = frozenset({"nib", "pakta-integritas", "foto-produk", "foto-usaha"})


#: Examples that lie on their long side (``workflows/sample_deeds/examples.py``).
LYING: Final = frozenset({"ktp", "npwp", "rekening"})


class Example(NamedTuple):
    """A static picture and its size in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Way:
    """The way to a paper, in plain words; ``cost`` is empty where no source tells it."""

    what: str
    issued_by: str
    helped_by: str
    cost: str


def way_to(document_type: DocumentType, region: Region) -> Way:
    """Return how a firm of this region gets a paper."""
    return Way(
        what=str(WAYS.get(document_type.pk, "")),
        issued_by=document_type.issuer,
        helped_by=gettext("Cooperative and SME Office of %(government)s")
        % {"government": region.name},
        cost=gettext("Free of charge") if document_type.pk in FREE else "",
    )


def example_of(document_type: DocumentType) -> Example | None:
    """Return the picture of an invented paper of this kind, or None where there is none."""
    if document_type.pk not in WAYS:
        return None
    width, height = (360, 270) if document_type.pk in LYING else (270, 360)
    return Example(f"examples/{document_type.pk}.webp", width, height)
