"""How people get in: a code for owners, a first password for those who were invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _, gettext_lazy

import onboarding.actions
from workflows.signin import PhoneField, account_of, may_ask_for

if TYPE_CHECKING:
    from onboarding.models import User


class RequestCodeForm(RequestLoginCodeForm):
    """Asks for a code in one field; a contact that an office named gets its account opened on the
    first code."""

    contact = forms.CharField(
        label=gettext_lazy("Phone number (WhatsApp) or email"),
        help_text=gettext_lazy("Example: 0812 3456 7890. The one that you gave to the office."),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["phone"], self.fields["email"]

    def clean_contact(self) -> str:
        """Tell a phone from an e-mail, and open the account behind it before allauth looks."""
        contact: str = self.cleaned_data["contact"]
        if "@" in contact:
            typed = {"email": forms.EmailField().clean(contact)}
        else:
            typed = {"phone": PhoneField().clean(contact)}
        self.cleaned_data |= typed
        onboarding.actions.open_owner_account(**typed)
        self._user = account_of(**typed)
        if not may_ask_for("request_login_code", "".join(typed.values()), self._user):
            raise get_adapter().validation_error("too_many_login_attempts")
        return contact


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Takes the code; a phone shows its number keys and offers the code from the message."""

    own_device = forms.BooleanField(
        label=gettext_lazy("This is my own phone"),
        required=False,
        help_text=gettext_lazy(
            "You then stay signed in. Leave it empty on a phone or computer that others use too."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.widget.attrs.update({"inputmode": "numeric", "class": "otp", "autofocus": True})
        del code.widget.attrs["placeholder"]


class NewPasswordForm(ResetPasswordForm):
    """Asks for a link to choose a new password; how often is counted apart for strangers."""

    def clean_email(self) -> str:
        """Find the account, and count."""
        email: str = super().clean_email()
        user = self.users[0] if self.users else None
        if not may_ask_for("new_password", email, user):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


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
