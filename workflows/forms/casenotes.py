"""What a colleague writes for the next one."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import CaseNote


class CaseNoteForm(forms.ModelForm):
    """One note on a case."""

    class Meta:
        model = CaseNote
        fields: ClassVar = ["text"]
        labels: ClassVar = {"text": _("Note for colleagues")}
        help_texts: ClassVar = {
            "text": _("The business does not see it, auditors do. No NIK and no phone numbers."),
        }
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 2})}
