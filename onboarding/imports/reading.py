"""From the bytes of an office's sheet to rows of text: the story that runs in the child process.

Rows keep the number that the spreadsheet shows beside them, since that is what a person looks
for. Formulas give the value that was saved with them; text that looks like one stays text.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from onboarding.imports.cells import cell_text
from onboarding.imports.columns import (
    FEWEST_TITLES,
    HEADER_ROWS,
    REQUIRED,
    TITLES,
    recognise_header,
)
from onboarding.imports.gate import judge_file
from onboarding.imports.refusal import SheetRefusedError

MAX_ROWS = 60_000
DELIMITERS = ",;\t"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
CSV_SHEET = "CSV"
SNIFFED = 20_000

Cells: TypeAlias = list[object]


@dataclass(frozen=True)
class SheetRow:
    """One row that somebody filled in: `row` as the spreadsheet shows it, text by column key."""

    sheet: str
    row: int
    values: dict[str, str]
    repairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Header:
    """Where a header stands: its row number and the index of each column that it names."""

    row: int
    places: dict[str, int]
    found: tuple[str, ...]


def read_rows(path: Path) -> list[SheetRow]:
    """All filled rows of every visible sheet with our columns; raises `SheetRefusedError`."""
    sheets = _csv_sheet(path) if judge_file(path) == "csv" else _xlsx_sheets(path)
    rows: list[SheetRow] = []
    headers: list[Header] = []
    for name, cells in sheets:
        header, body = _split(cells)
        if header is None:
            continue
        headers.append(header)
        if not _missing(header):
            _collect(rows, name, header, body)
    _refuse_headers(headers)
    if not rows:
        raise SheetRefusedError("no_rows")
    return rows


def _split(cells: Iterable[Cells]) -> tuple[Header | None, Iterator[tuple[int, Cells]]]:
    """The best header among the first rows, and the numbered rows below it."""
    numbered = enumerate(cells, start=1)
    top = list(islice(numbered, HEADER_ROWS))
    header: Header | None = None
    for row, content in top:
        titles = [cell_text("", cell)[0] for cell in content]
        places = recognise_header(titles)
        if len(places) >= FEWEST_TITLES and (header is None or len(places) > len(header.places)):
            header = Header(row, places, tuple(title for title in titles if title))
    first = header.row if header else 0
    return header, chain([pair for pair in top if pair[0] > first], numbered)


def _collect(
    rows: list[SheetRow], sheet: str, header: Header, body: Iterator[tuple[int, Cells]]
) -> None:
    for number, content in body:
        row = _sheet_row(sheet, number, content, header.places)
        if row is None:
            continue
        if len(rows) == MAX_ROWS:
            raise SheetRefusedError("too_many_rows", limit=MAX_ROWS)
        rows.append(row)


def _sheet_row(sheet: str, number: int, content: Cells, places: dict[str, int]) -> SheetRow | None:
    values = dict.fromkeys(TITLES, "")
    repairs: list[tuple[str, str]] = []
    for key, index in places.items():
        if index >= len(content):
            continue
        values[key], codes = cell_text(key, content[index])
        repairs.extend((key, code) for code in codes)
    if not any(values.values()):
        return None
    return SheetRow(sheet, number, values, tuple(repairs))


def _missing(header: Header) -> list[str]:
    return [key for key in REQUIRED if key not in header.places]


def _refuse_headers(headers: list[Header]) -> None:
    if not headers:
        raise SheetRefusedError("no_header", rows=HEADER_ROWS)
    if all(_missing(header) for header in headers):
        best = max(headers, key=lambda header: len(header.places))
        raise SheetRefusedError(
            "wrong_columns",
            missing=[TITLES[key] for key in _missing(best)],
            found=[title[:80] for title in best.found[:40]],
        )


def _xlsx_sheets(path: Path) -> Iterator[tuple[str, Iterable[Cells]]]:
    try:
        with load_workbook(path) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible != SheetVisibleEnum.Visible:
                    continue
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    yield sheet.name, map(list, book.get_sheet_by_name(sheet.name).iter_rows())
    except PasswordError as error:
        raise SheetRefusedError("locked_sheet") from error
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise SheetRefusedError("broken_sheet") from error


def _csv_sheet(path: Path) -> Iterator[tuple[str, Iterable[Cells]]]:
    text = _decode(path.read_bytes())
    if not text.strip():
        raise SheetRefusedError("empty_file")
    if CONTROL.search(text) or text.lstrip()[:5].casefold() in ("<html", "<!doc", "<?xml"):
        raise SheetRefusedError("not_a_sheet")
    yield CSV_SHEET, _csv_rows(text)


def _decode(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefusedError("not_a_sheet")


def _csv_rows(text: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            yield list(row)
    except csv.Error as error:
        raise SheetRefusedError("broken_sheet", row=reader.line_num) from error


def _delimiter(text: str) -> str:
    """The mark that makes most of our titles out of the first lines; a comma when none does."""
    lines = text[:SNIFFED].splitlines()[:HEADER_ROWS]
    scores = {
        mark: max(len(recognise_header(line.replace('"', "").split(mark))) for line in lines)
        for mark in DELIMITERS
    }
    return max(DELIMITERS, key=lambda mark: scores[mark])
