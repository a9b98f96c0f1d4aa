"""The office's spreadsheet: its template, its reading in a child process, its safe export.

`python -m onboarding.imports FILE` prints JSON lines; `child.read_sheet` says which.
"""

from onboarding.imports.child import read_sheet, recognise_columns
from onboarding.imports.columns import COLUMNS, REQUIRED, TITLES, Column
from onboarding.imports.refusal import REFUSALS
from onboarding.imports.returned import ReturnedPage, ReturnedRow, write_returned
from onboarding.imports.template import escape_cell, write_csv_template, write_template

__all__ = [
    "COLUMNS",
    "REFUSALS",
    "REQUIRED",
    "TITLES",
    "Column",
    "ReturnedPage",
    "ReturnedRow",
    "escape_cell",
    "read_sheet",
    "recognise_columns",
    "write_csv_template",
    "write_returned",
    "write_template",
]
