"""The request that a page was opened for: from the address, or as it comes back with the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.gate.keys import read_key
from onboarding.models import ReferralRequest

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn


def asked_in(request: SignedIn) -> ReferralRequest | None:
    """Return the open request named by the address or the form, if this person may see it."""
    key = read_key(request.POST.get("request") or request.GET.get("request", ""))
    visible = ReferralRequest.objects.visible_to(request.user).is_open()
    return visible.select_related("campaign", "agency").filter(pk=key).first() if key else None
