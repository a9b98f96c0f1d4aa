"""How a certificate looks on paper and in public: the page that is printed, the few words that
anybody may read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.urls import reverse

from training.codes import grouped
from workflows.letters import LETTERHEAD, SIGNATORY
from workflows.office_letters import long_date
from workflows.printing import print_page

if TYPE_CHECKING:
    from training.models import Certificate


def draw_certificate(certificate: Certificate) -> bytes:
    """Return the certificate as a PDF of one page, with the QR of its public page."""
    return print_page("certificate", on_paper(certificate), style="certificate.css")


def on_paper(certificate: Certificate) -> dict[str, Any]:
    """Everything that the page of a certificate fills in."""
    facts = certificate.facts
    code = grouped(certificate.code)
    address = settings.SITE_URL + reverse("workflows:certificate", args=[code])
    return {
        **facts,
        "number": certificate.number,
        "code": code,
        "day": long_date(date.fromisoformat(facts["day"])),
        "signed_on": long_date(date.fromisoformat(facts["signed_on"])),
        "signed_place": LETTERHEAD["place"],
        "position": SIGNATORY["position"],
        "letterhead": LETTERHEAD,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2),
        "check_at": settings.SITE_URL + reverse("workflows:check_certificate"),
    }


def initials(name: str) -> str:
    """Return the first letter of each word of a name: ``S. A.``."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
