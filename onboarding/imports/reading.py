"""From the bytes of an office's sheet to rows of text: the story that runs in the child process.

Rows keep the number that the spreadsheet shows beside them, since that is what a person looks
for. Formulas give the value that was saved with them; text that looks like one stays text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onboarding.imports.cells import cell_text
from onboarding.imports.columns import AMBIGUOUS, KEY_OF_TITLE, REQUIRED, TITLES, fold_title
from onboarding.imports.content import is_counting
from onboarding.imports.gate import find_carried
from onboarding.imports.layout import BY_TITLE, HEADER_ROWS, NEEDED, Layout, understand
from onboarding.imports.opening import Cells, OpenFile, OpenSheet, open_file
from onboarding.imports.refusal import SheetRefusedError

MAX_ROWS = 60_000
MOST_TOLD = 50
SAID = ("mapping", "remembered")  # by a person, who knows that a column is not there
TOTAL = re.compile(r"(sub ?total|grand total|total|jumlah|rata-?rata)\b.*", re.IGNORECASE)
BELOW = re.compile(
    r"(mengetahui|kepala (dinas|biro|badan|bagian)|nip|ttd|tanda tangan|catatan|keterangan)\b.*",
    re.IGNORECASE,
)
FEW = 2  # filled cells: a total or a signature, not a firm
COUNTED = re.compile(r"\(?\d{1,3}\)?")


@dataclass
class Skipped:
    """Rows that hold no firm, counted, and the first of them with the reason."""

    count: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)

    def add(self, sheet: str, row: int, why: str) -> None:
        """Count a row; `why` is `total`, `header`, `numbers` or `below`."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append({"sheet": sheet, "row": row, "why": why})


def read_lines(
    path: Path,
    *,
    mapping: Mapping[str, int | str] | None = None,
    remembered: Mapping[str, Mapping[str, int]] | None = None,
    is_large: bool = False,
    only_columns: bool = False,
) -> Iterator[dict[str, Any]]:
    """What `onboarding.imports.read_sheet` hands on, line by line; raises `SheetRefusedError`."""
    file = open_file(path, is_large=is_large)
    layouts = [
        (sheet, layout)
        for sheet in file.sheets
        if (layout := understand(sheet, mapping=mapping, remembered=remembered)) is not None
    ]
    layouts = _without_strangers(layouts)
    _refuse(layouts)
    about = _about(file, [layout for _sheet, layout in layouts])
    about["flags"] = [] if file.is_text else find_carried(path)
    if only_columns:
        yield about
        return
    if not about["is_sure"]:
        yield {"columns": about}
        return
    yield {"rows": sum(sheet.height for sheet, _ in layouts), "layout": about}
    yield from _rows(layouts, MAX_ROWS if not is_large else None)


def is_firm(cells: Cells, layout: Layout) -> bool:
    """Whether a row below the titles names a firm: it is filled and no total, signature, title."""
    keys = {index: key for key, index in layout.places.items()}
    row = _row(cells, keys)
    titles = {fold_title(title) for title in layout.titles} - {""}
    return row is not None and not _why_no_firm(row, cells, titles)


def _without_strangers(layouts: list[tuple[OpenSheet, Layout]]) -> list[tuple[OpenSheet, Layout]]:
    """Beside a sheet that is understood, one that names no firm is somebody's notes."""
    if not any(layout.is_sure for _sheet, layout in layouts):
        return layouts
    return [
        (sheet, layout)
        for sheet, layout in layouts
        if not _missing(layout) or any(guess.reason in SAID for guess in layout.columns)
    ]


