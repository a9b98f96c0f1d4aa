"""What people fill in to plan a session, and the reason for calling it off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models import Session

#: One attendance sheet must stay a page that a phone can hold and a trainer can oversee.
MOST_SEATS = 300


class PlanSessionForm(forms.ModelForm):
    """Asks for the day once and for two times; ``facts`` gives what the action needs."""

    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label=_("Starts at (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("Ends at (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={
            "min_value": _("A session without seats cannot be held. Type at least 1."),
            "max_value": _("At most %(limit_value)s seats. For more people plan several sessions."),
        },
    )

    class Meta:
        model = Session
        fields = ("title", "audience", "region", "place", "address", "trainer", "syllabus")
        labels = {
            "title": _("Title"),
            "audience": _("For whom"),
            "region": _("Region"),
            "place": _("Place"),
            "address": _("Address"),
            "trainer": _("Trainer"),
            "syllabus": _("Syllabus"),
        }

    field_order = (
        "title", "audience", "region", "place", "address", "day", "starts", "ends", "capacity",
        "trainer", "syllabus",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Say in words what is wrong with the time."""
        cleaned = super().clean() or self.cleaned_data
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the start."))
        if day and day < timezone.localdate():
            self.add_error("day", _("This date has passed."))
        elif day and starts and self._moment(day, starts) <= timezone.now():
            self.add_error("starts", _("This time has passed."))
        return dict(cleaned)

    def facts(self) -> dict[str, Any]:
        """Return the fields of a session, with both moments in the time of the office."""
        cleaned = dict(self.cleaned_data)
        day, starts, ends = (cleaned.pop(name) for name in ("day", "starts", "ends"))
        return {
            **cleaned,
            "starts_at": self._moment(day, starts),
            "ends_at": self._moment(day, ends),
        }

    def _moment(self, day: Any, hour: Any) -> datetime:
        return timezone.make_aware(datetime.combine(day, hour))


class ReasonForm(forms.Form):
    """A reason that stays on record."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("Stays on record and is read by auditors."),
    )
