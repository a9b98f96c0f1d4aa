"""Rows of a preview mended in place: what was received stays, what a person puts counts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.judged_rows import judge_again
from onboarding.errors import NotAllowed, Refused, SheetNotReady
from onboarding.imports import TITLES
from onboarding.models import ReferralSheet, SheetRow
from onboarding.rows import OVERRULABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from onboarding.models import User

MOST_AT_ONCE = 5_000  # some seconds
CHUNK = 500
LONGEST_FIX = 300


@transaction.atomic
def fix_row(row: SheetRow, *, values: Mapping[str, str], by: User) -> SheetRow:
    """Put other text into cells of one row; text equal to what was received takes a fix back."""
    sheet = _held(row.sheet_id, by)
    row = sheet.rows.select_for_update().get(pk=row.pk)
    row.sheet = sheet
    before = row.values
    typed = {key: text.strip()[:LONGEST_FIX] for key, text in values.items() if key in TITLES}
    changed = sorted(key for key, text in typed.items() if text != before.get(key, ""))
    if not changed:
        return row
    _put(row, {key: typed[key] for key in changed})
    judge_again(sheet, [row])
    _announce(sheet, [row], changed, "", by)
    return row


@transaction.atomic
def accept_repairs(
    sheet: ReferralSheet, *, column: str, code: str, row: SheetRow | None = None, by: User
) -> int:
    """Accept what was proposed for one kind of problem, in one row or in every row of the list.

    At most ``MOST_AT_ONCE`` rows are mended by one act; returns how many were.
    """
    sheet = _held(sheet.pk, by)
    rows = sheet.rows.exclude(problems=[]).order_by("pk").select_for_update()
    if row is not None:
        rows = rows.filter(pk=row.pk)
    mended: list[SheetRow] = []
    columns: set[str] = set()
    faulty = (one for one in rows.iterator(chunk_size=CHUNK) if _proposed(one, column, code))
    while chunk := list(islice(faulty, min(CHUNK, MOST_AT_ONCE - len(mended)))):
        for one in chunk:
            proposed = _proposed(one, column, code)
            columns |= set(proposed)
            _put(one, proposed)
        judge_again(sheet, chunk)
        mended += chunk
    if not mended:
        raise Refused(_("Nothing is proposed there any more. Somebody may have just done it."))
    _announce(sheet, mended, sorted(columns), code, by)
    return len(mended)


@transaction.atomic
def overrule_doubt(row: SheetRow, *, column: str, code: str, reason: str, by: User) -> SheetRow:
    """Say that a doubted number is right, with the reason: the card or the paper was seen."""
    sheet = _held(row.sheet_id, by)
    row = sheet.rows.select_for_update().get(pk=row.pk)
    doubts = {(one["column"], one["code"]) for one in row.problems if one["severity"] != "note"}
    if code not in OVERRULABLE or (column, code) not in doubts:
        raise Refused(_("This remark cannot be answered by a person; mend the row instead."))
    if not reason.strip():
        raise Refused(_("Say how you know that the number is right."))
    row.overruled = [*row.overruled, [column, code, reason.strip()[:LONGEST_FIX]]]
    judge_again(sheet, [row])
    _announce(sheet, [row], [column], code, by, is_overruled=True)
    return row


def _held(sheet_id: int, by: User) -> ReferralSheet:
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot change a list."))
    sheet = ReferralSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.state != ReferralSheet.State.READ:
        raise SheetNotReady(
            _("This list is “%(state)s” now. Its rows can be changed only before it is confirmed.")
            % {"state": sheet.get_state_display()}
        )
    return sheet


def _put(row: SheetRow, values: Mapping[str, str]) -> None:
    fixes = {**row.fixes, **values}
    row.fixes = {key: text for key, text in fixes.items() if text != row.received.get(key, "")}
    # a doubt is answered for one number, not for the one that is typed in its place
    row.overruled = [one for one in row.overruled if one[0] not in values]


def _proposed(row: SheetRow, column: str, code: str) -> dict[str, str]:
    """What is proposed for a kind of problem; two cells that stand for each other move at once."""
    found = {one["column"]: one.get("repair", "") for one in row.problems if one["code"] == code}
    chosen = found if code == "mixed_up" else {column: found.get(column, "")}
    return {key: text for key, text in chosen.items() if text}


def _announce(
    sheet: ReferralSheet,
    rows: Collection[SheetRow],
    columns: list[str],
    code: str,
    by: User,
    *,
    is_overruled: bool = False,
) -> None:
    events.rows_fixed.send(
        sender=ReferralSheet,
        sheet=sheet,
        rows=[row.row for row in rows],
        columns=columns,
        code=code,
        is_overruled=is_overruled,
        by=by,
    )
