"""What is typed on the road of offices: a filter, a step with its evidence, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from onboarding.models import JoiningStep

if TYPE_CHECKING:
    from datetime import date


class FindOfficesForm(forms.Form):
    """Which offices, and at which step."""

    kind = forms.ChoiceField(
        label=_("Offices"),
        choices=[("government", _("Regencies and cities")), ("opd", _("Provincial offices"))],
        required=False,
    )
    step = forms.ChoiceField(
        label=_("Step"), choices=[("", _("All")), *JoiningStep.Step.choices], required=False
    )


class JoiningStepForm(forms.Form):
    """A step, its day, and what shows it."""

    step = forms.ChoiceField(label=_("Step"), choices=JoiningStep.Step.choices)
    taken_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=250,
        help_text=_("For example the number and date of a letter, or of the first order."),
    )

    def clean_taken_on(self) -> date:
        """A step is written when it was taken, not before."""
        day: date = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day


class WithdrawForm(forms.Form):
    """Why a step is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("Stays on record and is read by auditors."),
    )
