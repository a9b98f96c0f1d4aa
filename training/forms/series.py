"""What people fill in to plan the same session for several dates or regions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from training.forms.planning import (
    HELP,
    LABELS,
    LINK_IS_MISSING,
    LINKS,
    WHAT,
    PlanSessionForm,
    WhatMixin,
    WhenMixin,
    WhereMixin,
    name_of_hall,
)
from training.models import Session, Venue

#: Rows at first, and how many more at a time; the ceiling keeps the page one that can be checked.
ROWS, MORE, MOST_ROWS = 4, 4, 24


class SeriesForm(WhatMixin):
    """What is the same in all sessions of a series."""

    class Meta:
        model = Session
        fields = (*WHAT, "way", "online_url")
        field_classes = LINKS
        labels = LABELS
        help_texts = HELP
        widgets = PlanSessionForm.Meta.widgets

    parts = (
        (PlanSessionForm.parts[0][0],
         ("title", "audience", "syllabus", "trainer", "capacity", "way", "online_url")),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the link where people join by one."""
        cleaned = super().clean()
        if cleaned.get("way") != Session.Way.HALL and not cleaned.get("online_url"):
            self.add_error("online_url", LINK_IS_MISSING)
        return cleaned


class SeriesRowForm(WhenMixin, WhereMixin, forms.ModelForm):
    """One date of a series, and where; the trainer only when it is another one."""

    class Meta:
        model = Session
        fields = ("venue", "region", "place", "trainer")
        labels = {**LABELS, "trainer": _("Trainer, when it is another one")}

    field_order = ("day", "starts", "ends", "venue", "region", "place", "trainer")

    def __init__(self, *args: Any, way: str = "", choices: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way_of = way
        self.fields["trainer"].required = False
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.choices = rows

    def facts(self) -> dict[str, Any]:
        """Return what this row says; a trainer who is not named here is the one of the series."""
        facts = super().facts()
        return {name: value for name, value in facts.items() if name != "trainer" or value}


class BaseRows(forms.BaseFormSet):
    """Rows of which those left empty do not count."""

    def filled(self) -> list[SeriesRowForm]:
        """Return the rows in which something was typed."""
        return [form for form in self.forms if form.has_changed()]


def rows_of(typed: Any, *, way: str, count: int = ROWS) -> BaseRows:
    """Return the rows of a series, bound when something was typed.

    What can be chosen is read once for all rows.
    """
    kind = forms.formset_factory(
        SeriesRowForm, formset=BaseRows, extra=count, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    trainers = get_user_model().objects.filter(role="trainer", is_active=True)
    regions: Any = SeriesRowForm.base_fields["region"]
    choices = {
        "venue": [(hall.pk, name_of_hall(hall)) for hall in Venue.objects.select_related("region")],
        "region": [(region.pk, region.display_name) for region in regions.queryset.all()],
        "trainer": list(trainers.order_by("full_name").values_list("pk", "full_name")),
    }
    choices = {name: [("", "---------"), *rows] for name, rows in choices.items()}
    rows: Any = kind(typed, prefix="row", form_kwargs={"way": way, "choices": choices})
    return cast(BaseRows, rows)
