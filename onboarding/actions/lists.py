"""A list of any length entered by the technical keeper's command: chunk by chunk, once.

Each chunk is a transaction that also moves the list's cursor, so an import that was killed goes on
where it stopped. Chunks are judged ahead, while the database is busy with the one before.
"""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import polars as pl
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.entering import enter_chunk
from onboarding.actions.knowledge import kbli_codes, region_codes
from onboarding.actions.writing import make_room
from onboarding.errors import NotAllowed, SheetAlreadyReceived, SheetNotReady
from onboarding.imports import TITLES
from onboarding.imports.stream import Chunk, ListFile, open_list
from onboarding.many_rows import Judge, Judged
from onboarding.models import Agency, ReferralSheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from onboarding.models import User

CHUNK = 25_000
FIRST = 8  # the part of a chunk with which a list begins
TRIES = 3
State = ReferralSheet.State
GONE = (State.CANCELLED, State.UNREADABLE, State.UNDONE)


def import_list(
    *,
    path: Path,
    agency: Agency,
    mapping: Mapping[str, str | int] | None = None,
    dry_run: bool = False,
    chunk: int = CHUNK,
    beat: Callable[[ReferralSheet], None] = lambda sheet: None,
    report: Callable[[ReferralSheet], None] = lambda sheet: None,
    by: User,
) -> ReferralSheet:
    """Enter every row of a file that can be accepted, without a preview; keep the others.

    ``beat`` is told of each chunk, ``report`` of the end, before a dry run is rolled back. Raises
    ``SheetRefusedError`` for a file that is no list, ``SheetAlreadyReceived`` for one that this
    office has sent before; one whose import was interrupted is gone on with.
    """
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot upload a list."))
    listed = open_list(path, mapping)
    if not dry_run:
        sheet = _enter(_begin(path, agency, listed, by, keep=True), listed, chunk, beat, by)
        report(sheet)
        return sheet
    with transaction.atomic():
        sheet = _enter(_begin(path, agency, listed, by, keep=False), listed, chunk, beat, None)
        report(sheet)
        transaction.set_rollback(True)
    return sheet


def _begin(path: Path, agency: Agency, listed: ListFile, by: User, *, keep: bool) -> ReferralSheet:
    """The row of the list: the interrupted one of the same bytes, or a new one."""
    digest = _sha256(path)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)  # two imports of one file: one list
        earlier = agency.sheets.filter(sha256=digest).exclude(state__in=GONE).first()
        if earlier is not None:
            return _go_on(earlier)
        return ReferralSheet.objects.create(
            agency=agency,
            original_name=path.name[-120:],
            stored_as=_keep(path) if keep else f"dry-run/{uuid.uuid4().hex}",
            sha256=digest,
            size=path.stat().st_size,
            state=State.CONFIRMED,
            is_streamed=True,
            rows_total=listed.rows,
            received_by=by,
            confirmed_at=timezone.now(),
            confirmed_by=by,
        )


def _go_on(sheet: ReferralSheet) -> ReferralSheet:
    if sheet.is_streamed and sheet.state == State.CONFIRMED:
        return sheet
    raise SheetAlreadyReceived(
        _("This very file was already taken in for this office as list %(number)s (%(state)s).")
        % {"number": sheet.pk, "state": sheet.get_state_display()},
        sheet=sheet,
    )


def _keep(path: Path) -> str:
    with path.open("rb") as file:
        return default_storage.save(f"sheets/{uuid.uuid4().hex}", File(file))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _enter(
    sheet: ReferralSheet,
    listed: ListFile,
    size: int,
    beat: Callable[[ReferralSheet], None],
    by: User | None,
) -> ReferralSheet:
    """Enter what is left of a list; without ``by``, for a dry run, nobody is told."""
    make_room()
    judge = Judge(region_codes(), kbli_codes())
    pieces = _ahead(
        (chunk.numbers[-1] + 1, judge.judge(_frame(chunk), chunk.repairs))
        for chunk in _chunks(listed, sheet.records_entered, size)
    )
    for until, judged in pieces:
        _enter_piece(sheet, until, judged)
        beat(sheet)
    with transaction.atomic():
        sheet.state = State.ENTERED
        sheet.save(update_fields=["state"])
        if by is not None:
            events.sheet_entered.send(
                sender=ReferralSheet, sheet=sheet, vendor_ids=(), counts=sheet.counts, by=by
            )
    return sheet


def _chunks(listed: ListFile, start: int, size: int) -> Iterator[Chunk]:
    """A small chunk first, so that the database soon has something to do."""
    for first in itertools.islice(listed.chunks(start, max(size // FIRST, 1)), 1):
        yield first
        yield from listed.chunks(first.numbers[-1] + 1, size)


def _enter_piece(sheet: ReferralSheet, until: int, judged: Judged) -> None:
    """Enter one chunk; when another office has just named one of its firms, look again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                _move_cursor(sheet, until)
                counts = Counter(sheet.counts) + enter_chunk(sheet, judged)
                told = {verdict: counts[verdict] for verdict in SheetRow.Verdict.values}
                ReferralSheet.objects.filter(pk=sheet.pk).update(
                    counts=told, rows_read=sum(told.values())
                )
        except IntegrityError:
            if not left:
                raise
        else:
            break
    sheet.records_entered, sheet.counts, sheet.rows_read = until, told, sum(told.values())


def _move_cursor(sheet: ReferralSheet, until: int) -> None:
    moved = ReferralSheet.objects.filter(
        pk=sheet.pk, state=State.CONFIRMED, records_entered=sheet.records_entered
    ).update(records_entered=until)
    if moved != 1:
        raise SheetNotReady(_("Another import of this very file is at work. Wait for its end."))


def _frame(chunk: Chunk) -> pl.DataFrame:
    columns = zip(*chunk.texts, strict=True)
    return pl.DataFrame(
        {
            "number": chunk.numbers,
            "sheet": chunk.sheets,
            "row": chunk.rows,
            **{key: list(column) for key, column in zip(TITLES, columns, strict=True)},
        }
    )


def _ahead(items: Iterator[Any]) -> Iterator[Any]:
    """The same items, each made while the one before is in use."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = pool.submit(next, items, None)
            yield item


@transaction.atomic
def note_screened(sheet: ReferralSheet) -> None:
    """Keep how far the screening of a list came; the desk's own event tells of it."""
    sheet.save(update_fields=["screened_up_to", "counts"])
