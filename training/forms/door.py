"""What devices at the door send, and what people settle; nothing a device sends is trusted."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from training import actions
from training.forms.fields import ScannedField
from training.forms.planning import ReasonForm
from training.models import Scan, Seat

MOST_SCANS: Final = 500
_GUEST: Final = ("name", "business", "phone", "region", "legal_form", "nib")
_WHAT, _VIA = frozenset(Scan.What.values), frozenset(Seat.ArrivedVia.values)
#: Further ahead, the difference to our own clock fits into no column of whole seconds.
_YEAR_2090 = 3_786_912_000_000
#: What reading something that our page does not send ends in: other types, other numbers (1e999),
#: brackets without end.
_NOT_OURS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


class NotFromDoor(ValueError):
    """These bytes are not what our page at the door sends."""


def read_door(raw: bytes) -> tuple[actions.Report, list[actions.Seen], list[str]]:
    """Read what a device sent: its report, its marks, and the ids of marks that make no sense.

    Raises ``NotFromDoor`` when the whole is not ours. Times are milliseconds since 1970 by the
    device's clock.
    """
    try:
        told = json.loads(raw)
        report = actions.Report(
            device=str(uuid.UUID(_word(told["device"]))),
            sent_at=_moment(told["sent_at"]),
            unsent=max(0, min(int(told.get("unsent", 0)), 100_000)),
            is_done=bool(told.get("done")),
        )
        sent = told["scans"]
    except _NOT_OURS as error:
        raise NotFromDoor from error
    if not isinstance(sent, list) or len(sent) > MOST_SCANS:
        raise NotFromDoor
    seen, strange = [], []
    for one in sent:
        try:
            seen.append(_seen(one))
        except _NOT_OURS:
            name = one.get("id", "") if isinstance(one, dict) else ""
            strange.append(name[:36] if isinstance(name, str) else "")
    return report, seen, strange


def _seen(one: dict[str, Any]) -> actions.Seen:
    what, via = one["what"], one.get("via", "")
    if what not in _WHAT or via not in _VIA:
        raise ValueError
    guest = one.get("guest") or {}
    seat = one.get("seat")
    return actions.Seen(
        scan_id=uuid.UUID(_word(one["id"])),
        what=what,
        via=via,
        at=_moment(one["at"]),
        seat_id=int(seat) if seat else None,
        proof=_text(one.get("proof"), 200),
        reason=_text(one.get("reason"), 160),
        guest={name: _text(guest.get(name), 120) for name in _GUEST if guest.get(name)},
    )


def _word(value: object) -> str:
    """A text as it came; anything that holds more is none of ours."""
    if not isinstance(value, str):
        raise TypeError
    return value


def _text(value: object, most: int) -> str:
    """Return a text that any database takes: no NUL, no half of a sign, not longer than asked."""
    text = _word(value or "").encode(errors="ignore").decode()
    return text.replace("\x00", "").strip()[:most]


def _moment(milliseconds: object) -> datetime:
    number = int(milliseconds)  # type: ignore[call-overload]  # anything else is a TypeError
    if not 0 < number < _YEAR_2090:
        raise ValueError
    return datetime.fromtimestamp(number / 1000, tz=UTC)


class DoorFileForm(forms.Form):
    """The file that a device wrote when it could not send."""

    file = ScannedField(
        label=_("File from the door (.json)"),
        max_length=120,
        most_bytes=1024 * 1024,
        error_messages={"too_large": _("This file is too large to be one from the door.")},
    )

    def clean_file(self) -> tuple[actions.Report, list[actions.Seen], list[str]]:
        """Read the file as what a device sends."""
        try:
            return read_door(self.cleaned_data["file"].read())
        except NotFromDoor:
            raise forms.ValidationError(
                _("This is not a file from the door. Export it again on the device."),
                code="not_from_door",
            ) from None


class SettleForm(ReasonForm):
    """Who was right where devices disagree."""

    present = forms.TypedChoiceField(
        label=_("What was true"),
        choices=(("1", _("Was there")), ("0", _("Was not there"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    field_order = ("present", "reason")


class HallCodeForm(forms.Form):
    """The code on the screen of the hall, as somebody types it."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
