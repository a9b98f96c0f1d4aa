"""A spreadsheet from an office: taken in whole, read by a worker, confirmed by a person, entered
once."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.gate.doors import plain_name
from onboarding import events, imports
from onboarding.actions.admitting import flags_of_name, is_infected
from onboarding.actions.columns import TO_BE_CHOSEN, remembered_columns
from onboarding.actions.firms import enter_rows
from onboarding.actions.judged_rows import judge_rows
from onboarding.actions.resending import (
    correct_rows,
    mark_resent,
    named_again,
    renew_forgotten,
)
from onboarding.errors import NotAllowed, SheetAlreadyReceived, SheetNotReady
from onboarding.models import ReferralSheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.models import Agency, ReferralRequest, User

CHUNK = 500
SENT_BEFORE = (SheetRow.Change.CHANGED.value, SheetRow.Change.UNCHANGED.value)


@transaction.atomic
def receive_sheet(
    *,
    file: UploadedFile,
    agency: Agency,
    letter_reference: str = "",
    again: bool = False,
    request: ReferralRequest | None = None,
    by: User,
) -> ReferralSheet:
    """Keep the file byte for byte and order its reading; says nothing yet of what is in it.

    The same bytes of the same office are taken only once unless ``again``; otherwise raises
    ``SheetAlreadyReceived``, which carries the earlier sheet.
    """
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot upload a list."))
    if request is not None and request.agency_id != agency.pk:
        raise NotAllowed(_("This request was sent to another office."))
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    if not again:
        _check_is_new(agency, digest.hexdigest())
    stored_as = default_storage.save(f"sheets/{uuid.uuid4().hex}", file)
    sheet = ReferralSheet.objects.create(
        agency=agency,
        original_name=plain_name(file.name or ""),
        stored_as=stored_as,
        sha256=digest.hexdigest(),
        size=file.size or 0,
        letter_reference=letter_reference,
        request=request,
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
    with transaction.atomic():
        beat()  # who froze since it claimed must not take away what another has read meanwhile
        sheet.rows.all().delete()
    remembered = remembered_columns(sheet.agency)
    with _local_copy(sheet) as path:
        odd = flags_of_name(path, sheet.original_name)
        if is_infected(path):
            last = {"refusal": "infected"}
        else:
            last = _read_rows(sheet, imports.read_sheet(path, remembered=remembered), beat)
    with transaction.atomic():
        beat()
        if "end" not in last:
            sheet.rows.all().delete()
        _settle(sheet, last)
        if odd and not sheet.refusal:
            sheet.layout["flags"] = [*sheet.layout.get("flags", []), *odd]
        sheet.save(
            update_fields=[
                "state",
                "refusal",
                "refusal_detail",
                "layout",
                "rows_read",
                "rows_total",
            ]
        )
        events.sheet_read.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


def _settle(sheet: ReferralSheet, last: dict[str, Any]) -> None:
    """What a list is after its last line: read, waiting for its columns, or unreadable."""
    sheet.rows_total = sheet.rows_read
    if "end" in last:
        sheet.state, sheet.refusal, sheet.refusal_detail = ReferralSheet.State.READ, "", {}
        sheet.layout |= last["end"]
        return
    sheet.rows_read = sheet.rows_total = 0
    if "columns" in last:
        sheet.state, sheet.layout = ReferralSheet.State.COLUMNS, last["columns"]
        return
    sheet.state = ReferralSheet.State.UNREADABLE
    sheet.refusal = last.get("refusal", "broken_sheet")
    sheet.refusal_detail = last.get("detail", {})


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
    waits = sheet.state if sheet.state in TO_BE_CHOSEN else ReferralSheet.State.READ
    _change_state(sheet, waits, ReferralSheet.State.CANCELLED)
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
    counts |= dict.fromkeys(SENT_BEFORE, 0)
    counts["refused"] = sheet.rows.filter(verdict=SheetRow.Verdict.REFUSED).count()
    accepted = sheet.rows.exclude(verdict=SheetRow.Verdict.REFUSED).order_by("pk")
    for chunk in _in_chunks(accepted.iterator(chunk_size=CHUNK)):
        seen_as = {row.pk: row.change for row in chunk}
        mark_resent(sheet, chunk)  # since the preview an earlier list may have been taken back
        new, changed, unchanged = (
            [row for row in chunk if row.change == change] for change in SheetRow.Change
        )
        referrals = enter_rows(sheet=sheet, rows=new)
        renew_forgotten(referrals, new)
        for referral in referrals:
            vendor_ids.append(referral.vendor_id)
            counts[referral.verdict] += 1
        vendor_ids += [*correct_rows(changed), *named_again(unchanged)]
        counts["changed"] += len(changed)
        counts["unchanged"] += len(unchanged)
        for row in chunk:
            if row.change != seen_as[row.pk]:
                row.save(update_fields=["change", "earlier"])
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
) -> dict[str, Any]:
    """Keep the rows as they come; returns the last line, which says how it ended."""
    seen: dict[str, str] = {}
    last: dict[str, Any] = {}
    for chunk in _in_chunks(iter(lines)):
        last = chunk[-1]
        if "refusal" in last or "columns" in last:
            return last
        for line in chunk:
            sheet.rows_total = line.get("rows", sheet.rows_total)
            sheet.layout = line.get("layout", sheet.layout)
        rows = [_row_of(sheet, line) for line in chunk if "values" in line]
        judge_rows(sheet, rows, seen)
        with transaction.atomic():
            SheetRow.objects.bulk_create(rows)
            sheet.rows_read += len(rows)
            sheet.save(update_fields=["rows_read", "rows_total"])
            beat()
    return last


def _row_of(sheet: ReferralSheet, line: dict[str, Any]) -> SheetRow:
    return SheetRow(
        sheet=sheet,
        sheet_name=line.get("sheet", "")[:60],
        row=line["row"],
        received=line["values"],
        others=line["others"],
        damage=line["repairs"],
    )


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
