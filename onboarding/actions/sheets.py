"""A spreadsheet from an office: taken in whole, read by a worker, confirmed by a person, entered
once."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events, imports
from onboarding.actions.firms import enter_rows
from onboarding.actions.knowledge import check_values, known_firms, recognise_row
from onboarding.errors import NotAllowed, SheetAlreadyReceived, SheetNotReady
from onboarding.models import ReferralSheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.models import Agency, User

CHUNK = 500


@transaction.atomic
def receive_sheet(
    *,
    file: UploadedFile,
    agency: Agency,
    letter_reference: str = "",
    again: bool = False,
    by: User,
) -> ReferralSheet:
    """Keep the file byte for byte and order its reading; says nothing yet of what is in it.

    The same bytes of the same office are taken only once unless ``again``; otherwise raises
    ``SheetAlreadyReceived``, which carries the earlier sheet.
    """
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot upload a list."))
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    if not again:
        _check_is_new(agency, digest.hexdigest())
    stored_as = default_storage.save(f"sheets/{uuid.uuid4().hex}", file)
    sheet = ReferralSheet.objects.create(
        agency=agency,
        original_name=(file.name or "")[-120:],
        stored_as=stored_as,
        sha256=digest.hexdigest(),
        size=file.size or 0,
        letter_reference=letter_reference,
        received_by=by,
    )
    events.sheet_received.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


def read_sheet(sheet_id: int, *, by: User, beat: Callable[[], None]) -> ReferralSheet:
    """Read, check and recognise every row into a preview; nothing becomes a referral yet.

    ``beat`` renews the worker's lease and raises when the work was given to another. Reading again
    from the start is safe: what an earlier try left is taken away first.
    """
    sheet = ReferralSheet.objects.get(pk=sheet_id)
    if sheet.state != ReferralSheet.State.RECEIVED:
        return sheet
    sheet.rows.all().delete()
    with _local_copy(sheet) as path:
        refusal = _read_rows(sheet, imports.read_sheet(path), beat)
    with transaction.atomic():
        beat()
        if refusal:
            sheet.rows.all().delete()
            sheet.state = ReferralSheet.State.UNREADABLE
            sheet.refusal, sheet.refusal_detail = refusal["refusal"], refusal.get("detail", {})
        else:
            sheet.state = ReferralSheet.State.READ
        sheet.save(update_fields=["state", "refusal", "refusal_detail"])
        events.sheet_read.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


@transaction.atomic
def confirm_sheet(sheet: ReferralSheet, *, by: User) -> ReferralSheet:
    """Say yes to the preview. Of two people who say yes at once, one is told that it was done."""
    if not by.may("onboarding.confirm_sheet"):
        raise NotAllowed(_("Your role cannot confirm a list."))
    _change_state(
        sheet,
        ReferralSheet.State.READ,
        ReferralSheet.State.CONFIRMED,
        confirmed_at=timezone.now(),
        confirmed_by=by,
        refusal="",
    )
    events.sheet_confirmed.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


@transaction.atomic
def cancel_sheet(sheet: ReferralSheet, *, by: User) -> ReferralSheet:
    """Throw a preview away; the file and its rows stay on record."""
    if not by.may("onboarding.confirm_sheet"):
        raise NotAllowed(_("Your role cannot cancel a list."))
    _change_state(sheet, ReferralSheet.State.READ, ReferralSheet.State.CANCELLED)
    events.sheet_cancelled.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


@transaction.atomic
def enter_sheet(sheet_id: int, *, by: User, beat: Callable[[], None]) -> ReferralSheet:
    """Turn the accepted rows of a confirmed sheet into referrals, all or nothing, once.

    Firms are recognised again here: since the preview another office may have named them.
    """
    sheet = ReferralSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.state != ReferralSheet.State.CONFIRMED:
        return sheet
    vendor_ids: list[int] = []
    counts = dict.fromkeys(SheetRow.Verdict.values, 0)
    counts["refused"] = sheet.rows.filter(verdict=SheetRow.Verdict.REFUSED).count()
    accepted = sheet.rows.exclude(verdict=SheetRow.Verdict.REFUSED).order_by("pk")
    for rows in _in_chunks(accepted.iterator(chunk_size=CHUNK)):
        for referral in enter_rows(sheet=sheet, rows=rows):
            vendor_ids.append(referral.vendor_id)
            counts[referral.verdict] += 1
    sheet.state = ReferralSheet.State.ENTERED
    sheet.save(update_fields=["state"])
    beat()
    events.sheet_entered.send(
        sender=ReferralSheet, sheet=sheet, vendor_ids=vendor_ids, counts=counts, by=by
    )
    return sheet


@transaction.atomic
def give_up_sheet(sheet_id: int, *, by: User) -> None:
    """After several tries that died nobody waits any more: a sheet that was to be read is called
    unreadable, one that was to be entered goes back to be confirmed again."""
    sheet = ReferralSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.state == ReferralSheet.State.RECEIVED:
        sheet.state, sheet.refusal = ReferralSheet.State.UNREADABLE, "broken_sheet"
    elif sheet.state == ReferralSheet.State.CONFIRMED:
        sheet.state, sheet.refusal = ReferralSheet.State.READ, "not_entered"
        sheet.confirmed_at = sheet.confirmed_by = None
    else:
        return
    sheet.save(update_fields=["state", "refusal", "confirmed_at", "confirmed_by"])
    events.sheet_read.send(sender=ReferralSheet, sheet=sheet, by=by)


def _check_is_new(agency: Agency, sha256: str) -> None:
    cancelled = ReferralSheet.State.CANCELLED
    earlier = agency.sheets.filter(sha256=sha256).exclude(state=cancelled).first()
    if earlier is not None:
        raise SheetAlreadyReceived(
            _("This very file was already uploaded for this office. Look at the earlier list."),
            sheet=earlier,
        )


def _read_rows(
    sheet: ReferralSheet, lines: Iterable[dict[str, Any]], beat: Callable[[], None]
) -> dict[str, Any] | None:
    seen: dict[str, str] = {}
    for chunk in _in_chunks(iter(lines)):
        if "refusal" in chunk[-1]:
            return chunk[-1]
        for line in chunk:
            sheet.rows_total = line.get("rows", sheet.rows_total)
        rows = [line for line in chunk if "values" in line]
        with transaction.atomic():
            SheetRow.objects.bulk_create(_preview(sheet, rows, seen))
            sheet.rows_read += len(rows)
            sheet.save(update_fields=["rows_read", "rows_total"])
            beat()
    return None


def _preview(
    sheet: ReferralSheet, lines: list[dict[str, Any]], seen: dict[str, str]
) -> list[SheetRow]:
    checked = [check_values(line["values"], line["repairs"]) for line in lines]
    known = known_firms([c.clean for c in checked])
    rows = []
    for line, result in zip(lines, checked, strict=True):
        row = SheetRow(
            sheet=sheet,
            sheet_name=line.get("sheet", "")[:60],
            row=line["row"],
            received=line["values"],
            clean=result.clean,
            problems=[asdict(problem) for problem in result.problems],
        )
        if not result.is_acceptable:
            row.verdict = SheetRow.Verdict.REFUSED
        else:
            row.verdict, row.known_vendor_id, row.match_reasons = recognise_row(
                result.clean, known, seen
            )
        rows.append(row)
    return rows


def _change_state(sheet: ReferralSheet, source: str, target: str, **fields: Any) -> None:
    changed = ReferralSheet.objects.filter(pk=sheet.pk, state=source).update(state=target, **fields)
    sheet.refresh_from_db()
    if changed != 1:
        raise SheetNotReady(
            _("This list is “%(state)s” now. Somebody may have just done it; look at it again.")
            % {"state": sheet.get_state_display()}
        )


def _in_chunks(items: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


class _local_copy:
    """The stored file as a path on this machine, whatever the storage is."""

    def __init__(self, sheet: ReferralSheet) -> None:
        self.sheet = sheet

    def __enter__(self) -> Path:
        suffix = Path(self.sheet.original_name).suffix.lower()[:8]
        self.file = tempfile.NamedTemporaryFile(suffix=suffix)
        with default_storage.open(self.sheet.stored_as) as stored:
            for chunk in stored.chunks():
                self.file.write(chunk)
        self.file.flush()
        return Path(self.file.name)

    def __exit__(self, *_exc: object) -> None:
        self.file.close()
