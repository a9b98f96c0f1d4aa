"""A plain table handed out as a workbook or as CSV, with one way to name and to guard the file."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from onboarding.imports import escape_cell
from onboarding.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onboarding.models import User
    from onboarding.tables import Cell

XLSX, CSV = "xlsx", "csv"
KINDS: Final = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


def taken_by(user: User) -> str:
    """The line at the end of a file with data of persons: who took it out of the house, when."""
    at = date_format(timezone.localtime(), "DATETIME_FORMAT")
    return _("Exported by %(name)s on %(at)s. Data of persons: do not pass on.") % {
        "name": user.full_name or user.email,
        "at": at,
    }


def table_file(
    kind: str,
    *,
    name: str,
    sheet: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    wide: Sequence[int] = (),
    by: User | None = None,
) -> HttpResponse:
    """Answer with ``<name>.<kind>``. CSV is UTF-8 with a mark and semicolons, as a spreadsheet in
    Indonesian opens it; no cell of either is run as a formula. A file that names firms ends with
    who took it (``by``) and when."""
    target = io.BytesIO()
    rows = rows if by is None else chain(rows, ([], [taken_by(by)]))
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
