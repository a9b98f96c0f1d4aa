"""Covers numbers of persons in what leaves with a pack; an assignment may say otherwise."""

from __future__ import annotations

import re
from typing import Any, Final

from onboarding.coverings import EMAIL, cover_numbers
from onboarding.identifiers import mask_phone

#: Names of facts whose value is covered whole, but for its end.
NUMBERS: Final = frozenset({"nik", "npwp", "phone", "email", "to", "person_nik"})
#: Facts that hold no number of a person although they look like one.
OPEN: Final = frozenset({"nib", "sha256", "digest", "hash", "number"})
_LINK: Final = re.compile(r"https?://\S+")
#: Among bare figures only these are taken for numbers of persons; others are amounts and counts.
_BARE: Final = re.compile(r"\d{15,16}|628\d{7,11}")


def covered(value: Any, name: str = "") -> Any:
    """Return facts with numbers and addresses of persons covered, however deep they lie."""
    if isinstance(value, dict):
        return {key: covered(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [covered(one, name) for one in value]
    if value is None or isinstance(value, bool) or name in OPEN:
        return value
    if name.rpartition(".")[2] in NUMBERS:
        return mask_phone(str(value))
    if isinstance(value, str):
        return without_numbers(value)
    return "•••" if _BARE.fullmatch(str(value)) else value


def without_numbers(text: str) -> str:
    """Return free text with long numbers, addresses and links covered."""
    for pattern in (_LINK, EMAIL):
        text = pattern.sub("•••", text)
    return cover_numbers(text, "•••")
