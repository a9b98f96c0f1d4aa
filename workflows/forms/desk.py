"""Fields that several forms of the desk share: a reason, a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

REASON_LENGTH = 500  # as long as the trail keeps a reason
ISO = "%Y-%m-%d"


def reason_field(label: Any = None, *, rows: int = 3, **options: Any) -> forms.CharField:
    """A reason in words, kept in the trail as it was typed."""
    options.setdefault("max_length", REASON_LENGTH)
    return forms.CharField(
        label=label or _("Reason"),
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class PastDayField(forms.DateField):
    """A day that has come: asked with the browser's own calendar, never in the future."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format=ISO))
        options.setdefault("input_formats", [ISO, "%d/%m/%Y", "%d-%m-%Y"])
        options.setdefault("initial", timezone.localdate)
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Refuse tomorrow."""
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("This date is in the future."))
        return day


class ReasonForm(forms.Form):
    """One reason, for acts that need nothing else."""

    reason = reason_field()
