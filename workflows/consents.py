"""What an owner agrees to, purpose by purpose; who agreed agreed to the words of one version.

A change of wording is a new version: the old consents keep theirs, and the page asks again.
Law 27 of 2022, articles 20 to 22: consent for one purpose, in plain words, as easy to take back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _, ngettext

from onboarding import roles
from workflows.models import Consent, Setting

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
    # Of the privacy page too: what changes there is a new version here.
    Consent.Purpose.PROCESSING: Wording(
        "2 (2026-11-22)",
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

#: What is kept for how long, as the privacy page says it: the setting, whose time it is, and what
#: holds where the office set none.
UNTIL_ASKED: Final = _("until you ask that it is erased")
FOR_EVER: Final = _("no end is set")
KEPT_FOR: Final[dict[str, tuple[Promise, Promise]]] = {
    "keep_years_left": (_("After your business left, or its referral lapsed"), UNTIL_ASKED),
    "keep_years_refused": (_("After your business was refused"), UNTIL_ASKED),
    "keep_years_approved": (
        _("After the end, where your business had been approved once"),
        UNTIL_ASKED,
    ),
    "keep_years_rows": (_("A row of an office’s list that never became a business"), FOR_EVER),
    "keep_years_lists": (_("The file of an office’s list as it came"), FOR_EVER),
    "keep_years_complaints": (
        _("A settled complaint of somebody without a business"),
        FOR_EVER,
    ),
    "keep_days_messages": (_("Mails to offices and to people who complained"), FOR_EVER),
}


def times_of_keeping() -> list[tuple[str, str]]:
    """Return what is kept and for how long, by the settings in force: a notice that names other
    years than those by which the machine erases would be untrue."""
    numbers = Setting.values_of(*KEPT_FOR)
    return [
        (str(what), _time(setting, numbers[setting]) or str(without))
        for setting, (what, without) in KEPT_FOR.items()
    ]


def _time(setting: str, count: int) -> str:
    if not count:
        return ""
    if setting.startswith("keep_days_"):
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}


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
