"""A list of any length as rows of text, in chunks, with memory that does not grow.

Text with marks is walked twice: once to be sure that it can be read to its end and to count its
rows, then chunk by chunk. A workbook goes through the child process into a temporary file first,
because a refusal at its end undoes the rows before it.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

from onboarding.imports.child import read_sheet
from onboarding.imports.columns import REQUIRED, TITLES
from onboarding.imports.gate import is_book
from onboarding.imports.layout import HEADER_ROWS, NEEDED, Asked, Layout, understand
from onboarding.imports.opening import OpenSheet, open_file
from onboarding.imports.reading import is_firm
from onboarding.imports.refusal import SheetRefusedError

LARGE = ("too_large", "too_many_rows")
SHORT_NAME = 4  # `(2)` below a title, not a firm
Record: TypeAlias = tuple[int, tuple[str, ...]]


@dataclass
class Chunk:
    """Rows as they stand in the file: `number` counts records from 0, `row` is the spreadsheet's.

    `texts` are in the order of `TITLES`; `repairs` are what the reader reported, by number.
    """

    numbers: list[int] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    texts: list[tuple[str, ...]] = field(default_factory=list)
    repairs: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class ListFile:
    """A list that can be read to its end: so many `rows`; `chunks(start, size)` walks its records
    from one on."""

    rows: int
    chunks: Callable[[int, int], Iterator[Chunk]]


def open_list(path: Path, mapping: Asked | None = None) -> ListFile:
    """Open a list; `mapping` names columns by title, letter, or index from 0.

    Where nobody can be asked, columns that are told by their content alone are believed. Raises
    `SheetRefusedError` before any row is given.
    """
    return _book_list(path, mapping) if is_book(path) else _text_list(path, mapping)


def _text_list(path: Path, mapping: Asked | None) -> ListFile:
    sheet = open_file(path, is_large=True).sheets[0]
    layout = understand(sheet, mapping=mapping)
    if layout is None:
        raise SheetRefusedError("no_header", rows=HEADER_ROWS)
    if not set(NEEDED) <= set(layout.places):
        raise _wrong_columns(layout.places, layout.titles)

    def chunks(start: int, size: int) -> Iterator[Chunk]:
        numbered = islice(enumerate(_records(sheet, layout)), start, None)
        while part := list(islice(numbered, size)):
            yield Chunk(
                numbers=[number for number, _record in part],
                sheets=[sheet.name] * len(part),
                rows=[row for _number, (row, _texts) in part],
                texts=[texts for _number, (_row, texts) in part],
            )

    rows = sum(1 for _row, texts in _records(sheet, layout) if any(texts))
    if not rows:
        raise SheetRefusedError("no_rows")
    return ListFile(rows, chunks)


def _records(sheet: OpenSheet, layout: Layout) -> Iterator[Record]:
    """Every record below the titles, but for totals, signatures and titles that come again."""
    width = max(layout.places.values()) + 1
    pick = itemgetter(*(layout.places.get(key, width) for key in TITLES))
    telling = itemgetter(*(list(TITLES).index(key) for key in NEEDED))
    name = list(TITLES).index("name")
    titles = set(layout.titles)
    for row, cells in sheet.rows():
        if row <= layout.header:
            continue
        texts = pick([*cells[:width], *[""] * (width + 1 - len(cells)), ""])
        is_odd = not all(telling(texts)) or len(texts[name]) <= SHORT_NAME or texts[name] in titles
        if not is_odd or is_firm(cells, layout):
            yield row, texts


def _book_list(path: Path, mapping: Asked | None) -> ListFile:
    kept = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (the chunks read it)
    try:
        rows = _keep(kept, _lines(path, {"mapping": mapping}))
    except SheetRefusedError as refusal:
        if refusal.code not in LARGE:
            raise
        kept.seek(0)
        kept.truncate()
        rows = _keep(kept, _lines(path, {"mapping": mapping, "is_large": True}))

    def chunks(start: int, size: int) -> Iterator[Chunk]:
        kept.seek(0)
        wanted = islice(enumerate(map(json.loads, kept)), start, None)
        while part := list(islice(wanted, size)):
            yield _chunk_of_lines(part)

    return ListFile(rows, chunks)


def _lines(path: Path, orders: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The lines of the child; a proposal of columns is taken where it has all that is needed."""
    for line in read_sheet(path, **orders):
        if "columns" in line:
            sheets = line["columns"]["sheets"]
            kept = {s["signature"]: s["places"] for s in sheets if set(NEEDED) <= set(s["places"])}
            if not kept:
                best = max(sheets, key=lambda s: len(s["places"]))
                raise _wrong_columns(best["places"], best["titles"])
            others: dict[str, Any] = {
                s["signature"]: {} for s in sheets if s["signature"] not in kept
            }
            yield from read_sheet(path, **orders, remembered={**kept, **others})
            return
        yield line


def _keep(kept: Any, lines: Iterable[dict[str, Any]]) -> int:
    rows = 0
    for line in lines:
        if "refusal" in line:
            raise SheetRefusedError(line["refusal"], **line.get("detail", {}))
        if "values" in line:
            rows += 1
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
    return rows


def _wrong_columns(places: Mapping[str, int], titles: Iterable[str]) -> SheetRefusedError:
    missing = [TITLES[key] for key in REQUIRED if key not in places]
    found = [title for title in titles if title][:40]
    return SheetRefusedError("wrong_columns", missing=missing, found=found)


def _chunk_of_lines(lines: list[tuple[int, dict[str, Any]]]) -> Chunk:
    return Chunk(
        numbers=[number for number, _line in lines],
        sheets=[line["sheet"] for _number, line in lines],
        rows=[line["row"] for _number, line in lines],
        texts=[tuple(line["values"][key] for key in TITLES) for _number, line in lines],
        repairs={
            number: [(column, code) for column, code in line["repairs"]]
            for number, line in lines
            if line["repairs"]
        },
    )
