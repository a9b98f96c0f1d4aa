"""What is searched, corrected and recorded on a firm's page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from config.gate.shown import FIELD, Shown
from onboarding.actions.knowledge import kbli_codes
from onboarding.identifiers import (
    IdentifierError,
    read_kbli,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
)
from onboarding.models import LegalForm, Region, Status, Vendor
from onboarding.rows import read_rupiah
from onboarding.sentences import say
from workflows.forms.desk import PastDayField, reason_field
from workflows.models import AccessLink

READERS: dict[str, Any] = {
    "nib": read_nib,
    "npwp": read_npwp,
    "nik": read_nik,
    "phone": read_phone,
    "kbli": lambda text: read_kbli(text, kbli_codes()),
}


class VendorFilterForm(forms.Form):
    """Narrows the list; nothing personal, so it may stand in the address."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Every status")), *Status.choices], required=False
    )
    region = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.all(),
        required=False,
        empty_label=_("Every region"),
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"), choices=[("", _("Every form")), *LegalForm.choices], required=False
    )


class SearchForm(forms.Form):
    """Looks for one firm; sent by POST, so that no number stands in an address or a log."""

    wanted = forms.CharField(
        label=_("Name, NIB, phone or VO number"),
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


#: Asked only of who sees these numbers in full.
PERSONAL = ("npwp", "nik", "phone")


class RupiahField(forms.CharField):
    """Whole rupiah, written as people write it: 50.000.000, Rp50 juta."""

    def clean(self, value: Any) -> Any:
        """Return an int, None when empty; refuse what is no amount."""
        text = super().clean(value)
        if not text:
            return None
        amount = read_rupiah(text.casefold())
        if amount is None or amount >= 10**15:
            raise forms.ValidationError(say("amount_invalid", {"value": text}))
        return amount


class CorrectVendorForm(forms.ModelForm):
    """Corrects what is known of a firm; every number is read as the offices' sheets are read."""

    capital = RupiahField(label=_("Business capital (Rp)"), required=False)
    yearly_sales = RupiahField(label=_("Sales in a year (Rp)"), required=False)
    founded_on = PastDayField(label=_("Founded on"), required=False, initial=None)
    reason = reason_field(_("Why it is corrected"))

    class Meta:
        model = Vendor
        fields: ClassVar = [
            "name",
            "legal_form",
            "nib",
            "npwp",
            "owner_name",
            "nik",
            "phone",
            "email",
            "region",
            "address",
            "kbli",
            "category",
            "capital",
            "yearly_sales",
            "founded_on",
        ]
        labels: ClassVar = {"region": _("Regency or city")}

    def __init__(self, *args: Any, in_full: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in () if in_full else PERSONAL:
            del self.fields[name]
        facts = [name for name in self._meta.fields or () if name in self.fields]
        self.shown = Shown({n: self.initial[n] for n in facts}, self.data.get(FIELD, ""))
        for name in [one for one in PERSONAL if one in self.fields and one not in self.shown]:
            del self.fields[name]  # shown since, in another tab: this page did not have it
        for name in READERS.keys() & self.fields.keys():
            # The reader judges the length: "0812-3456-7890 / 0813…" and an NPWP with dots are fine.
            field = self.fields[name]
            field.max_length = None  # type: ignore[attr-defined]  # a CharField
            field.validators = []
            field.widget.attrs.pop("maxlength", None)
            field.widget.attrs.update(inputmode="numeric", autocomplete="off")
        for name in ("capital", "yearly_sales"):
            amount = self.initial.get(name)
            self.initial[name] = "" if amount is None else f"{int(amount)}"

    def _read(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        if not typed:
            return ""
        try:
            return str(READERS[name](typed).value)
        except IdentifierError as error:
            raise forms.ValidationError(say(error.code, {"value": typed})) from None

    def clean_nib(self) -> str:
        """Thirteen digits that no other firm has (the action asks again, under its lock)."""
        nib = self._read("nib")
        if nib and Vendor.objects.standing().filter(nib=nib).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("This NIB already belongs to another business."))
        return nib

    def clean_npwp(self) -> str:
        """Sixteen digits, or fifteen in the old form."""
        return self._read("npwp")

    def clean_nik(self) -> str:
        """Sixteen digits with a date of birth inside."""
        return self._read("nik")

    def clean_phone(self) -> str:
        """A number that can be called, as +62…"""
        return self._read("phone")

    def clean_kbli(self) -> str:
        """Five digits of a list that is in force."""
        return self._read("kbli")

    def changes(self) -> dict[str, Any]:
        """What was typed other than the page showed it."""
        return self.shown.changes(self.cleaned_data)


class MakeLinkForm(forms.Form):
    """Which door a link opens."""

    purpose = forms.ChoiceField(choices=AccessLink.Purpose.choices)


class DelistForm(forms.Form):
    """Why the operator took the firm off sale."""

    reason = reason_field(_("The operator’s reason"))

    def clean_reason(self) -> str:
        """The listing keeps 250 characters."""
        return str(self.cleaned_data["reason"])[:250]


class RelistForm(forms.Form):
    """Since when the firm is on sale again."""

    on_sale_on = PastDayField(label=_("On sale again since"))
