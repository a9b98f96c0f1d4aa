"""What is typed or touched for a second factor; allauth checks it, here are our words and what
follows from too many tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext as _

from workflows import factors
from workflows.signin import GUESSED_AT_SECOND_STEP, count_guess

if TYPE_CHECKING:
    from onboarding.models import User


class _Guarded(forms.Form):
    """A code of the app, or a recovery code, with number keys; its owner hears of guesses."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of the app, or a recovery code")
        code.widget.attrs.update({"inputmode": "numeric", "class": "otp", "autofocus": True})
        code.widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Check the code; at the limit of tries its owner is told."""
        try:
            code = str(super().clean_code())  # type: ignore[misc]  # of the package's form beside it
            if self.authenticator.type == Authenticator.Type.TOTP:
                _use_up(self.user, code)
        except forms.ValidationError:
            tries = f"second step of {self.user.pk}"
            count_guess(tries, lambda: self.user, words=GUESSED_AT_SECOND_STEP)
            raise
        return code


def _use_up(user: User, code: str) -> None:
    """Refuse a code of the app that was taken before, for as long as it could be taken."""
    if not factors.is_first_use(user, code):
        raise get_adapter().validation_error("incorrect_code")


class SetUpAppForm(ActivateTOTPForm):
    """Sets up the app; the code that showed it is used up, as any other."""

    def clean_code(self) -> str:
        """Check the code, and keep that it was used."""
        code = str(super().clean_code())
        _use_up(self.user, code)
        return code


class FactorForm(_Guarded, AuthenticateForm):
    """The second step of a sign-in."""


class FactorAgainForm(_Guarded, ReauthenticateForm):
    """The same before a sensitive act."""
