"""The words of a recommendation as they are kept: in the language of the office."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy as _

APPROVAL: Final = "approve"
REFUSAL: Final = "reject"
WORDS: Final = {
    APPROVAL: _("Recommended for approval."),
    REFUSAL: _("Recommended for refusal."),
}


def advice_words(advice: str, explanation: str = "") -> str:
    """Return a recommendation with its explanation."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{WORDS[advice]} {explanation}".strip()


def is_for_approval(recommendation: str) -> bool:
    """Say whether a kept recommendation is, without any explanation, to approve."""
    with translation.override(settings.LANGUAGE_CODE):
        return recommendation.strip() == gettext("Recommended for approval.")
