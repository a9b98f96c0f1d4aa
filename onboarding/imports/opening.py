"""A file opened as sheets of cells, whatever it is: xlsx, xlsb, xls, ods, or text with marks.

Each sheet can be walked more than once, because the columns are understood before the rows are
read. Merged cells come filled with the value that they show.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from onboarding.imports.columns import recognise_header
from onboarding.imports.gate import MAX_FILE, MAX_LARGE_FILE, judge_file
from onboarding.imports.refusal import SheetRefusedError

DELIMITERS = ",;\t|^~"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
#: A slip of a copied cell is taken out; where it is more, or a nought, the file is no text.
MOST_CONTROL = 1 / 100
CSV_SHEET = "CSV"
SNIFFED = 20_000
LINES_SNIFFED = 20
PIECE = 1 << 20
MOST_MERGED = 5_000  # cells; a frame drawn round the whole sheet is no value
Cells: TypeAlias = list[object]


@dataclass(frozen=True)
class OpenSheet:
    """One sheet: `rows()` walks numbered rows from the top; `height` is at most so many."""

    name: str
    height: int
    rows: Callable[[], Iterator[tuple[int, Cells]]]


@dataclass(frozen=True)
class OpenFile:
    """The visible sheets of a file, and the names of the hidden ones that are passed over."""

    sheets: tuple[OpenSheet, ...]
    hidden: tuple[str, ...] = ()
    is_text: bool = False


def open_file(path: Path, *, is_large: bool = False) -> OpenFile:
    """Open the file by its content; raises `SheetRefusedError`."""
    kind = judge_file(path, most=MAX_LARGE_FILE if is_large else MAX_FILE)
    return OpenFile((_text_sheet(path),), is_text=True) if kind == "csv" else _book(path)


def _book(path: Path) -> OpenFile:
    try:
        # as an object and not by its path: the library would believe the name's ending
        book = load_workbook(io.BytesIO(path.read_bytes()))
        shown, hidden = [], []
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.MacroSheet:
                raise SheetRefusedError("macros")
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            shown.append(_book_sheet(book.get_sheet_by_name(about.name)))
    except PasswordError as error:
        raise SheetRefusedError("locked_sheet") from error
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise SheetRefusedError("broken_sheet") from error
    return OpenFile(tuple(shown), tuple(hidden))


def _book_sheet(sheet: Any) -> OpenSheet:
    left = sheet.start[1] if sheet.start else 0
    fill = _merged(sheet)

    def rows() -> Iterator[tuple[int, Cells]]:
        kept: dict[tuple[int, int], object] = {}
        for index, content in enumerate(sheet.iter_rows()):
            cells = [*[""] * left, *content] if left else list(content)
            if index in fill:
                _fill_merged(cells, index, fill[index], kept)
            yield index + 1, cells

    return OpenSheet(sheet.name, sheet.height, rows)


def _merged(sheet: Any) -> dict[int, list[tuple[int, int, int]]]:
    """By row, the cells that show another's value: (column, row and column of the other)."""
    fill: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) > MOST_MERGED:
            continue
        for row in range(top, bottom + 1):
            fill.setdefault(row, []).extend((c, top, left) for c in range(left, right + 1))
    return fill


def _fill_merged(
    cells: Cells,
    row: int,
    fill: list[tuple[int, int, int]],
    kept: dict[tuple[int, int], object],
) -> None:
    for column, top, left in fill:
        if column >= len(cells):
            continue
        if (row, column) == (top, left):
            kept[top, left] = cells[column]
        elif cells[column] in ("", None):
            cells[column] = kept.get((top, left), "")


def _text_sheet(path: Path) -> OpenSheet:
    encoding, lines, is_plain = _encoding(path)
    cleaned = _without_mark if is_plain else _without_control
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(SNIFFED).lstrip("\ufeff")
    said = re.match(r"sep=(.)\r?\n", start, re.IGNORECASE)
    mark = said[1] if said else _delimiter(start)

    def rows() -> Iterator[tuple[int, Cells]]:
        with path.open(encoding=encoding, newline="") as file:
            if said:
                file.readline()
            reader = csv.reader(file, delimiter=mark, strict=True)
            try:
                yield from enumerate(map(cleaned, reader), start=1)
            except csv.Error as error:
                raise SheetRefusedError("broken_sheet", row=reader.line_num) from error

    return OpenSheet(CSV_SHEET, lines, rows)


def _without_mark(row: list[str]) -> Cells:
    return [cell.removeprefix("\ufeff") for cell in row]


def _without_control(row: list[str]) -> Cells:
    return [CONTROL.sub("", cell).removeprefix("\ufeff") for cell in row]


def _encoding(path: Path) -> tuple[str, int, bool]:
    """The encoding that fits the whole file, how many lines it has, whether it is free of control
    characters; never all in memory."""
    with path.open("rb") as file:
        start = file.read(4_096)
    for encoding in _candidates(start):
        try:
            lines, is_empty, is_plain = _walk(path, encoding)
        except UnicodeError:
            continue
        if is_empty:
            raise SheetRefusedError("empty_file")
        return encoding, lines, is_plain
    raise SheetRefusedError("not_a_sheet")


def _candidates(start: bytes) -> list[str]:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 4:  # plain letters in UTF-16 are every other byte a nought
        return ["utf-16-be" if even > odd else "utf-16-le"]
    return ["utf-8-sig", "cp1252"]


def _walk(path: Path, encoding: str) -> tuple[int, bool, bool]:
    lines, is_empty, is_plain = 1, True, True
    with path.open(encoding=encoding, newline="") as file:
        while piece := file.read(PIECE):
            found = CONTROL.findall(piece)
            if "\0" in found or len(found) > MOST_CONTROL * len(piece):
                raise SheetRefusedError("not_a_sheet")
            is_plain = is_plain and not found
            lines += piece.count("\n")
            is_empty = is_empty and not piece.strip("\ufeff \t\r\n")
    return lines, is_empty, is_plain


def _delimiter(text: str) -> str:
    """The mark that makes most of our titles out of the first lines, or else the steadiest one."""
    lines = [line for line in islice(text.splitlines(), LINES_SNIFFED) if line.strip()]

    def score(mark: str) -> tuple[int, int, int]:
        rows = [line.replace('"', "").split(mark) for line in lines]
        counts = [len(row) for row in rows]
        usual = max(set(counts), key=counts.count) if counts else 1
        titles = max((len(recognise_header(row)) for row in rows), default=0)
        return titles, counts.count(usual) if usual > 1 else 0, usual

    return max(DELIMITERS, key=score)
