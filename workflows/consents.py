"""What an owner agrees to, purpose by purpose; who agreed agreed to the words of one version.

A change of wording is a new version: the old consents keep theirs, and the page asks again.
Law 27 of 2022, articles 20 to 22: consent for one purpose, in plain words, as easy to take back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from onboarding import roles
from workflows.models import Consent

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from onboarding.models import User, Vendor


@dataclass(frozen=True)
class Wording:
    """The words of one purpose, and the version that is kept with a consent."""

    version: str
    says: Promise
    if_withdrawn: Promise


WORDINGS: Final[dict[str, Wording]] = {
    Consent.Purpose.PROCESSING: Wording(
        "1 (2026-11-22)",
        _(
            "The office keeps and checks the data and papers of my business, only to bring it into "
            "JATIM BEJO, as the privacy page says."
        ),
        _("Without it your business cannot stay in the programme: taking it back means leaving."),
    ),
    Consent.Purpose.MESSAGES: Wording(
        "1 (2026-11-22)",
        _("The office may write to me about other programmes for small businesses."),
        _("You then get only what concerns your own application."),
    ),
    Consent.Purpose.PUBLICITY: Wording(
        "1 (2026-11-22)",
        _("The name and pictures of my business may stand in public reports and news."),
        _("What is printed already stays printed; nothing new is added."),
    ),
}


def asks_consent(user: User, vendor: Vendor) -> bool:
    """Whether the button that sends a paper must say what is agreed to by pressing it."""
    if user.role != roles.VENDOR:
        return False
    standing = Consent.objects.filter(
        vendor=vendor,
        purpose=Consent.Purpose.PROCESSING,
        version=WORDINGS[Consent.Purpose.PROCESSING].version,
        withdrawn_at__isnull=True,
    )
    return not standing.exists()
