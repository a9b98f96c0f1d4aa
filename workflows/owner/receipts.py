"""What an owner keeps of a paper that was received: a number, a fingerprint, and a QR for doubters.

The QR leads to a page that says when which kind of paper of which firm was received, no more; its
link is signed, so that nobody makes a receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.models import Paper

if TYPE_CHECKING:
    from datetime import datetime

SALT: Final = "workflows.receipts"


@dataclass(frozen=True)
class Receipt:
    """A receipt in words; ``link`` is what the QR says."""

    paper: Paper
    number: str
    when: str
    files: int
    fingerprint: str
    link: str

    @property
    def text(self) -> str:
        """What is sent by WhatsApp."""
        return _(
            "%(paper)s of %(name)s was received on %(when)s. Receipt %(number)s. "
            "It is free of charge. Check: %(link)s"
        ) % {
            "paper": self.paper.document_type,
            "name": self.paper.vendor.name,
            "when": self.when,
            "number": self.number,
            "link": self.link,
        }


def receipt_of(paper: Paper) -> Receipt:
    """Return the receipt of a paper; the same paper always has the same."""
    return Receipt(
        paper=paper,
        number=number_of(paper),
        when=moment(paper.received_at),
        files=len(paper.files.all()),
        fingerprint=" ".join(paper.digest[at : at + 4].upper() for at in range(0, 12, 4)),
        link=settings.SITE_URL + reverse("workflows:receive_receipt_link", args=[token_of(paper)]),
    )


def number_of(paper: Paper) -> str:
    """The number that is told on the phone: ``TT-2026-000123``."""
    return f"TT-{localtime(paper.received_at):%Y}-{paper.pk:06d}"


def token_of(paper: Paper) -> str:
    """What stands in the link of the QR."""
    return Signer(salt=SALT).sign(str(paper.pk)).replace(":", ".")


def paper_of(token: str) -> Paper | None:
    """Return the paper that a token was made for; None for a token that we did not make."""
    try:
        pk = Signer(salt=SALT).unsign(token.replace(".", ":", 1))
    except BadSignature:
        return None
    return Paper.objects.select_related("vendor", "document_type").filter(pk=pk).first()


def moment(at: datetime) -> str:
    """A moment as people say it: weekday, day, hour."""
    local = localtime(at)
    return f"{date_format(local, 'LONG_DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')} WIB"
