"""A plain table as a workbook: every cell is text or a number, and no text is run as a formula."""

from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter

from onboarding.imports import escape_cell

Cell = str | int | float | None
WIDTH, WIDE = 18, 44


def write_table(
    target: IO[bytes],
    *,
    sheet: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    wide: Sequence[int] = (),
) -> None:
    """Write titles and rows to a binary file, row by row, so that memory does not grow with them;
    ``wide`` are the places of columns that hold sentences."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#E6EEF5", "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(sheet)
    page.freeze_panes(1, 0)
    for place, title in enumerate(titles):
        page.set_column(place, place, WIDE if place in wide else WIDTH)
        page.write_string(0, place, title, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                page.write_number(number, place, cell, wrap)
            elif cell:
                page.write_string(number, place, escape_cell(cell), wrap)
    book.close()
