"""Sign-in through django-allauth: closed sign-up, codes to e-mail or phone through the sender
port."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onboarding import roles
from onboarding.identifiers import IdentifierError, read_phone
from onboarding.models import User
from workflows.models import Setting

#: When a session was used last, in seconds; the middleware that slides sessions reads it.
SEEN_AT = "seen_at"


class PhoneField(forms.CharField):
    """A phone number as people type it (0812…, 62812…, +62 812-…), cleaned to ``+62…``."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        """Return the number in E.164 or raise the form's own error."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_phone(text).value
        except IdentifierError:
            raise forms.ValidationError(
                _("This is not a phone number that we can reach. Example: 0812 3456 7890.")
            ) from None


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code. Look at the newest message."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs up: staff and offices are invited, owners are named by an office."""
        return False

    def login(self, request: Any, user: User) -> None:
        """Begin a session: a long one for an owner who says that the phone is their own; any other
        ends with the browser, or after hours without a page."""
        super().login(request, user)
        request.session[SEEN_AT] = int(time.time())
        if user.role == roles.VENDOR and request.POST.get("own_device"):
            days = Setting.value_of("own_device_days")
            request.session.set_expiry(days * 24 * 60 * 60)

    def can_delete_email(self, email_address: Any) -> bool:
        """Nobody takes away the address by which they are known."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """The phone field of the code form."""
        return PhoneField(label=gettext_lazy("Phone number (WhatsApp)"), **kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find the account of a phone."""
        return User.objects.filter(phone=phone, is_active=True).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Tell allauth the person's phone and whether they have shown that it is theirs."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep a phone that allauth has checked."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """A code sent to the phone came back."""
        if user.phone == phone and not user.phone_verified:
            user.phone_verified = True
            user.save(update_fields=["phone_verified"])

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kwargs: Any) -> None:
        """Send a sign-in code through the sender port."""
        words = _("Your Mitra BEJO code is %(code)s. Tell it to nobody, not even an officer.")
        import_string(settings.MESSAGE_SENDER)().text(phone, words % {"code": code})

    def send_unknown_account_sms(self, phone: str, **_kwargs: Any) -> None:
        """A number that no office named gets nothing; the page answers as if it had."""

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Sign-up is closed, so this never has anything to say."""
