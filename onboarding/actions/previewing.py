"""What a draft of the rules would do: every standing firm judged twice, chunk by chunk.

Each chunk is kept with how far it came, so that a killed worker's work is taken up where it ended.
"""

from __future__ import annotations

import tempfile
import uuid
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.judging import facts_of
from onboarding.eligibility import RulesOfDay
from onboarding.imports import escape_cell
from onboarding.models import RuleFlip, RulePreview, Vendor
from onboarding.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from onboarding.models import User

CHUNK = 1000
#: A sheet ends at 1,048,576 rows; nobody reads so many, and the counts are complete anyway.
MOST_LINES = 100_000
State = RulePreview.State


def work_out_preview(preview_id: int, *, by: User, beat: Callable[[], None]) -> RulePreview:
    """Judge all firms by both versions and keep those on which they disagree, with a workbook."""
    preview = RulePreview.objects.select_related("version", "against").get(pk=preview_id)
    if preview.state != State.RUNNING:
        return preview
    now = RulesOfDay(preview.against.as_rules, preview.day)
    then = RulesOfDay(preview.version.as_rules, preview.day)
    if preview.version.digest != preview.digest:
        return _end(preview, State.FAILED, by=by)  # the draft was changed while this waited
    while _look_at_chunk(preview, now, then, beat):
        pass
    with tempfile.TemporaryFile() as file:
        _write(file, preview, beat)
        preview.stored_as = default_storage.save(f"previews/{uuid.uuid4().hex}.xlsx", File(file))
    beat()
    return _end(preview, State.DONE, by=by)


def give_up_preview(preview_id: int, *, by: User) -> None:
    """Say that no worker could finish a preview; another may be ordered."""
    preview = RulePreview.objects.get(pk=preview_id)
    if preview.state == State.RUNNING:
        _end(preview, State.FAILED, by=by)


@transaction.atomic
def _look_at_chunk(
    preview: RulePreview, now: RulesOfDay, then: RulesOfDay, beat: Callable[[], None]
) -> bool:
    firms = list(
        Vendor.objects.standing()
        .filter(pk__gt=preview.judged_up_to)
        .order_by("pk")
        .select_related(None)[:CHUNK]
    )
    if not firms:
        return False
    facts_now = facts_of(firms, rules=now, today=preview.day)
    facts_then = facts_of(firms, rules=then, today=preview.day)
    flips = []
    for firm, before, after in zip(firms, facts_now, facts_then, strict=True):
        old, new = now.judge(before), then.judge(after)
        if old.eligible == new.eligible:
            continue
        telling = old if new.eligible else new
        codes = [*(reason.code for reason in telling.reasons), *telling.waits]
        flip = RuleFlip(
            preview=preview,
            vendor=firm,
            becomes_eligible=new.eligible,
            codes=",".join(codes)[:200],
        )
        flips.append(flip)
        _count(preview.counts, firm.region_id, codes, new.eligible)
    beat()
    RuleFlip.objects.bulk_create(flips, batch_size=500)
    preview.judged_up_to = firms[-1].pk
    preview.firms_judged += len(firms)
    preview.save(update_fields=["judged_up_to", "firms_judged", "counts"])
    return True


def _count(counts: dict[str, Any], region: str, codes: list[str], is_up: bool) -> None:
    """Counts are pairs: how many become eligible, how many no longer are."""
    side = 0 if is_up else 1
    for kind, keys in (("all", [""]), ("regions", [region]), ("reasons", codes)):
        table = counts.setdefault(kind, {})
        for key in keys:
            table.setdefault(key, [0, 0])[side] += 1


@transaction.atomic
def _end(preview: RulePreview, state: str, *, by: User) -> RulePreview:
    """Keep how it ended, unless it was given up meanwhile because data of a firm in it was
    erased."""
    held = RulePreview.objects.select_for_update().get(pk=preview.pk)
    if held.state != State.RUNNING:
        if preview.stored_as:
            default_storage.delete(preview.stored_as)
        return held
    preview.state, preview.finished_at = state, timezone.now()
    preview.save(update_fields=["state", "finished_at", "stored_as"])
    events.preview_finished.send(sender=RulePreview, preview=preview, by=by)
    return preview


def _write(target: IO[bytes], preview: RulePreview, beat: Callable[[], None]) -> None:
    """Write the firms to a workbook of text, in the office's language; no cell is a formula."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@", "bg_color": "#E6EEF5"})
    with translation.override(settings.LANGUAGE_CODE):
        sheet = book.add_worksheet(_("Preview")[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 6, 24, text)
        _write_row(sheet, 0, _titles(), bold)
        flips = preview.flips.select_related("vendor__region").order_by("becomes_eligible", "pk")
        for number, flip in enumerate(flips[:MOST_LINES].iterator(chunk_size=CHUNK), start=1):
            _write_row(sheet, number, _cells(flip), text)
            if number % CHUNK == 0:
                beat()
        book.close()


def _titles() -> list[str]:
    return [
        _("Number"),
        _("Business"),
        _("Legal form"),
        _("Regency or city"),
        _("Status"),
        _("Would be"),
        _("Because of"),
    ]


def _cells(flip: RuleFlip) -> list[str]:
    firm = flip.vendor
    return [
        firm.number,
        firm.name,
        str(firm.get_legal_form_display()),
        firm.region.display_name,
        str(firm.get_status_display()),
        _("eligible") if flip.becomes_eligible else _("no longer eligible"),
        "; ".join(say(code) for code in flip.codes.split(",") if code),
    ]


def _write_row(sheet: Any, number: int, cells: list[str], style: Any) -> None:
    for index, cell in enumerate(cells):
        sheet.write_string(number, index, escape_cell(cell), style)