def _refuse(layouts: list[tuple[OpenSheet, Layout]]) -> None:
    if not layouts:
        raise SheetRefusedError("no_header", rows=HEADER_ROWS)
    best = max((layout for _sheet, layout in layouts), key=lambda one: len(one.places))
    spare = sum(1 for guess in best.columns if guess.reason not in BY_TITLE and guess.samples)
    lacking = [key for key in NEEDED if key not in best.titled]
    if not best.is_sure and len(lacking) > spare:
        missing = [TITLES[key] for key in REQUIRED if key not in best.titled]
        found = [title for title in best.titles if title][:40]
        raise SheetRefusedError("wrong_columns", missing=missing, found=found)


def _missing(layout: Layout) -> list[str]:
    return [key for key in NEEDED if key not in layout.places]


def _about(file: OpenFile, layouts: list[Layout]) -> dict[str, Any]:
    return {
        "sheets": [layout.as_json() for layout in layouts],
        "hidden": list(file.hidden),
        "is_sure": all(layout.is_sure for layout in layouts),
    }


def _rows(layouts: list[tuple[OpenSheet, Layout]], most: int | None) -> Iterator[dict[str, Any]]:
    count, skipped = 0, Skipped()
    for sheet, layout in layouts:
        for row in _sheet_rows(sheet, layout, skipped):
            if count == most:
                raise SheetRefusedError("too_many_rows", limit=most)
            count += 1
            yield row
    if not count:
        raise SheetRefusedError("no_rows")
    yield {"end": {"rows": count, "skipped": skipped.told, "skipped_count": skipped.count}}


def _sheet_rows(sheet: OpenSheet, layout: Layout, skipped: Skipped) -> Iterator[dict[str, Any]]:
    keys = {index: key for key, index in layout.places.items()}
    titles = {fold_title(title) for title in layout.titles} - {""}
    for number, cells in sheet.rows():
        if number <= layout.header:
            continue
        row = _row(cells, keys)
        if row is None:
            continue
        why = _why_no_firm(row, cells, titles)
        if why:
            skipped.add(sheet.name, number, why)
            continue
        yield {"sheet": sheet.name, "row": number, **row}


def _row(cells: Cells, keys: Mapping[int, str]) -> dict[str, Any] | None:
    values = dict.fromkeys(TITLES, "")
    others: dict[str, str] = {}
    repairs: list[tuple[str, str]] = []
    for index, cell in enumerate(cells):
        if cell in ("", None):
            continue
        key = keys.get(index, "")
        text, codes = cell_text(key, cell)
        if key:
            values[key] = text
            repairs.extend((key, code) for code in codes)
        elif text:
            others[str(index)] = text
    if not any(values.values()):
        return None
    return {"values": values, "repairs": repairs, "others": others}


def _why_no_firm(row: dict[str, Any], cells: Cells, titles: set[str]) -> str:
    """Why a filled row below the titles is not a firm, or `""`."""
    filled = {key: text for key, text in row["values"].items() if text}
    first = next(iter(filled))
    if len(filled) >= FEW and all(_is_title(key, text, titles) for key, text in filled.items()):
        return "header"
    if COUNTED.fullmatch(filled[first]):
        words = [cell_text("", cell)[0] for cell in cells if cell not in ("", None)]
        if len(words) > FEW and is_counting(words):
            return "numbers"
    return "" if _says_who(filled) else _why_thin({*filled.values(), *row["others"].values()})


def _is_title(key: str, text: str, titles: set[str]) -> bool:
    folded = fold_title(text)
    return folded in titles or KEY_OF_TITLE.get(folded) == key or folded in AMBIGUOUS


def _says_who(filled: Mapping[str, str]) -> bool:
    """Whether the row names somebody: what a total and a signature leave empty."""
    names = {filled[key] for key in NEEDED if key in filled}
    told = {one for one in names if not TOTAL.fullmatch(one) and re.search(r"[^\W\d]", one)}
    return len(filled) > FEW and bool(told)


def _why_thin(words: set[str]) -> str:
    if any(TOTAL.fullmatch(word) for word in words):
        return "total"
    return "below" if any(BELOW.fullmatch(word) for word in words) else ""
