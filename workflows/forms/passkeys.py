"""What a passkey answers, before the packages that check it: a strange answer is a wrong one, never
a fault."""

from __future__ import annotations

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy

#: What the packages meet in an answer that no browser gives: other types, missing parts, numbers
#: and brackets without end, bytes that are no key.
STRANGE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)


class CredentialField(forms.JSONField):
    """What a passkey answered; it counts once, so it is never shown again."""

    def to_python(self, value: Any) -> Any:
        """Read the answer; browsers write it in plain letters, without a sign in code."""
        try:
            if "\\u" not in str(value):
                return super().to_python(value)
        except (RecursionError, ValueError):
            pass
        raise get_adapter().validation_error("incorrect_code")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing: what came is not put into the page."""
        return None

    def prepare_value(self, value: Any) -> str:
        """As above."""
        return ""


class _Touched(forms.Form):
    """A form that a passkey fills in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """Check the answer; a strange one is a wrong one."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the package's form beside it
        except STRANGE:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyForm(_Touched, AuthenticateWebAuthnForm):
    """A passkey as the second step of a sign-in."""


class PasskeyAloneForm(_Touched, LoginWebAuthnForm):
    """A passkey in place of a password."""


class PasskeyAgainForm(_Touched, ReauthenticateWebAuthnForm):
    """A passkey before a sensitive act."""


class AddPasskeyForm(AddWebAuthnForm):
    """Names a passkey; unless one says otherwise it opens the account by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)
        self.fields["name"].label = gettext_lazy("Name of this passkey")
        self.fields["name"].help_text = gettext_lazy("Example: office laptop, my phone.")
        self.fields["name"].max_length = 60
        alone = self.fields["passwordless"]
        alone.label = gettext_lazy("Sign in with this passkey alone, without a password")
        alone.help_text = gettext_lazy(
            "The device then asks for your finger, your face or its PIN. Leave it empty for a"
            " security key that has none of these."
        )

    def clean(self) -> dict[str, Any]:
        """Check the answer of the new passkey; a strange one is a wrong one."""
        try:
            return dict(super().clean())
        except STRANGE:
            raise get_adapter().validation_error("incorrect_code") from None
