"""Prints every referral with the firm that it is credited to now."""

from __future__ import annotations

import heapq
import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db.models import BigIntegerField, F, Value

from onboarding.models import Referral, ReferralSheet, SheetRow, Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

CHUNK = 5_000


class Command(BaseCommand):
    """`list_referrals --jsonl`: by list, sheet and row; the referrals of the form come last."""

    help = "Print a line per referral: file, sheet, row, vendor, verdict."

    def add_arguments(self, parser: Any) -> None:
        """What may be asked."""
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a line")
        parser.add_argument("--batch", type=int, help="only this list")

    def handle(self, **options: Any) -> None:
        """Print the lines as the database gives them."""
        write = self.stdout.write
        for line in _lines(options["batch"]):
            write(json.dumps(line, ensure_ascii=False) if options["jsonl"] else _plain(line))


def _lines(batch: int | None) -> Iterator[dict[str, Any]]:
    named = Referral.objects.standing()
    refused = SheetRow.objects.filter(
        verdict=SheetRow.Verdict.REFUSED, sheet__state=ReferralSheet.State.ENTERED
    )
    if batch is not None:
        named, refused = named.filter(sheet=batch), refused.filter(sheet=batch)
    now = _merged()
    for line in heapq.merge(_rows(named, "vendor_id"), _rows(refused, None), key=_place):
        _sheet, file, sheet, row, verdict, vendor = line
        yield {
            "file": file or "",
            "sheet": sheet,
            "row": row,
            "vendor": now.get(vendor, vendor),
            "verdict": verdict,
        }


def _rows(found: QuerySet[Any], vendor: str | None) -> Iterator[tuple[Any, ...]]:
    """Sheet, file, name of the sheet in it, row, verdict, vendor; in order, never all at once."""
    order = (F("sheet_id").asc(nulls_last=True), "sheet_name", "row", "pk")
    names = ("sheet_id", "sheet__original_name", "sheet_name", "row", "verdict")
    said = found.annotate(said=F(vendor) if vendor else Value(None, output_field=BigIntegerField()))
    return said.order_by(*order).values_list(*names, "said").iterator(chunk_size=CHUNK)


def _place(line: tuple[Any, ...]) -> tuple[bool, int, str, int]:
    return line[0] is None, line[0] or 0, line[2], line[3] or 0


def _merged() -> dict[int, int]:
    """Firms that were merged into another, and the one that has their credit now."""
    into = dict(
        Vendor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    )
    return {firm: _last(firm, into) for firm in into}


def _last(firm: int, into: dict[int, int]) -> int:
    while firm in into:
        firm = into[firm]
    return firm


def _plain(line: dict[str, Any]) -> str:
    return "\t".join(str(line[key] or "") for key in ("file", "sheet", "row", "vendor", "verdict"))
