"""A reading in a few lines for a person at a terminal; numbers of persons stay covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.models import ReadValue
from documents.sentences import warning_sentence
from documents.shown import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SURE = 0.9
COVERED = "•" * 12


def summary(reading: dict[str, Any]) -> str:
    """Lay out kind, values, people, comparison and warnings, one to a line."""
    return "\n".join(_lines(reading))


def _lines(reading: dict[str, Any]) -> Iterator[str]:
    yield _("%(kind)s, %(pages)d pages, %(seconds)s s") % reading
    for name, value in reading["fields"].items():
        if name != "persons":
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"  {FIELDS.get(name, name)}: {shown}{_doubt(reading, name)}"
    for person in reading["fields"].get("persons", []):
        nik = COVERED + person["nik"][-4:] if "nik" in person else ""
        yield "  " + " · ".join(filter(None, (person["name"], person.get("role"), nik)))
    for match in reading["matches"]:
        verdict = ReadValue.Verdict(match["verdict"]).label
        yield f"  {FIELDS.get(match['field'], match['field'])}: {match['declared']} → {verdict}"
    for check in reading["checks"]:
        if check["verdict"] == ReadValue.Verdict.DIFFERS:
            values = " · ".join(map(str, check["values"]))
            yield f"  {check['name']}: {ReadValue.Verdict.DIFFERS.label} ({values})"
    for warning in reading["warnings"]:
        yield f"  {warning_sentence(warning) or warning}"


def _doubt(reading: dict[str, Any], name: str) -> str:
    confidence = reading["confidence"].get(name)
    if confidence is None or confidence >= SURE:
        return ""
    return " " + _("(check this)")
