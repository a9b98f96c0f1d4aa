"""What each status means to the owner, in words that give nothing private away.

The status page behind a link shows these and no more; the owner's own page adds what is theirs.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from onboarding.models import Status


class Words(NamedTuple):
    """A headline and what happens next; ``kind`` and ``icon`` as for a note."""

    kind: str
    icon: str
    title: Any
    text: Any


WORDS: Final[dict[str, Words]] = {
    Status.REFERRED: Words(
        "info",
        "clock",
        _("Your business has been named"),
        _("The rules are being checked. You need not do anything now."),
    ),
    Status.INELIGIBLE: Words(
        "warn",
        "alert",
        _("Your business cannot join yet"),
        _("This is not a refusal. Once the point is settled, you go on from here."),
    ),
    Status.ELIGIBLE: Words(
        "info",
        "check",
        _("Your business may join"),
        _("You will be invited to technical guidance. It is free of charge."),
    ),
    Status.INVITED: Words(
        "warn",
        "cal",
        _("You are invited to technical guidance"),
        _("Come on time and bring your identity card (KTP)."),
    ),
    Status.GUIDED: Words(
        "warn",
        "camera",
        _("Send your papers"),
        _("You have followed the technical guidance. Your papers are what is still needed."),
    ),
    Status.SUBMITTED: Words(
        "info",
        "clock",
        _("Your papers are being checked"),
        _("All your papers are in. You need not do anything now."),
    ),
    Status.RETURNED: Words(
        "warn",
        "alert",
        _("Something has to be corrected"),
        _("This is not a refusal. After the correction your papers are checked again."),
    ),
    Status.VERIFIED: Words(
        "info",
        "clock",
        _("Your papers are in order"),
        _("The Bureau decides next. You need not do anything now."),
    ),
    Status.APPROVED: Words(
        "ok",
        "check",
        _("Your business is approved"),
        _("Next, your account at the online shop is made."),
    ),
    Status.REGISTERED: Words(
        "warn",
        "shop",
        _("Your account is ready: put your first product on sale"),
        _("Add a product with a clear photo, a price and a description."),
    ),
    Status.ACTIVE: Words(
        "ok",
        "check",
        _("Your product is on sale"),
        _("Government offices can buy from you now. Keep prices and stock up to date."),
    ),
    Status.REJECTED: Words(
        "bad",
        "x",
        _("Your business was not approved"),
        _("If you do not agree, you may ask once for another look."),
    ),
    Status.SUSPENDED: Words(
        "bad",
        "x",
        _("Your business is suspended"),
        _("You cannot sell for now. Ask the office what has to be settled."),
    ),
    Status.WITHDRAWN: Words(
        "off",
        "x",
        _("Your business has left the programme"),
        _("Do you want to join again? Ask an office to name your business."),
    ),
    Status.LAPSED: Words(
        "off",
        "clock",
        _("The time has run out"),
        _("Do you want to join again? Ask an office to name your business."),
    ),
}


def words_of(status: str) -> Words:
    """Return what a status means to the owner."""
    return WORDS[status]
