"""The machine reads a paper; what it finds is kept with its evidence and never decides anything."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction

from documents import child, events
from documents.actions.keeping import keep_answer, keep_pages, kind_asked, source_hash
from documents.actions.twins import flag_twins, with_twins
from documents.models import Paper, Reading
from documents.reading.compare import matches

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Answer:
    """What the reader said of a paper, its page pictures, and whether it was known before."""

    result: dict[str, Any]
    pages: list[Path]
    is_reused: bool = False


def read_paper(paper_id: int, *, by: Any, beat: Callable[[], None]) -> Paper:
    """Read a received paper in a child process and keep what was found.

    ``beat`` renews the worker's lease and raises when the work was given to another; it is called
    once more inside the final transaction, so a late worker changes nothing. The same bytes are
    not read twice by the same reader, whoever handed them in.
    """
    paper = Paper.objects.select_related("document_type", "reading").get(pk=paper_id)
    if paper.state != Paper.State.RECEIVED:
        return paper
    reading = paper.reading
    with tempfile.TemporaryDirectory() as folder:
        answer = known_answer(paper, Path(folder)) or ask_reader(
            paper, Path(folder), beat=beat, tell=lambda said: _show_progress(reading, said)
        )
        with transaction.atomic():
            beat()
            if not _still_waits(paper):
                return paper  # replaced by its owner, or given to a person, while it was read
            keep_pages(paper, answer.pages)
            _keep(paper, reading, answer.result, is_reused=answer.is_reused, by=by)
    return paper


@transaction.atomic
def give_up_reading(paper_id: int, *, by: Any) -> None:
    """After several tries that died, a person looks at the paper instead."""
    paper = Paper.objects.get(pk=paper_id)
    if not _still_waits(paper):
        return
    _keep(paper, paper.reading, {"refusal": "reading_failed"}, is_reused=False, by=by)


def _still_waits(paper: Paper) -> bool:
    """Lock a paper, whoever its firm is by now, and say whether nobody settled it meanwhile.

    The firm first, as an upload or a merge does, or the two would wait for each other.
    """
    firm = Paper.objects.select_for_update(of=("vendor",), no_key=True).select_related("vendor")
    held_id = None
    while held_id != (now_id := firm.get(pk=paper.pk).vendor_id):  # merged while we waited
        held_id = now_id
    held = Paper.objects.select_for_update()
    paper.refresh_from_db(fields=["state", "vendor"], from_queryset=held)
    return paper.state == Paper.State.RECEIVED


def ask_reader(
    paper: Paper, folder: Path, *, beat: Callable[[], None], tell: Callable[[dict[str, Any]], None]
) -> Answer:
    """Have a paper read in a child process; ``tell`` hears how far it is and what is known."""
    paths, out = _copy_originals(paper, folder), folder / "out"
    result: dict[str, Any] = {}
    for line in child.read(paths, kind=kind_asked(paper), declared=paper.declared, out=out):
        if "progress" in line:
            tell(line["progress"])
            beat()
        result = line
    return Answer(result, sorted(out.glob("page-*.webp")))


def known_answer(paper: Paper, folder: Path) -> Answer | None:
    """Give what the same reader found in the same bytes before, compared with this declaration.

    Pages are copied, so each paper owns its pictures; nothing tells whose paper it was.
    """
    known = (
        Reading.objects.filter(source_hash=source_hash(paper))
        .exclude(paper=paper.pk)
        .order_by("-pk")
        .first()
    )
    pages = list(known.paper.pages.all()) if known else []
    if known is None or not pages:
        return None
    out = folder / "known"
    out.mkdir()
    try:
        for page in pages:
            with default_storage.open(page.stored_as) as stored:
                (out / f"page-{page.number:03}.webp").write_bytes(stored.read())
    except FileNotFoundError:
        return None
    found = matches(paper.declared, known.fields, known.confidence)
    reading = {
        **known.further,
        "kind": known.kind,
        "fields": known.fields,
        "confidence": known.confidence,
        "evidence": known.evidence,
        "warnings": known.warnings,
        "checks": with_twins(known.checks, ()),
        "text": known.text,
        "matches": [vars(match) for match in found],
        "seconds": known.seconds,
    }
    return Answer({"reading": reading}, sorted(out.iterdir()), is_reused=True)


def _copy_originals(paper: Paper, folder: Path) -> list[Path]:
    paths = []
    for item in paper.files.all():
        path = folder / f"{item.position:03d}.{item.kind}"
        with default_storage.open(item.stored_as) as stored, path.open("wb") as copy:
            for chunk in stored.chunks():
                copy.write(chunk)
        paths.append(path)
    return paths


def _show_progress(reading: Reading, progress: dict[str, Any]) -> None:
    """Let the owner see how far it is, and the values as they come."""
    news = {key: progress[key] for key in ("fields", "confidence", "evidence") if key in progress}
    Reading.objects.filter(pk=reading.pk).update(
        pages_done=progress["done"], pages_total=progress["total"], **news
    )


def _keep(
    paper: Paper, reading: Reading, result: dict[str, Any], *, is_reused: bool, by: Any
) -> None:
    keep_answer(paper, reading, result)
    paper.state = Paper.State.UNREADABLE if reading.refusal else Paper.State.READ
    paper.save(update_fields=["state"])
    twins = flag_twins(paper, reading)
    events.paper_read.send(sender=Paper, paper=paper, is_reused=is_reused, twins=twins, by=by)
