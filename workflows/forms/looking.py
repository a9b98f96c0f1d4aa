"""What those who only look may choose: a period, an act, a role, a version of the reader."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import User
from workflows.sentences.acts import MOVES, OTHERS


class PeriodForm(forms.Form):
    """From when until when; both may stay empty."""

    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        cleaned = dict(super().clean() or self.cleaned_data)
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end of the period is before its start."))
        return cleaned

    def chosen(self) -> dict[str, str]:
        """Return the filters that are set, for links to the next page and to the export."""
        return {name: str(self.data.get(name, "")) for name in self.fields if self.data.get(name)}


class TrailForm(PeriodForm):
    """Narrows the trail; everything may stay empty."""

    act = forms.ChoiceField(
        label=_("Act"),
        required=False,
        choices=[
            ("", _("All acts")),
            (_("Changes of status"), list(MOVES.items())),
            (_("Other acts"), list(OTHERS.items())),
        ],
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("All roles")), *User.ROLE_NAMES.items()],
    )


class AccuracyForm(PeriodForm):
    """Narrows the measured accuracy to a period and a version of the reader."""

    reader = forms.CharField(
        label=_("Version of the reader"), required=False, max_length=20, widget=forms.Select
    )

    def __init__(self, *args: Any, readers: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        versions = [(version, version) for version in readers]
        self.fields["reader"].widget.choices = [("", _("All versions")), *versions]
