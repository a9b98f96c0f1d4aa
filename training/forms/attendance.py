"""What people fill in at the door: the ticks, the closing, a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.gate.keys import read_key
from training.forms.planning import ReasonForm
from training.models import Seat

#: Why somebody is marked by hand; the devices at the door offer the same.
REASONS = (
    ("no_pass", _("has no pass with them")),
    ("unreadable", _("the pass cannot be read")),
    ("no_camera", _("the camera does not work")),
    ("paper", _("copied from the signed list")),
    ("mistake", _("the mark before was a mistake")),
)


class AttendanceForm(forms.Form):
    """The ticks of one page of the sheet, compared with what the page showed.

    Only what the trainer changed is sent on, so two phones at one door do not undo each other.
    """

    shown = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    then = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why by hand"),
        choices=(("", _("Choose, or type below")), *REASONS),
        required=False,
        error_messages={"required": _("Say why this is marked by hand.")},
    )
    why_text = forms.CharField(label=_("Another reason"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is marked: a mark by hand proves nothing by itself."""
        cleaned = super().clean() or self.cleaned_data
        if self.changes() and not self.reason():
            self.add_error("why", _("Say why this is marked by hand."))
        return cleaned

    def changes(self) -> dict[int, bool]:
        """Return ``{seat_id: is_here}`` for the ticks that were set or taken away."""
        ticked = self.ticked()
        shown = _ids(self.cleaned_data.get("shown", "").split(","))
        return dict.fromkeys(ticked - shown, True) | dict.fromkeys(shown - ticked, False)

    def ticked(self) -> set[int]:
        """Return the seats that are ticked on the page that was sent."""
        return _ids(self.data.getlist("present"))  # type: ignore[attr-defined]  # a QueryDict

    def reason(self) -> str:
        """Return the reason in words: what was typed, else what was chosen."""
        typed = str(self.cleaned_data.get("why_text") or "").strip()
        return typed or str(dict(REASONS).get(self.cleaned_data.get("why", ""), ""))

    def via(self) -> str:
        """Say how these people came onto the list."""
        is_copied = self.cleaned_data.get("why") == "paper"
        return Seat.ArrivedVia.PAPER if is_copied else Seat.ArrivedVia.HAND


class CloseSheetForm(forms.Form):
    """Confirms the counts that were shown."""

    present = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    despite = forms.CharField(
        label=_("Why devices that did not send are not waited for"),
        required=False,
        max_length=160,
    )
    sure = forms.BooleanField(label=_("I have checked the list with the people in the room."))

    def __init__(self, *args: Any, asks_despite: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_despite and not self.is_bound:
            self.fields["despite"].widget = forms.HiddenInput()


class CorrectAttendanceForm(ReasonForm):
    """What the sheet should have said, and why."""

    present = forms.TypedChoiceField(
        choices=(("1", ""), ("0", "")),
        coerce=lambda value: value == "1",
        widget=forms.HiddenInput,
    )


def _ids(texts: list[str]) -> set[int]:
    return {key for text in texts if (key := read_key(text))}
