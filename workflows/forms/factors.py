"""What is typed or touched for a second factor; allauth checks it, here are our words and what
follows from too many tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from workflows.signin import count_guess

if TYPE_CHECKING:
    from onboarding.models import User


class _Guarded(forms.Form):
    """A code of the app, or a recovery code, with number keys; its owner hears of guesses."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of the app, or a recovery code")
        code.widget.attrs.update({"inputmode": "numeric", "class": "otp", "autofocus": True})
        code.widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Check the code; at the limit of tries its owner is told."""
        try:
            return str(super().clean_code())  # type: ignore[misc]  # of the package's form beside it
        except forms.ValidationError:
            count_guess(f"second step of {self.user.pk}", lambda: self.user)
            raise


class FactorForm(_Guarded, AuthenticateForm):
    """The second step of a sign-in."""


class FactorAgainForm(_Guarded, ReauthenticateForm):
    """The same before a sensitive act."""


class AddPasskeyForm(AddWebAuthnForm):
    """Names a passkey; unless one says otherwise it opens the account by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of this passkey")
        self.fields["name"].help_text = gettext_lazy("Example: office laptop, my phone.")
        self.fields["name"].max_length = 60
        alone = self.fields["passwordless"]
        alone.label = gettext_lazy("Sign in with this passkey alone, without a password")
        alone.help_text = gettext_lazy(
            "The device then asks for your finger, your face or its PIN. Leave it empty for a"
            " security key that has none of these."
        )
