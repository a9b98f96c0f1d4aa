"""The office's spreadsheet: its template, its reading in a child process, its safe export.

`python -m onboarding.imports FILE` prints JSON lines: `{"rows": N}`, one object per filled row,
or one `{"refusal": code, "detail": {…}}`.
"""

from onboarding.imports.child import read_sheet
from onboarding.imports.columns import COLUMNS, REQUIRED, TITLES, Column
from onboarding.imports.refusal import REFUSALS
from onboarding.imports.returned import write_returned
from onboarding.imports.template import escape_cell, write_csv_template, write_template

__all__ = [
    "COLUMNS",
    "REFUSALS",
    "REQUIRED",
    "TITLES",
    "Column",
    "escape_cell",
    "read_sheet",
    "write_csv_template",
    "write_returned",
    "write_template",
]
