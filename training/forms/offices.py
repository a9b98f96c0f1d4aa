"""People of offices as they are typed or pasted: name; position; office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from training.actions import Person

MOST_LINES = 300


class OfficePeopleForm(forms.Form):
    """A pasted list for the bureau; each line names a person, a position and an office.

    ``offices`` are all offices; an office is found by its short or its full name.
    """

    people = forms.CharField(
        label=_("Participants"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One person on a line: name; position; office. Rows of a table may be pasted."),
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {
            name.casefold(): office
            for office in offices
            for name in (office.name, office.short_name, office.code)
        }

    def clean_people(self) -> dict[Any, list[Person]]:
        """Return the people by their office; every line that is not understood is named."""
        found: dict[Any, list[Person]] = {}
        faults = []
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                gettext("At most %(most)d people at once.") % {"most": MOST_LINES}
            )
        for number, line in enumerate(lines, start=1):
            cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
            name, position, office = [*cells, "", "", ""][:3]
            agency = self.offices.get(office.casefold())
            if not name or agency is None:
                faults.append(_fault(number, name, office))
                continue
            found.setdefault(agency, []).append(Person(name, position))
        if faults:
            raise forms.ValidationError(faults[:20])
        return found


class OwnPersonForm(forms.Form):
    """One person of one's own office."""

    name = forms.CharField(label=_("Name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=80, required=False)


def _fault(number: int, name: str, office: str) -> str:
    if not name:
        return gettext("Line %(number)d has no name.") % {"number": number}
    if not office:
        return gettext("Line %(number)d: write the office after the position.") % {"number": number}
    return gettext("Line %(number)d: there is no office called “%(office)s”.") % {
        "number": number,
        "office": office[:60],
    }
