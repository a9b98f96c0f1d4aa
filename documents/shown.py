"""What the machine read on a paper, in plain words for the person who handed it in.

A machine's word never decides: a row says *the same*, *different* or *could not be read*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from documents import slots, spots
from documents.models import Paper, ReadValue
from documents.sentences import PHOTO, refusal_sentence, warning_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.models import DocumentType, Reading
    from documents.spots import Spot

FIELDS = {
    "deed_number": gettext_lazy("Number of the deed"),
    "deed_date": gettext_lazy("Date of the deed"),
    "notary_name": gettext_lazy("Name of the notary"),
    "notary_seat": gettext_lazy("Seat of the notary"),
    "company_name": gettext_lazy("Name of the business"),
    "entity_form": gettext_lazy("Form of business"),
    "company_seat": gettext_lazy("Seat of the business"),
}
IN_THE_HEAD = frozenset({"deed_number", "deed_date", "notary_name", "company_name"})
KINDS = {
    ReadValue.Verdict.AGREES: ("ok", "check"),
    ReadValue.Verdict.DIFFERS: ("warn", "alert"),
    ReadValue.Verdict.CANNOT_TELL: ("off", "about"),
}
FORMS = {"PT_PERORANGAN": "PT Perorangan", "PT PERORANGAN": "PT Perorangan", "KOPERASI": "Koperasi"}


@dataclass(frozen=True)
class ReadRow:
    """One value: its name, what was filled in, what was read, and the verdict in words.

    ``spot`` shows where it stands when the machine is not sure; ``objection`` is what the owner
    says instead, ``is_open`` whether that can still be said.
    """

    field: str
    label: str
    declared: str
    value: str
    verdict: str
    kind: str
    icon: str
    spot: Spot | None = None
    objection: str = ""
    is_open: bool = False

    @property
    def sentence(self) -> str:
        """What was read, against what was filled in, as one would say it."""
        said = {"value": self.value, "declared": self.declared}
        if not self.value:
            return _("You filled in %(declared)s.") % said if self.declared else ""
        if not self.declared:
            return _("The paper says %(value)s.") % said
        if self.value == self.declared:
            return _("The paper says %(value)s, as you filled in.") % said
        return _("The paper says %(value)s, you filled in %(declared)s.") % said


@dataclass(frozen=True)
class Progress:
    """How far the reading is; ``total`` may be 0 while nobody has looked at the paper yet.

    ``so_far`` are (label, value) while it is being read. ``head`` shows where values that could
    not be read should stand. A misplaced paper has no rows; ``right_slot`` is where it belongs.
    """

    paper: Paper
    is_being_read: bool
    done: int
    total: int
    rows: tuple[ReadRow, ...]
    warnings: tuple[str, ...]
    refusal: str
    so_far: tuple[tuple[str, str], ...] = ()
    head: Spot | None = None
    is_misplaced: bool = False
    right_slot: DocumentType | None = None


def progress_of(paper: Paper) -> Progress:
    """Return how far a paper's reading is and, once it was read, what was found.

    Costs at most five queries; a statement was never read and has neither rows nor warnings.
    """
    reading = reading_of(paper)
    if reading is None:
        return Progress(paper, False, 0, 0, (), (), "")
    progress = Progress(
        paper=paper,
        is_being_read=paper.is_being_read,
        done=reading.pages_done,
        total=reading.pages_total,
        rows=(),
        warnings=(),
        refusal=refusal_sentence(reading.refusal) if reading.refusal else "",
    )
    if paper.is_being_read:
        return replace(progress, so_far=_so_far(reading))
    if slots.is_misplaced(reading):
        return replace(progress, is_misplaced=True, right_slot=slots.right_slot(paper, reading))
    rows = _rows(paper, reading)
    is_unread = bool(reading.refusal) or any(not row.value for row in rows)
    return replace(
        progress,
        rows=rows,
        warnings=_warnings(reading.warnings, is_unread=is_unread),
        head=_head(paper, rows),
    )


def reading_of(paper: Paper) -> Reading | None:
    """Return a paper's reading, or None for a statement."""
    return getattr(paper, "reading", None)


def _so_far(reading: Reading) -> tuple[tuple[str, str], ...]:
    """List what is known before the last page was seen."""
    return tuple(
        (str(label), _plain(field, str(reading.fields[field])))
        for field, label in FIELDS.items()
        if reading.fields.get(field)
    )


def _warnings(codes: Iterable[str], *, is_unread: bool) -> tuple[str, ...]:
    """Say what was noticed and on which pages; a photo that was read needs no advice."""
    pages: dict[str, list[str]] = {}
    for code in codes:
        name, _colon, page = code.partition(":")
        sentence = warning_sentence(name)
        if sentence and (is_unread or name not in PHOTO):
            pages.setdefault(sentence, []).extend([page] if page else [])
    return tuple(_on_pages(sentence, at) for sentence, at in pages.items())


def _on_pages(sentence: str, pages: list[str]) -> str:
    if not pages:
        return sentence
    return _("%(sentence)s (page %(pages)s)") % {"sentence": sentence, "pages": ", ".join(pages)}


def _rows(paper: Paper, reading: Reading) -> tuple[ReadRow, ...]:
    if not paper.document_type.is_read or reading.refusal:
        return ()
    pages = {page.number: page for page in paper.pages.all()}
    said = {one.field: one for one in paper.objections.all()}  # the latest of each field stays
    return tuple(_row(paper, value, pages, said) for value in reading.values_read.all())


def _row(paper: Paper, value: ReadValue, pages: dict[int, Any], said: dict[str, Any]) -> ReadRow:
    kind, icon = KINDS[ReadValue.Verdict(value.verdict)]
    is_doubtful = bool(value.value) and value.verdict != ReadValue.Verdict.AGREES
    page = pages.get(value.page or 0)
    return ReadRow(
        field=value.field,
        label=str(FIELDS.get(value.field, value.field)),
        declared=_plain(value.field, value.declared),
        value=_plain(value.field, value.value),
        verdict=_verdict(value),
        kind=kind,
        icon=icon,
        spot=spots.around(page, value.shown_box) if is_doubtful and page else None,
        objection=said[value.field].note if value.field in said else "",
        is_open=is_doubtful and paper.frozen_at is None,
    )


def _head(paper: Paper, rows: tuple[ReadRow, ...]) -> Spot | None:
    """Show the head of the first page when something that stands there could not be read."""
    if not any(row.field in IN_THE_HEAD and not row.value for row in rows):
        return None
    first = next((page for page in paper.pages.all() if page.number == 1), None)
    return spots.head_of(first) if first else None


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
