"""What a person types on the page of a list: which column is which, a row mended, a doubt answered.

One field per column of the office's own sheet; the rules of a row stay in ``onboarding.rows``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from onboarding.forms import BusinessForm
from onboarding.identifiers import mask_nik
from onboarding.imports import COLUMNS, REQUIRED
from onboarding.models import Region
from onboarding.spellings import FORM_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

    from onboarding.models import SheetRow

LONG_NUMBER = re.compile(r"\d[\d .\-]{8,}\d")
WHY = {
    "title": _("The title says so."),
    "like_title": _("The title is spelt almost like it."),
    "content": _("The cells look like it; please check."),
    "remembered": _("You said so before."),
    "mapping": _("You said so before."),
}


def label_of(key: str) -> str:
    """What a column of ours is called on the screen."""
    return str(BusinessForm.base_fields[key].label)


class ColumnsForm(forms.Form):
    """A choice per column of every sheet that may be a list."""

    def __init__(self, *args: Any, layout: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = list({one["signature"]: one for one in layout.get("sheets", [])}.values())
        choices = [("", _("Not used")), *((c.key, label_of(c.key)) for c in COLUMNS)]
        for number, one in enumerate(self.sheets):
            for column in one["columns"]:
                self.fields[f"s{number}-{column['index']}"] = forms.ChoiceField(
                    label=column["title"]
                    or gettext("Column %(letter)s without a title")
                    % {"letter": letter_of(column["index"])},
                    choices=choices,
                    initial=column["key"],
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        """Refuse a column of ours that is chosen twice; the places stand in ``places``."""
        self.places: dict[str, dict[str, int]] = {}
        for number, one in enumerate(self.sheets):
            places: dict[str, int] = {}
            for column in one["columns"]:
                name = f"s{number}-{column['index']}"
                key = self.cleaned_data.get(name, "")
                if key in places:
                    self.add_error(name, _("This is chosen for another column already."))
                elif key:
                    places[key] = column["index"]
            self.places[one["signature"]] = places
        return self.cleaned_data

    def parts(self) -> Iterator[dict[str, Any]]:
        """Each sheet with its columns: the field, the samples, the reason of our guess."""
        for number, one in enumerate(self.sheets):
            yield {
                "name": one["sheet"],
                "columns": [
                    {
                        "field": self[f"s{number}-{column['index']}"],
                        "letter": letter_of(column["index"]),
                        "samples": [masked(text) for text in column["samples"]],
                        "why": WHY.get(column["reason"], ""),
                    }
                    for column in one["columns"]
                    if column["title"] or column["samples"]
                ],
            }


class FixRowForm(forms.Form):
    """One row as text, with its problem columns first; what is typed is judged by the action."""

    use_required_attribute = False

    def __init__(self, *args: Any, row: SheetRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faulty = {one["column"] for one in row.problems if one["severity"] != "note"}
        values = row.values
        for column in COLUMNS:
            text = str(values.get(column.key, ""))
            self.fields[column.key] = self._field(column.key, text)

    def _field(self, key: str, text: str) -> forms.Field:
        about: dict[str, Any] = {"label": label_of(key), "initial": text}
        about["required"] = key in REQUIRED
        if key not in ("region", "legal_form"):
            return forms.CharField(max_length=300, **about)
        regions = Region.objects.order_by("name", "kind").values_list("display_name", flat=True)
        known = list(regions) if key == "region" else list(FORM_TITLES.values())
        said = [text] if text and text not in known else []
        choices = [("", _("Choose")), *((one, one) for one in [*said, *known])]
        return forms.ChoiceField(choices=choices, **about)

    def first(self) -> list[BoundField]:
        """Return the fields that something is wrong with."""
        return [self[column.key] for column in COLUMNS if column.key in self.faulty]

    def rest(self) -> list[BoundField]:
        """Return the fields with which nothing is wrong."""
        return [self[column.key] for column in COLUMNS if column.key not in self.faulty]


class DoubtForm(forms.Form):
    """How a person knows that a doubted number is right."""

    column = forms.CharField(widget=forms.HiddenInput, max_length=20)
    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = forms.CharField(
        label=_("How do you know that the number is right?"),
        help_text=_("For example: compared with the card."),
        max_length=200,
    )


def letter_of(index: int) -> str:
    """The letter that a spreadsheet shows above a column, from its index."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def masked(text: str) -> str:
    """A sample with long numbers covered: enough to know the column, not the person."""
    return LONG_NUMBER.sub(lambda found: mask_nik(found[0]), text)
