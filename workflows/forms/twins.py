"""What a person says of two firms, and what is typed before many are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from workflows.forms.desk import reason_field

if TYPE_CHECKING:
    from workflows.sidebyside import Couple


class SameForm(forms.Form):
    """Which record is kept, and whose word holds for each fact on which the two differ."""

    def __init__(self, *args: Any, couple: Couple, **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [(side.firm.pk, side.firm.number) for side in couple.sides]
        self.fields["kept"] = forms.TypedChoiceField(choices=ids, coerce=int, required=False)
        for row in couple.rows:
            if row.is_open:
                self.fields[f"fact-{row.fact.key}"] = forms.TypedChoiceField(
                    label=row.fact.label, choices=ids, coerce=int, required=False
                )

    def winners(self) -> dict[str, int]:
        """The chosen firm by fact; where nothing was chosen, the proposal holds."""
        return {
            key.removeprefix("fact-"): firm
            for key, firm in self.cleaned_data.items()
            if key.startswith("fact-") and firm
        }


class DifferentForm(forms.Form):
    """Two businesses, with how one knows."""

    reason = reason_field(_("How do you know?"), rows=2, max_length=250)


class CountForm(forms.Form):
    """The number of pairs, typed by hand, so that nobody merges more than they have seen."""

    count = forms.IntegerField(
        label=_("Type the number of pairs"),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PartForm(forms.Form):
    """Why a merge is undone, and what is remembered of the pair."""

    are_two = forms.TypedChoiceField(
        label=_("What was wrong?"),
        choices=[
            ("two", _("They are two businesses: do not ask again")),
            ("one", _("They may be one, but this merge was wrong: ask again")),
        ],
        widget=forms.RadioSelect,
    )
    reason = reason_field()

    def clean_are_two(self) -> bool:
        """Only these two answers."""
        if self.cleaned_data["are_two"] not in ("two", "one"):
            raise forms.ValidationError(gettext("Choose one of the two."))
        return bool(self.cleaned_data["are_two"] == "two")
