"""A plain table handed out as a workbook or as CSV, with one way to name and to guard the file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse

from onboarding.imports import escape_cell
from onboarding.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onboarding.tables import Cell

XLSX, CSV = "xlsx", "csv"
KINDS: Final = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


def table_file(
    kind: str,
    *,
    name: str,
    sheet: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    wide: Sequence[int] = (),
) -> HttpResponse:
    """Answer with ``<name>.<kind>``. CSV is UTF-8 with a mark and semicolons, as a spreadsheet in
    Indonesian opens it; no cell of either is run as a formula."""
    target = io.BytesIO()
    if kind == XLSX:
        write_table(target, sheet=sheet, titles=titles, rows=rows, wide=wide)
    else:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(titles)
        for row in rows:
            writer.writerow([escape_cell(cell) if isinstance(cell, str) else cell for cell in row])
        target.write(text.getvalue().encode("utf-8-sig"))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(target.getvalue(), content_type=KINDS[kind], headers=headers)
