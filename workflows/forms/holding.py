"""What a case waits for, and the day on which somebody looks again."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflows.forms.desk import ISO


class HoldForm(forms.Form):
    """Stops the clock of a case."""

    reason = forms.CharField(
        label=_("What does the case wait for?"),
        help_text=_("For example an answer of OSS or another office. The business never reads it."),
        max_length=250,
    )
    look_again_on = forms.DateField(
        label=_("Look again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
        input_formats=[ISO, "%d/%m/%Y", "%d-%m-%Y"],
        initial=lambda: timezone.localdate() + timedelta(days=7),
    )
