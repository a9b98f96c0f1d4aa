"""What an owner fills in about their own data, and what an officer answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.identifiers import IdentifierError
from onboarding.models import Vendor
from onboarding.sentences import say
from workflows.forms.vendors import READERS
from workflows.models import Consent, FactCorrection
from workflows.signin import PhoneField


class FactCorrectionForm(forms.ModelForm):
    """One fact that is wrong, how it is right, and why."""

    class Meta:
        model = FactCorrection
        fields = ("fact", "value", "reason")
        labels = {
            "fact": _("What is wrong?"),
            "value": _("How is it right?"),
            "reason": _("Why? For example: moved, typed wrongly"),
        }

    def clean(self) -> dict[str, Any]:
        """Read a number as every other list is read; keep within what the fact can hold."""
        values = super().clean() or self.cleaned_data
        fact, value = values.get("fact"), values.get("value")
        if not fact or not value:
            return values
        try:
            values["value"] = _read(fact, value)
        except forms.ValidationError as error:
            self.add_error("value", error)
        return values


def _read(fact: str, value: str) -> str:
    if fact in READERS:
        try:
            return str(READERS[fact](value).value)
        except IdentifierError as error:
            raise forms.ValidationError(say(error.code, {"value": value})) from None
    return str(forms.fields_for_model(Vendor, [fact])[fact].clean(value))


class PurposeForm(forms.Form):
    """Which consent is given or taken back."""

    purpose = forms.ChoiceField(choices=Consent.Purpose.choices)
    act = forms.ChoiceField(choices=[("give", "give"), ("withdraw", "withdraw")])


class SettleForm(forms.Form):
    """Accept or refuse what an owner asks; a refusal says why."""

    is_accepted = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])
    answer = forms.CharField(label=_("Answer to the owner"), max_length=250, required=False)


class NewPhoneForm(forms.Form):
    """The number of the phone that an owner has now."""

    phone = PhoneField(label=_("New phone number (WhatsApp)"))
