"""What people here type in their own way: amounts ("Rp 1.500.000"), and links without https."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from config.gate.refusals import virus_code

MOST: Final = 100_000_000_000
_AMOUNT = re.compile(r"(?:rp\.?\s*)?(-?\d{1,3}(?:[.\s]\d{3})+|-?\d+)(?:,(?:00|-))?", re.IGNORECASE)


class LinkField(forms.URLField):
    """A link to a page; typed without a scheme it means https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class ScannedField(forms.FileField):
    """A file of at most ``most_bytes`` that the antivirus has seen before anything opens it."""

    default_error_messages = {
        "too_large": _("The file is too large to be the one that is asked for."),
        "infected": _(
            "The antivirus found harmful software in this file. Clean your device, then make the"
            " file again."
        ),
        "scan_failed": _(
            "The file could not be checked for viruses just now. Nothing was kept; send it again"
            " later."
        ),
    }

    def __init__(self, *, most_bytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_bytes = most_bytes

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file, or say why it is turned away."""
        file = super().clean(data, initial)
        is_large = (file.size or 0) > self.most_bytes
        code = "too_large" if is_large else virus_code(file, settings.ANTIVIRUS)
        if code:
            raise ValidationError(self.error_messages[code], code=code)
        return file


class RupiahField(forms.CharField):
    """Whole rupiah, zero or more; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"

    def prepare_value(self, value: Any) -> Any:
        """Show a kept amount with its thousands parted."""
        return _parted(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return the amount in rupiah."""
        text = super().clean(value)
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        if found is None:
            raise ValidationError(_("Type the amount in whole rupiah, for example 1.500.000."))
        amount = int(re.sub(r"[.\s]", "", found[1]))
        if amount < 0:
            raise ValidationError(_("A cost cannot be below zero. Type 0 or more."))
        if amount > MOST:
            raise ValidationError(_("This is more than a session can cost. Check the zeros."))
        return amount


def in_rupiah(amount: int | None) -> str:
    """Return an amount as it is written here: Rp1.500.000."""
    return "" if amount is None else f"Rp{_parted(amount)}"


def _parted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
