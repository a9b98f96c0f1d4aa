"""Forms of those who answer for personal data: erasing or keeping, the register of breaches."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import Breach, Erasure

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class DecideErasureForm(forms.ModelForm):
    """Erase or keep, as the button says, with the reason."""

    act = forms.ChoiceField(choices=[("erase", _("Erase")), ("keep", _("Keep"))])

    class Meta:
        model = Erasure
        fields = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class BreachForm(forms.ModelForm):
    """What is known of a breach when it is entered."""

    class Meta:
        model = Breach
        fields = ("is_drill", "what", "known_at", "whose", "which", "people", "done", "advice")
        widgets: ClassVar[dict[str, Any]] = {
            "known_at": MOMENT,
            **dict.fromkeys(("what", "done", "advice"), forms.Textarea(attrs={"rows": 3})),
        }


class AuthorityForm(forms.ModelForm):
    """Which authority was told, and when."""

    class Meta:
        model = Breach
        fields = ("told_whom", "told_at")
        widgets: ClassVar[dict[str, Any]] = {"told_at": MOMENT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class ConcernedForm(forms.Form):
    """Whose businesses are told."""

    numbers = forms.CharField(
        label=_("Numbers of the businesses, one a line"),
        help_text=_("For example VO-2026-000123. Leave it empty to tell every business."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )


class CloseBreachForm(forms.Form):
    """How it ended, and why nobody concerned was told where that is so."""

    done = forms.CharField(
        label=_("What was done about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    untold_reason = forms.CharField(
        label=_("Why the people concerned are not told"),
        help_text=_("Only when they are not. Article 46 of Law 27 of 2022 asks that they are."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=250,
        required=False,
    )

    def __init__(self, *args: Any, is_told: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_told:
            del self.fields["untold_reason"]
