"""What the machine read on a paper, in plain words for the person who handed it in.

A machine's word never decides: a row says *the same*, *different* or *could not be read*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Paper, ReadValue
from documents.sentences import refusal_sentence, warning_sentence

if TYPE_CHECKING:
    from documents.models import Reading

FIELDS = {
    "deed_number": gettext_lazy("Number of the deed"),
    "deed_date": gettext_lazy("Date of the deed"),
    "notary_name": gettext_lazy("Name of the notary"),
    "notary_seat": gettext_lazy("Seat of the notary"),
    "company_name": gettext_lazy("Name of the business"),
    "entity_form": gettext_lazy("Form of business"),
    "company_seat": gettext_lazy("Seat of the business"),
}
KINDS = {
    ReadValue.Verdict.AGREES: ("ok", "check"),
    ReadValue.Verdict.DIFFERS: ("warn", "alert"),
    ReadValue.Verdict.CANNOT_TELL: ("off", "about"),
}
FORMS = {"PT_PERORANGAN": "PT Perorangan", "PT PERORANGAN": "PT Perorangan", "KOPERASI": "Koperasi"}


@dataclass(frozen=True)
class ReadRow:
    """One value: its name, what was filled in, what was read, and the verdict in words."""

    label: str
    declared: str
    value: str
    verdict: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Progress:
    """How far the reading is; ``total`` may be 0 while nobody has looked at the paper yet."""

    paper: Paper
    is_being_read: bool
    done: int
    total: int
    rows: tuple[ReadRow, ...]
    warnings: tuple[str, ...]
    refusal: str


def progress_of(paper: Paper) -> Progress:
    """Return how far a paper's reading is and, once it was read, what was found.

    Costs at most two queries; a statement was never read and has neither rows nor warnings.
    """
    reading = reading_of(paper)
    if reading is None:
        return Progress(paper, False, 0, 0, (), (), "")
    found = () if paper.is_being_read else tuple(_row(value) for value in _values(paper, reading))
    warnings = (warning_sentence(code) for code in reading.warnings)
    return Progress(
        paper=paper,
        is_being_read=paper.is_being_read,
        done=reading.pages_done,
        total=reading.pages_total,
        rows=found,
        warnings=tuple(dict.fromkeys(filter(None, warnings))),
        refusal=refusal_sentence(reading.refusal) if reading.refusal else "",
    )


def reading_of(paper: Paper) -> Reading | None:
    """Return a paper's reading, or None for a statement."""
    return getattr(paper, "reading", None)


def _values(paper: Paper, reading: Reading) -> Any:
    return reading.values_read.all() if paper.document_type.is_read and not reading.refusal else ()


def _row(value: ReadValue) -> ReadRow:
    kind, icon = KINDS[ReadValue.Verdict(value.verdict)]
    return ReadRow(
        label=str(FIELDS.get(value.field, value.field)),
        declared=_plain(value.field, value.declared),
        value=_plain(value.field, value.value),
        verdict=_verdict(value),
        kind=kind,
        icon=icon,
    )


def _verdict(value: ReadValue) -> str:
    if value.verdict == ReadValue.Verdict.AGREES:
        return _("The same")
    if value.verdict == ReadValue.Verdict.DIFFERS:
        return _("Different")
    if not value.value:
        return _("Could not be read")
    return _("Not sure") if value.declared else _("Read, not compared")


def _plain(field: str, text: str) -> str:
    if field == "deed_date":
        try:
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        except ValueError:
            return text
    return FORMS.get(text, text) if field == "entity_form" else text
