"""How people get in: a code for owners, a first password for those who were invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import AddEmailForm, ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import onboarding.actions

if TYPE_CHECKING:
    from onboarding.models import User


class RequestCodeForm(RequestLoginCodeForm):
    """Asks for a code; a contact that an office named gets its account opened on the first code."""

    def clean_phone(self) -> str:
        """Open the account behind a phone before allauth looks for it."""
        phone: str = self.cleaned_data["phone"]
        if phone:
            onboarding.actions.open_owner_account(phone=phone)
        return str(super().clean_phone())

    def clean_email(self) -> Any:
        """Open the account behind an e-mail before allauth looks for it."""
        email: str = self.cleaned_data["email"]
        if email:
            onboarding.actions.open_owner_account(email=email)
        return super().clean_email()

    def clean(self) -> Any:
        """Ask for one of the two: allauth itself breaks off when both are left empty."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("phone") and not cleaned.get("email"):
            raise forms.ValidationError(_("Type your phone number or your e-mail."))
        return cleaned


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Takes the code; a phone shows its number keys and offers the code from the message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "class": "otp"})


class OtherEmailForm(AddEmailForm):
    """Takes no other address: whoever took one that an office wrote down for a business, without
    showing that it is theirs, would be asked to prove that business with a number that is public.
    """

    def clean_email(self) -> str:
        """Refuse, and say who changes it."""
        raise forms.ValidationError(
            _("Only the Bureau can change your email address. Ask the officer.")
        )


class FirstPasswordForm(forms.Form):
    """Chooses the password of a new account, typed twice and judged by the house's rules."""

    new = {"autocomplete": "new-password"}
    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs=new),
        strip=False,
        help_text=gettext_lazy("At least 12 characters. A short sentence is easy to remember."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        widget=forms.PasswordInput(attrs=new),
        strip=False,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords, and one that is easy to guess for this person."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        password, again = values.get("password"), values.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        if password:
            try:
                password_validation.validate_password(password, self.person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values
