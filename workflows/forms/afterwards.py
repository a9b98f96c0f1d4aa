"""What is filled in after a session at the desk: a photograph, who signs certificates, why one is
revoked, what a stranger checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from training.models import SessionPicture


class PictureForm(forms.Form):
    """What the photograph shows."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is on it?"),
        choices=SessionPicture.Kind.choices,
        initial=SessionPicture.Kind.PHOTOGRAPH,
        widget=forms.RadioSelect,
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        help_text=gettext_lazy("Stands under the photograph in the report."),
        max_length=120,
        required=False,
    )


class SignCertificatesForm(forms.Form):
    """Who signs the certificates, and when."""

    signed_by_name = forms.CharField(label=gettext_lazy("Signed by"), max_length=120)
    signed_on = forms.DateField(
        label=gettext_lazy("Date of the signature"),
        widget=forms.DateInput(attrs={"placeholder": "21/11/2026"}),
    )

    def clean_signed_on(self) -> date:
        """Nothing is signed tomorrow."""
        day: date = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day


class ReissueForm(SignCertificatesForm):
    """The name as it should stand on the new certificate."""

    name = forms.CharField(label=gettext_lazy("Name on the certificate"), max_length=120)
    field_order = ("name", "signed_by_name", "signed_on")


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stays on record; the public page only says that it is revoked."),
        max_length=160,
    )


class CheckCertificateForm(forms.Form):
    """What stands on a certificate."""

    number = forms.CharField(
        label=gettext_lazy("Number of the certificate"),
        help_text=gettext_lazy("Example: SERT/2026/00001"),
        max_length=40,
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Sixteen letters and digits beside the QR."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean(self) -> dict[str, Any]:
        """Spaces do not matter."""
        said: dict[str, Any] = self.cleaned_data
        if "number" in said:
            said["number"] = "".join(said["number"].upper().split())
        return said
