"""What is typed on the pages of figures: a list of MSMEs by region, a wish for the forecast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from training.forms.fields import ScannedField
from workflows.actions.bases import MOST_BYTES
from workflows.forms.rules import day_field

if TYPE_CHECKING:
    from datetime import date


class BasesForm(forms.Form):
    """One CSV file."""

    file = ScannedField(
        label=_("List as CSV"),
        help_text=_(
            "Columns: region (code such as 35.78, empty for the province), year, msmes, source."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        most_bytes=MOST_BYTES,
        error_messages={
            "too_large": _("The file is too large. It should hold one short row for each region.")
        },
    )


class ForecastForm(forms.Form):
    """How many firms are to be on sale by when, and how sessions are held."""

    firms = forms.IntegerField(label=_("Businesses to put on sale"), min_value=1, max_value=50_000)
    by = day_field(_("By which day"))
    seats = forms.IntegerField(label=_("Seats in a session"), min_value=1, max_value=300)
    trainers = forms.IntegerField(label=_("Trainers in a session"), min_value=1, max_value=20)
    hours = forms.IntegerField(label=_("Hours of a session"), min_value=1, max_value=12)

    def clean_by(self) -> date:
        """A day that lies ahead, and near enough to be worth a forecast."""
        day: date = self.cleaned_data["by"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(gettext("Choose a day that lies ahead."))
        if day > today + timedelta(days=1830):
            raise forms.ValidationError(gettext("Choose a day within the next five years."))
        return day


def usual(today: date) -> dict[str, Any]:
    """What the form says before anybody has typed."""
    return {
        "firms": 100,
        "by": today + timedelta(days=365),
        "seats": 40,
        "trainers": 1,
        "hours": 5,
    }
