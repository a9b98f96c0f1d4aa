"""A newer reader reads papers of a period again, and says what it sees differently.

What people decided on stays as they saw it: where a paper is frozen or accepted, the newer reading
is only laid beside. Nothing here moves a firm or a case.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from documents import events
from documents.actions.keeping import WITH_COLUMN, keep_answer, keep_pages
from documents.actions.reading import Answer, ask_reader
from documents.actions.twins import CHECK, flag_twins
from documents.models import Paper, Reading, Rereading
from documents.reading import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from django.db.models import QuerySet

COVERED: Final = "•" * 12
PERSONAL: Final = ("nik", "npwp")
LONGEST_VALUE: Final = 250


def papers_to_reread(*, since: date, until: date | None = None) -> QuerySet[Paper]:
    """Return the papers in force received from ``since`` to ``until`` (both days included) that
    an older reader read, and that do not wait for this one already."""
    papers = (
        Paper.objects.filter(received_at__date__gte=since, document_type__is_read=True)
        .exclude(state__in=(Paper.State.REPLACED, Paper.State.RECEIVED))
        .filter(reading__finished_at__isnull=False)
        .exclude(reading__reader_version=READER_VERSION)
        .exclude(rereadings__to_version=READER_VERSION)
        .order_by("pk")
    )
    return papers.filter(received_at__date__lte=until) if until else papers


@transaction.atomic
def order_rereading(*, since: date, until: date | None = None, by: Any) -> list[Rereading]:
    """Ask for the papers of a period to be read again; asked twice, each is read once."""
    papers = papers_to_reread(since=since, until=until).select_related("reading")
    asked = Rereading.objects.bulk_create(
        Rereading(
            paper=paper,
            from_version=paper.reading.reader_version,
            to_version=READER_VERSION,
            asked_by=by,
        )
        for paper in papers.select_for_update(of=("self",))
    )
    events.rereading_ordered.send(
        sender=Rereading, rereadings=asked, since=since, until=until, by=by
    )
    return asked


def reread_paper(rereading_id: int, *, by: Any, beat: Callable[[], None]) -> Rereading:
    """Read one paper again in a child process, and keep both readings and what changed.

    ``beat`` is called as in ``read_paper``. A paper that was replaced meanwhile is left alone, and
    a reading that succeeded is never given up for one that did not.
    """
    asked = Rereading.objects.select_related("paper__document_type").get(pk=rereading_id)
    if asked.finished_at is not None:
        return asked
    with tempfile.TemporaryDirectory() as folder:
        answer = ask_reader(asked.paper, Path(folder), beat=beat, tell=lambda _said: None)
        with transaction.atomic():
            beat()
            paper = Paper.objects.select_for_update().get(pk=asked.paper_id)
            reading = Reading.objects.get(paper=paper)
            asked.refusal = answer.result.get("refusal", "")
            twins: list[Paper] = []
            if paper.state != Paper.State.REPLACED and not asked.refusal:
                twins = _compare_and_keep(asked, paper, reading, answer)
            _finish(asked, twins, by=by)
    return asked


@transaction.atomic
def give_up_rereading(rereading_id: int, *, by: Any) -> None:
    """After several tries that died, the older reading stays."""
    asked = Rereading.objects.select_for_update().get(pk=rereading_id)
    if asked.finished_at is None:
        asked.refusal = "reading_failed"
        _finish(asked, [], by=by)


def _finish(asked: Rereading, twins: list[Paper], *, by: Any) -> None:
    asked.finished_at = timezone.now()
    asked.save()
    events.paper_reread.send(sender=Rereading, rereading=asked, twins=twins, by=by)


def _compare_and_keep(
    asked: Rereading, paper: Paper, reading: Reading, answer: Answer
) -> list[Paper]:
    """Return the papers of other firms that only now turn out to be the same deed."""
    before, after = _whole(reading), answer.result["reading"]
    asked.changes = changes_between(before, after)
    asked.is_in_force = paper.frozen_at is None and paper.state != Paper.State.ACCEPTED
    if not asked.is_in_force:
        asked.aside = {key: part for key, part in after.items() if key != "text"}
        return []
    asked.aside = before
    flagged = {pk for check in reading.checks for pk in check.get("papers", [])}
    keep_pages(paper, answer.pages)
    keep_answer(paper, reading, answer.result)
    if paper.state == Paper.State.UNREADABLE:
        paper.state = Paper.State.READ
        paper.save(update_fields=["state"])
    return [twin for twin in flag_twins(paper, reading) if twin.pk not in flagged]


def _whole(reading: Reading) -> dict[str, Any]:
    """Put a kept reading together again as the reader gave it, without the text of the pages.

    Readings from before everything was kept have their compared values only.
    """
    kept = {name: getattr(reading, name) for name in WITH_COLUMN if name != "text"}
    if not reading.fields:
        values = [value for value in reading.values_read.all() if value.value]
        kept["fields"] = {value.field: value.value for value in values}
    return {**reading.further, **kept}


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """List what two readings of one paper say differently: ``{"field", "old", "new"}``.

    Numbers of persons are covered but for their last four digits.
    """
    old, new = dict(_said(before)), dict(_said(after))
    return [
        {"field": name, "old": old.get(name, ""), "new": new.get(name, "")}
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]


def _said(reading: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "kind", str(reading.get("kind", ""))
    for name, value in reading.get("fields", {}).items():
        if name == "persons":
            yield from _persons(value)
        elif isinstance(value, list):
            yield name, ", ".join(map(str, value))[:LONGEST_VALUE]
        else:
            yield name, _covered(name, str(value))
    for check in reading.get("checks", []):
        if check["name"] != CHECK:
            yield f"check.{check['name']}", str(check["verdict"])


def _persons(people: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    for at, person in enumerate(people):
        for name, value in person.items():
            yield f"persons.{at}.{name}", _covered(name, value)


def _covered(name: str, value: str) -> str:
    return COVERED + value[-4:] if name in PERSONAL else value[:LONGEST_VALUE]
