"""What people fill in at the door: the ticks, the closing, a correction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from training.forms.planning import ReasonForm


class AttendanceForm(forms.Form):
    """The ticks of one page of the sheet, compared with what the page showed.

    Only what the trainer changed is sent on, so two phones at one door do not undo each other.
    """

    shown = forms.CharField(required=False, max_length=5000)
    q = forms.CharField(required=False, max_length=80)
    then = forms.CharField(required=False, max_length=8)

    def changes(self) -> dict[int, bool]:
        """Return ``{vendor_id: is_here}`` for the ticks that were set or taken away."""
        ticked = _ids(self.data.getlist("present"))  # type: ignore[attr-defined]  # a QueryDict
        shown = _ids(self.cleaned_data["shown"].split(","))
        return dict.fromkeys(ticked - shown, True) | dict.fromkeys(shown - ticked, False)


class CloseSheetForm(forms.Form):
    """Confirms the counts that were shown."""

    present = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("I have checked the list with the people in the room."))


class CorrectAttendanceForm(ReasonForm):
    """What the sheet should have said, and why."""

    present = forms.TypedChoiceField(
        choices=(("1", ""), ("0", "")),
        coerce=lambda value: value == "1",
        widget=forms.HiddenInput,
    )


def _ids(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12}
