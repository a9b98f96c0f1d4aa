"""Rows that could not be accepted, handed back in the template's own columns to be repaired.

A workbook and not CSV: a spreadsheet that opens CSV drops the zeros and the end of long numbers.
"""

from collections.abc import Iterable, Mapping
from typing import IO

import xlsxwriter

from onboarding.imports.columns import COLUMNS
from onboarding.imports.template import MADE_ON, SHEET, WIDTHS, escape_cell

PROBLEM_TITLE = "Masalah"
WIDE = 60


def write_returned(target: IO[bytes], rows: Iterable[tuple[Mapping[str, str], str]]) -> None:
    """Write rows, each the values by column key and what is wrong with them, to a binary file.

    Every cell is text, and none that could be a formula keeps its first character in front. The
    column of problems has a title of its own, so that the repaired file can be uploaded as it is.
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Usulan yang belum dapat diterima", "created": MADE_ON})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@", "bg_color": "#E6EEF5"})
    wrap = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    titles = [*(column.title for column in COLUMNS), PROBLEM_TITLE]
    for index, title in enumerate(titles):
        width = WIDTHS.get(COLUMNS[index].key, 18) if index < len(COLUMNS) else WIDE
        sheet.set_column(index, index, width, text)
        sheet.write_string(0, index, title, bold)
    for number, (values, problem) in enumerate(rows, start=1):
        for index, column in enumerate(COLUMNS):
            sheet.write_string(number, index, escape_cell(values.get(column.key, "")), text)
        sheet.write_string(number, len(COLUMNS), escape_cell(problem), wrap)
    book.close()
