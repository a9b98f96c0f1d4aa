"""What is filled in around an audit: the assignment letter, a sample, what was found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from onboarding import roles
from onboarding.models import Agency, Region, User
from workflows.forms.desk import ISO, reason_field
from workflows.models import AuditSample, SampledCase

MOST_SAMPLED = 500


class DayField(forms.DateField):
    """A day, asked with the browser's own calendar, or typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format=ISO))
        options.setdefault("input_formats", [ISO, "%d/%m/%Y", "%d-%m-%Y"])
        super().__init__(**options)


class AssignAuditorsForm(forms.Form):
    """The assignment letter as it lies on the table."""

    letter_number = forms.CharField(
        label=gettext_lazy("Number of the assignment letter"), max_length=80
    )
    letter_on = DayField(label=gettext_lazy("Date of the letter"))
    issued_by = forms.CharField(
        label=gettext_lazy("Issued by"),
        help_text=gettext_lazy("The body that audits, for example Inspektorat or BPK."),
        max_length=160,
    )
    auditors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Auditors"),
        help_text=gettext_lazy("People who have an account with the role of auditor."),
        queryset=User.objects.filter(role=roles.AUDITOR, is_active=True),
        widget=forms.CheckboxSelectMultiple,
    )
    access_from = DayField(label=gettext_lazy("They may look from"))
    access_until = DayField(
        label=gettext_lazy("They may look until"),
        help_text=gettext_lazy("The access ends by itself after this day."),
    )
    audited_from = DayField(label=gettext_lazy("Audited period from"))
    audited_until = DayField(label=gettext_lazy("Audited period until"))
    regions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only these regencies and cities"),
        help_text=gettext_lazy("Tick nothing here and below for everything."),
        queryset=Region.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only what these offices named"),
        queryset=Agency.objects.exclude(kind=Agency.Kind.BUREAU).order_by("kind", "name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shows_numbers = forms.BooleanField(
        label=gettext_lazy("The letter says that numbers of persons are handed out uncovered"),
        required=False,
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan or photo of the letter"),
        help_text=gettext_lazy("Its first page is kept, drawn anew."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Periods run forward."""
        cleaned = dict(super().clean() or self.cleaned_data)
        for start, end in (("access_from", "access_until"), ("audited_from", "audited_until")):
            if cleaned.get(start) and cleaned.get(end) and cleaned[end] < cleaned[start]:
                self.add_error(end, _("The end of the period is before its start."))
        return cleaned


class EndAuditForm(forms.Form):
    """Why an access ends before its time."""

    reason = reason_field(rows=2)


class DrawCasesForm(forms.Form):
    """How many cases, by which method; the same seed draws the same cases."""

    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=AuditSample.Method.choices,
        initial=AuditSample.Method.WEIGHTED,
        widget=forms.RadioSelect,
    )
    size = forms.IntegerField(
        label=gettext_lazy("Number of cases"), min_value=1, max_value=MOST_SAMPLED, initial=25
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        help_text=gettext_lazy("Leave it empty to have one drawn. It is kept with the sample."),
        max_length=40,
        required=False,
    )


class NoteSampledForm(forms.Form):
    """What was found at one case."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=SampledCase.Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What the finding is; stays in the product and in the export."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
