"""The machine reads a paper; what it finds is kept with its evidence and never decides anything."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from documents import child, events
from documents.models import PageImage, Paper, Reading, ReadValue
from documents.reading import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

COMPARED = (
    "deed_number",
    "deed_date",
    "notary_name",
    "notary_seat",
    "company_name",
    "entity_form",
    "company_seat",
)


def read_paper(paper_id: int, *, by: Any, beat: Callable[[], None]) -> Paper:
    """Read a received paper in a child process and keep what was found.

    ``beat`` renews the worker's lease and raises when the work was given to another; it is called
    once more inside the final transaction, so a late worker changes nothing.
    """
    paper = Paper.objects.select_related("document_type").get(pk=paper_id)
    if paper.state != Paper.State.RECEIVED:
        return paper
    reading = paper.reading
    with tempfile.TemporaryDirectory() as folder:
        paths = _copy_originals(paper, Path(folder))
        out = Path(folder) / "out"
        out.mkdir()
        result: dict[str, Any] = {}
        for line in child.read(
            paths,
            out=out,
            kind="deed" if paper.document_type.is_read else "other",
            declared=paper.declared,
            pages=reading.pages_total,
        ):
            if "progress" in line:
                _show_progress(reading, line["progress"])
                beat()
            result = line
        pages = sorted(out.glob("page-*.webp"))
        with transaction.atomic():
            beat()
            still_wanted = Paper.objects.select_for_update().filter(
                pk=paper.pk, state=Paper.State.RECEIVED
            )
            if not still_wanted.exists():
                return paper  # replaced by its owner, or given to a person, while it was read
            _keep_pages(paper, pages)
            _keep_reading(paper, reading, result)
            events.paper_read.send(sender=Paper, paper=paper, by=by)
    return paper


@transaction.atomic
def give_up_reading(paper_id: int, *, by: Any) -> None:
    """After several tries that died, a person looks at the paper instead."""
    paper = Paper.objects.select_for_update().get(pk=paper_id)
    if paper.state != Paper.State.RECEIVED:
        return
    _keep_reading(paper, paper.reading, {"refusal": "reading_failed"})
    events.paper_read.send(sender=Paper, paper=paper, by=by)


def _copy_originals(paper: Paper, folder: Path) -> list[Path]:
    paths = []
    for item in paper.files.all():
        path = folder / f"{item.position:03d}.{item.kind}"
        with default_storage.open(item.stored_as) as stored, path.open("wb") as copy:
            for chunk in stored.chunks():
                copy.write(chunk)
        paths.append(path)
    return paths


def _show_progress(reading: Reading, progress: dict[str, int]) -> None:
    reading.pages_done, reading.pages_total = progress["done"], progress["total"]
    Reading.objects.filter(pk=reading.pk).update(
        pages_done=reading.pages_done, pages_total=reading.pages_total
    )


def _keep_pages(paper: Paper, pages: list[Path]) -> None:
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


def _keep_reading(paper: Paper, reading: Reading, result: dict[str, Any]) -> None:
    found = result.get("reading", {})
    reading.reader_version = READER_VERSION
    reading.refusal = result.get("refusal", "" if found else "reading_failed")
    reading.kind = found.get("kind", "")
    reading.warnings = found.get("warnings", [])
    reading.checks = found.get("checks", [])
    reading.text = found.get("text", [])
    reading.seconds = found.get("seconds")
    reading.finished_at = timezone.now()
    reading.save()
    reading.values_read.all().delete()
    if paper.document_type.is_read:
        ReadValue.objects.bulk_create(_values(reading, paper.declared, found))
    paper.state = Paper.State.UNREADABLE if reading.refusal else Paper.State.READ
    paper.save(update_fields=["state"])


def _values(reading: Reading, declared: dict[str, str], found: dict[str, Any]) -> list[ReadValue]:
    verdicts = {match["field"]: match["verdict"] for match in found.get("matches", [])}
    evidence: dict[str, dict[str, Any]] = {}
    for item in found.get("evidence", []):
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
                value=str(found.get("fields", {}).get(field, ""))[:250],
                verdict=verdicts.get(field, ReadValue.Verdict.CANNOT_TELL),
                confidence=found.get("confidence", {}).get(field),
                page=place["page"] + 1 if place else None,
                box=place.get("box", []),
                shown_box=place.get("display_box", []),
            )
        )
    return values
