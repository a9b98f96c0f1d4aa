"""One number of the programme with its reason, and one closed day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from workflows.forms.desk import ISO
from workflows.models import Setting
from workflows.models.programme import DEFAULT_SETTINGS


class SettingForm(forms.ModelForm):
    """Changes one number; which one stands in the address."""

    reason = forms.CharField(
        label=_("Why it is changed"),
        help_text=_("For example the number and date of the decision. It stays on record."),
        max_length=300,
    )

    class Meta:
        model = Setting
        fields = ("value",)

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields["value"].label = gettext(DEFAULT_SETTINGS[key][1])
        self.fields["value"].widget.attrs["inputmode"] = "numeric"


class HolidayForm(forms.Form):
    """A day on which the office is closed."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
        input_formats=[ISO, "%d/%m/%Y", "%d-%m-%Y"],
    )
    name = forms.CharField(label=_("Name of the day"), max_length=120)
    is_leave = forms.BooleanField(label=_("Collective leave"), required=False)


class HolidayToRemoveForm(forms.Form):
    """Names the day that is open again."""

    day = forms.DateField(input_formats=[ISO])
