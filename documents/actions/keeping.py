"""What the machine found is kept whole, with its evidence and the pictures it points at."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from documents.models import PageImage, Paper, Reading, ReadValue
from documents.reading import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

COMPARED: Final = (
    "deed_number",
    "deed_date",
    "notary_name",
    "notary_seat",
    "company_name",
    "entity_form",
    "company_seat",
)
#: Parts of the reader's answer that have a column of their own, or are laid out as values.
WITH_COLUMN: Final = (
    "kind",
    "fields",
    "confidence",
    "evidence",
    "warnings",
    "checks",
    "text",
    "seconds",
)


def kind_asked(paper: Paper) -> str:
    """What the reader is told of a paper: any founding deed, or page pictures only."""
    return "deed" if paper.document_type.is_read else "other"


def source_hash(paper: Paper) -> str:
    """Name the same bytes in the same order, read by the same reader for the same purpose."""
    said = "|".join((READER_VERSION, kind_asked(paper), paper.digest))
    return hashlib.sha256(said.encode()).hexdigest()


def keep_pages(paper: Paper, pages: Sequence[Path]) -> None:
    """Replace the page pictures; the files of older ones are removed once this is certain."""
    older = list(paper.pages.values_list("stored_as", flat=True))
    paper.pages.all().delete()
    for number, path in enumerate(pages, start=1):
        # Written by our own child a moment ago; only the header is read here.
        with Image.open(path, formats=["WEBP"]) as image:
            width, height = image.size
        stored_as = default_storage.save(
            f"pages/{uuid.uuid4().hex}.webp", ContentFile(path.read_bytes())
        )
        PageImage.objects.create(
            paper=paper, number=number, stored_as=stored_as, width=width, height=height
        )
    transaction.on_commit(lambda: _remove(older), robust=True)


def _remove(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def keep_answer(paper: Paper, reading: Reading, result: dict[str, Any]) -> None:
    """Write all that the reader answered, or why it could not, and the values compared."""
    found = result.get("reading", {})
    reading.reader_version = READER_VERSION
    reading.refusal = result.get("refusal", "" if found else "reading_failed")
    reading.source_hash = "" if reading.refusal else source_hash(paper)
    reading.kind = found.get("kind", "")
    reading.warnings = found.get("warnings", [])
    reading.checks = found.get("checks", [])
    reading.text = found.get("text", [])
    reading.fields = found.get("fields", {})
    reading.confidence = found.get("confidence", {})
    reading.evidence = found.get("evidence", [])
    reading.further = {key: part for key, part in found.items() if key not in WITH_COLUMN}
    reading.seconds = found.get("seconds")
    reading.pages_done = reading.pages_total = found.get("pages", reading.pages_total)
    reading.finished_at = timezone.now()
    reading.save()
    reading.values_read.all().delete()
    if paper.document_type.is_read:
        ReadValue.objects.bulk_create(_values(reading, paper.declared))


def _values(reading: Reading, declared: dict[str, str]) -> list[ReadValue]:
    verdicts = {match["field"]: match["verdict"] for match in reading.further.get("matches", [])}
    evidence: dict[str, dict[str, Any]] = {}
    for item in reading.evidence:
        evidence.setdefault(item["field"], item)
    values = []
    for position, field in enumerate(COMPARED, start=1):
        place = evidence.get(field, {})
        values.append(
            ReadValue(
                reading=reading,
                position=position,
                field=field,
                declared=str(declared.get(field, ""))[:250],
                value=str(reading.fields.get(field, ""))[:250],
                verdict=verdicts.get(field, ReadValue.Verdict.CANNOT_TELL),
                confidence=reading.confidence.get(field),
                page=place["page"] + 1 if place else None,
                box=place.get("box", []),
                shown_box=place.get("display_box", []),
            )
        )
    return values
