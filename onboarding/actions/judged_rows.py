"""The rows of a list judged for the preview, and again whenever a person mends one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from onboarding.actions.knowledge import check_values, known_firms, recognise_row
from onboarding.actions.resending import mark_resent
from onboarding.imports import TITLES
from onboarding.models import SheetRow

if TYPE_CHECKING:
    from onboarding.models import ReferralSheet

JUDGED = (
    "fixes", "overruled", "clean", "problems", "verdict", "known_vendor", "match_reasons",
    "digest", "change", "earlier",
)  # fmt: skip


def judge_rows(sheet: ReferralSheet, rows: list[SheetRow], seen: dict[str, str]) -> None:
    """Fill in, unsaved, what each row is worth; ``seen`` are the NIBs of rows judged before."""
    checked = [
        check_values(row.values, _damage(row), {(c, code) for c, code, *_why in row.overruled})
        for row in rows
    ]
    known = known_firms([result.clean for result in checked])
    for row, result in zip(rows, checked, strict=True):
        row.clean = result.clean
        row.problems = [asdict(problem) for problem in result.problems]
        row.digest = digest_of(row.values)
        row.known_vendor_id, row.match_reasons = None, []
        row.verdict = SheetRow.Verdict.REFUSED
        if result.is_acceptable:
            row.verdict, row.known_vendor_id, row.match_reasons = recognise_row(
                result.clean, known, seen
            )
    mark_resent(sheet, rows)


def judge_again(sheet: ReferralSheet, rows: list[SheetRow]) -> None:
    """Judge rows of a preview again after a person changed them, and save them."""
    nibs = {row.values.get("nib", "") for row in rows} - {""}
    others = sheet.rows.exclude(pk__in=[row.pk for row in rows])
    others = others.exclude(verdict=SheetRow.Verdict.REFUSED)
    taken = others.filter(clean__nib__in=list(nibs)).values_list("clean__nib", flat=True)
    judge_rows(sheet, rows, {nib: nib for nib in taken if nib})
    for row in rows:  # one by one is many times faster here than one long CASE per column
        row.save(update_fields=JUDGED)


def digest_of(values: dict[str, Any]) -> str:
    """What two rows share that say the same in every column of ours."""
    said = [" ".join(str(values.get(key) or "").split()).casefold() for key in TITLES]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _damage(row: SheetRow) -> list[list[str]]:
    """What the spreadsheet did to the cells that nobody has typed anew."""
    return [pair for pair in row.damage if pair[0] not in row.fixes]
