"""What people fill in of a hall, and of what is taught."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.forms.fields import LinkField
from training.models import Material, Syllabus, Venue


class VenueForm(forms.ModelForm):
    """A hall: where it is, how many chairs it has."""

    class Meta:
        model = Venue
        fields = ("name", "region", "address", "map_url", "chairs")
        field_classes = {"map_url": LinkField}
        labels = {
            "name": _("Name of the hall"),
            "region": _("Region"),
            "address": _("Address"),
            "map_url": _("Link to the map"),
            "chairs": _("Chairs in this hall"),
        }

    def validate_unique(self) -> None:
        """Left to the action, which says it in a sentence."""

    def validate_constraints(self) -> None:
        """Left to the action too."""

    def clean_chairs(self) -> int | None:
        """A hall without a chair is none."""
        chairs = self.cleaned_data["chairs"]
        if chairs == 0:
            raise forms.ValidationError(_("A hall has at least 1 chair."))
        return chairs

    def facts(self) -> dict[str, Any]:
        """Return what was typed as the action needs it."""
        return dict(self.cleaned_data)


class SyllabusForm(forms.ModelForm):
    """A new version of what is taught."""

    class Meta:
        model = Syllabus
        fields = ("version", "title", "in_force_on")
        labels = {
            "version": _("Version"),
            "title": _("Title"),
            "in_force_on": _("In force from"),
        }
        widgets = {"in_force_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def validate_unique(self) -> None:
        """Left to the action, which says it in a sentence."""


class MaterialForm(forms.ModelForm):
    """A file or a link that belongs to a version."""

    class Meta:
        model = Material
        fields = ("title", "url")
        field_classes = {"url": LinkField}
        labels = {"title": _("Title of the material"), "url": _("Link to the material")}
