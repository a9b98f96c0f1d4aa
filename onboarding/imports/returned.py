"""A list handed back to be repaired: in the office's own columns, with what is wrong in each row.

A workbook and not CSV: a spreadsheet that opens CSV drops the zeros and the end of long numbers.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import IO

import xlsxwriter

from onboarding.imports.template import MADE_ON, SHEET, escape_cell

PROBLEM_TITLE = "Masalah"
WIDE, NARROWEST, WIDEST = 60, 10, 40
LONGEST_NAME = 31  # of a worksheet


@dataclass(frozen=True)
class ReturnedRow:
    """The cells in the office's order, the indexes of those that were mended, what is wrong."""

    cells: Sequence[str]
    mended: Collection[int]
    problem: str


@dataclass(frozen=True)
class ReturnedPage:
    """One sheet of theirs with its titles."""

    name: str
    titles: Sequence[str]
    rows: Sequence[ReturnedRow]


def write_returned(target: IO[bytes], pages: Iterable[ReturnedPage]) -> None:
    """Write the pages to a binary file; mended cells are coloured.

    Every cell is text, and none that could be a formula keeps its first character in front. The
    column of problems has a title of its own, so that the repaired file can be uploaded as it is.
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Usulan yang dikembalikan", "created": MADE_ON})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "mended": book.add_format({"num_format": "@", "bg_color": "#FFF2B3"}),
        "bold": book.add_format({"bold": True, "num_format": "@", "bg_color": "#E6EEF5"}),
        "wrap": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    }
    names: set[str] = set()
    for page in pages:
        _write(book.add_worksheet(_sheet_name(page.name, names)), page, formats)
    if not names:
        book.add_worksheet(SHEET)
    book.close()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", page: ReturnedPage, formats: dict) -> None:
    sheet.freeze_panes(1, 0)
    titles = [title for title in page.titles if title != PROBLEM_TITLE]
    kept = [i for i, title in enumerate(page.titles) if title != PROBLEM_TITLE]
    for index, title in enumerate([*titles, PROBLEM_TITLE]):
        width = WIDE if title == PROBLEM_TITLE else min(max(len(title), NARROWEST) + 6, WIDEST)
        sheet.set_column(index, index, width, formats["text"])
        sheet.write_string(0, index, escape_cell(title), formats["bold"])
    for number, row in enumerate(page.rows, start=1):
        for index, place in enumerate(kept):
            look = formats["mended"] if place in row.mended else formats["text"]
            sheet.write_string(number, index, escape_cell(row.cells[place]), look)
        sheet.write_string(number, len(kept), escape_cell(row.problem), formats["wrap"])


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:LONGEST_NAME] or SHEET
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{plain[: LONGEST_NAME - 4]} {number}", number + 1
    taken.add(found.casefold())
    return found
