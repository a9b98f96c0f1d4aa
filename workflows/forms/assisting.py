"""The owner's consent, as the helper heard it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import Assistance


class AssistanceForm(forms.ModelForm):
    """Who consented and how; a tick says that the owner knows what it means."""

    knows = forms.BooleanField(
        label=_(
            "The owner knows that I act in the owner’s name, that my name stands beside everything "
            "I do, and that this can be ended at any time."
        ),
        error_messages={"required": _("Explain it to the owner first.")},
    )

    class Meta:
        model = Assistance
        fields = ("consent_of", "way", "note")
        labels = {"consent_of": _("Who gave consent"), "way": _("How")}
        help_texts = {
            "consent_of": _("The owner or director, by name."),
            "note": _("For example where, or the number of the letter."),
        }
