"""How somebody is tied to a firm, why that is over, and the marks of oneself and one's family."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from onboarding.models import Region
from workflows.forms.desk import reason_field
from workflows.models import PersonalMark

NUMBER = re.compile(r"(?:VO-\d{4}-)?0*(\d{1,12})", re.IGNORECASE)


class ConflictForm(forms.Form):
    """Says how one is tied to a firm."""

    reason = reason_field(
        _("How are you tied to it?"),
        help_text=_("For example: my sister’s shop; I worked there until 2024."),
        rows=2,
        max_length=250,
    )


class EndConflictForm(forms.Form):
    """Says of a colleague why a tie is over."""

    reason = reason_field(_("Why is the tie over?"), rows=2, max_length=250)


class FirmNumberForm(forms.Form):
    """Names a firm by the number that stands on its papers with us."""

    number = forms.CharField(
        label=_("Number of the business"),
        help_text=_("For example VO-2026-000123."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_number(self) -> int:
        """The number of the row in it."""
        found = NUMBER.fullmatch(self.cleaned_data["number"].strip())
        if found is None:
            raise forms.ValidationError(gettext("Write it like this: VO-2026-000123."))
        return int(found[1])


class MarkForm(forms.Form):
    """One NIK, phone, e-mail or address of oneself or close family."""

    kind = forms.ChoiceField(
        label=_("Kind of mark"),
        choices=PersonalMark.Kind.choices,
        widget=forms.RadioSelect,
        initial="nik",
    )
    value = forms.CharField(
        label=_("Yours, or of close family"),
        help_text=_("It is turned into a fingerprint at once; nobody can read it afterwards."),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    region = forms.ModelChoiceField(
        label=_("Regency or city of the address"),
        queryset=Region.objects.order_by("name"),
        required=False,
        empty_label=_("Only for an address"),
    )

    def clean(self) -> dict[str, Any]:
        """An address alone says nothing; its regency or city belongs to it."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == PersonalMark.Kind.ADDRESS and not cleaned.get("region"):
            self.add_error("region", gettext("Choose the regency or city."))
        return cleaned
