"""The second step of signing in: what a person has, and that staff keep at least one.

allauth makes and checks factors; here stands what its pages do not know of us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.shortcuts import redirect

from onboarding.models import SignOn
from workflows import factors

if TYPE_CHECKING:
    from django.http import HttpResponse


class OwnFactors(IndexView):
    """Shows what one has; who must set one up first is told so."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is asked of this person."""
        user = self.request.user
        more = {
            "must_set_up": factors.is_asked_of(user) and not factors.has_one(user),
            "is_linked": SignOn.objects.filter(user=user).exists(),
        }
        return {**super().get_context_data(**kwargs), **more}


class SecondStep(AuthenticateView):
    """Asks for the second step while signing in; the passkey first, where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is a passkey to offer."""
        user = self.stage.login.user
        kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "has_passkey": kept.exists()}


class RemovePasskey(RemoveWebAuthnView):
    """Removes a passkey, but not the last thing that staff can show."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse with a sentence, or remove."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        super().form_valid(form)
        return redirect("mfa_index")


own_factors = OwnFactors.as_view()
second_step = SecondStep.as_view()
remove_passkey = RemovePasskey.as_view()
