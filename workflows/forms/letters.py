"""What is typed into a letter: its number, its signature, or why it is cancelled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.desk import PastDayField, ReasonForm


class NumberForm(forms.Form):
    """The number that the agenda desk gave, with its date."""

    number = forms.CharField(
        label=_("Letter number"),
        help_text=_("As the agenda desk gave it. Example: 027/1234/022.1/2026"),
        max_length=80,
    )
    dated_on = PastDayField(label=_("Date of the letter"))


class SignForm(forms.Form):
    """Who signed, and when; after this the letter cannot be changed."""

    signed_by_name = forms.CharField(
        label=_("Signed by"), help_text=_("Full name with title"), max_length=120
    )
    signed_on = PastDayField(label=_("Signed on"))


class CancelForm(ReasonForm):
    """Why a letter is cancelled; its number stays used."""


FORMS: dict[str, type[forms.Form]] = {"number": NumberForm, "sign": SignForm, "cancel": CancelForm}


def letter_form(act: str, posted: Any = None) -> forms.Form:
    """Return the form of an act on a letter; raises KeyError for anything else."""
    return FORMS[act](posted, prefix=act)
