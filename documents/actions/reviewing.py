"""An officer's word on what the machine read is kept beside it; neither overwrites the other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.errors import Refused
from documents.found import Found, found_in
from documents.models import Paper, Reading, ReadValue, ValueReview
from documents.reading.compare import matches
from documents.reading.typed import as_read

Outcome, Capture = ValueReview.Outcome, ValueReview.Capture
LAYER_SECONDS = 0.3  # a page whose text came with the file is read in far less, one by eye never


@transaction.atomic
def review_value(
    paper: Paper, *, path: str, outcome: str, value: str = "", note: str = "", by: Any
) -> ValueReview:
    """Keep what a person says of one value: the machine is right, this is right, nobody can tell.

    Said twice, it is kept once. Typing what the machine read is saying that it is right. Raises
    ``Refused`` for a value that the paper has not, or a text that cannot be such a value.
    """
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if paper.state in (Paper.State.REPLACED, Paper.State.RECEIVED):
        raise Refused(_("This paper was replaced or is being read. Load the page again."))
    reading = Reading.objects.filter(paper=paper).first()
    found = _found(reading, path)
    if reading is None or found is None:
        raise Refused(_("This value is no longer on the page. Load the page again."))
    outcome, value = _judged(found, outcome, value)
    last = ValueReview.objects.filter(paper=paper, path=path).last()
    said = {
        "outcome": outcome,
        "value": value,
        "note": note,
        "machine_value": found.value[:250],
        "reader_version": reading.reader_version,
    }
    if last and all(getattr(last, name) == part for name, part in said.items()):
        return last
    review = ValueReview.objects.create(
        paper=paper,
        path=path,
        field=found.field,
        machine_confidence=found.confidence,
        comparison=_comparison(paper, found, outcome, value),
        kind=reading.kind,
        capture=_capture(paper, reading, found),
        by=by,
        **said,
    )
    paper.reviewed[path] = {
        name: getattr(review, name)
        for name in ("outcome", "value", "comparison", "machine_value", "note")
    } | {"by": str(by)}
    paper.save(update_fields=["reviewed"])
    return review


def _found(reading: Reading | None, path: str) -> Found | None:
    if reading is None:
        return None
    compared = list(ReadValue.objects.filter(reading=reading))
    return next((one for one in found_in(reading, compared) if one.path == path), None)


def _judged(found: Found, outcome: str, text: str) -> tuple[str, str]:
    """Bring what was said into the form of the reading."""
    if outcome == Outcome.UNREADABLE:
        return outcome, ""
    if outcome == Outcome.RIGHT:
        if not found.value:
            raise Refused(_("The machine read nothing here. Type what stands on the paper."))
        return outcome, found.value[:250]
    try:
        value = as_read(found.field, text)
    except ValueError:
        raise Refused(
            _("“%(text)s” cannot be this value. Type it as it stands on the paper.")
            % {"text": text}
        ) from None
    return (Outcome.RIGHT if value == found.value else Outcome.WRONG), value


def _comparison(paper: Paper, found: Found, outcome: str, value: str) -> str:
    """Compare with the declaration again, as surely as a person has read it."""
    if outcome == Outcome.UNREADABLE:
        return ReadValue.Verdict.CANNOT_TELL
    declared = {found.field: paper.declared.get(found.field, "")}
    match = matches(declared, {found.field: value}, {found.field: 1.0})
    return match[0].verdict if match else ""


def _capture(paper: Paper, reading: Reading, found: Found) -> str:
    """How the page came to us; readings that did not say so are judged by their files."""
    if found.capture in Capture.values:
        return found.capture
    kinds = set(paper.files.values_list("kind", flat=True))
    if kinds == {"pdf"}:
        seconds = (reading.seconds or 0) / max(1, reading.pages_total)
        return Capture.LAYER if seconds < LAYER_SECONDS else Capture.SCAN
    return Capture.SCAN if kinds == {"tiff"} else Capture.PHOTO
