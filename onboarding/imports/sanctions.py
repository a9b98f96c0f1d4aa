"""The national blacklist as a file (XLSX, XLS, ODS, CSV): read in a child, to plain rows.

`python -m onboarding.imports.sanctions FILE` prints JSON lines: `{"row", "name", "npwp",
"from_on", "until_on", "basis", "problem"}` with dates as `2026-11-22`, or one `{"refusal": code}`.
A row with a `problem` is handed back to the person who brought the file; it counts for nothing.
"""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.gate.fence import fence_in
from onboarding.identifiers import IdentifierError, is_placeholder, read_npwp
from onboarding.imports.gate import judge_file
from onboarding.imports.refusal import SheetRefusedError

ROOT = Path(__file__).resolve().parents[2]
WALL_SECONDS, CPU_SECONDS, MEMORY = 30.0, 20, 1_000 * 1024 * 1024
MOST_ROWS, HEADER_ROWS = 50_000, 20
#: The words that a title of each column contains; the first that fits takes the column.
TITLES = {
    "npwp": ("npwp", "tax"),
    "from_on": ("mulai", "berlaku sejak", "tanggal tayang", "from", "awal"),
    "until_on": ("sampai", "berakhir", "akhir", "s.d", "until", "selesai"),
    "basis": ("dasar", "surat keputusan", "nomor sk", "sk ", "basis", "decision", "keputusan"),
    "name": ("nama", "penyedia", "perusahaan", "name"),
}
NEEDED = ("name", "from_on")
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
    "oktober", "november", "desember",
)  # fmt: skip


def read_sanctions(path: Path) -> list[dict[str, Any]]:
    """All rows of the file, read by a child that may die alone; raises `SheetRefusedError`."""
    command = [sys.executable, "-m", "onboarding.imports.sanctions", str(path.resolve())]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the path is one argument, no shell
            command,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=True,
            start_new_session=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise SheetRefusedError("broken_sheet") from error
    # not splitlines: a cell may hold a sign that counts as the end of a line, and stays in JSON
    lines = [json.loads(line) for line in done.stdout.split(b"\n") if line]
    if lines and "refusal" in lines[0]:
        raise SheetRefusedError(lines[0]["refusal"], **lines[0]["detail"])
    return lines


def rows_of(table: Iterable[Sequence[object]]) -> Iterator[dict[str, Any]]:
    """The rows below the header as plain values; raises `SheetRefusedError` without a header."""
    places: dict[str, int] = {}
    told = 0
    for number, cells in enumerate(table, start=1):
        if not places:
            places = _places(cells)
            if not places and number >= HEADER_ROWS:
                break
            continue
        row = {key: _cell(cells, places.get(key)) for key in TITLES}
        if not any(row.values()):
            continue
        told += 1
        if told > MOST_ROWS:
            raise SheetRefusedError("too_many_rows", limit=MOST_ROWS)
        yield {"row": number, **_checked(row)}
    if not places:
        raise SheetRefusedError("no_header", rows=HEADER_ROWS)
    if not told:
        raise SheetRefusedError("no_rows")


def read_day(value: object) -> date | None:
    """A day as people and spreadsheets write it; None for what is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip().casefold()
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?", text)
    if found:
        return _day(found[1], found[2], found[3])
    found = re.fullmatch(r"(\d{1,2})[-/. ]([a-z]+|\d{1,2})[-/. ](\d{4})", text)
    if not found:
        return None
    month = found[2]
    if not month.isdecimal():
        named = [number for number, name in enumerate(MONTHS, 1) if name.startswith(month[:3])]
        month = str(named[0]) if len(month) >= 3 and named else "0"
    return _day(found[3], month, found[1])


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _places(cells: Sequence[object]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        title = f"{cell or ''} ".casefold()
        for key, words in TITLES.items():
            if key not in places and any(word in title for word in words):
                places[key] = index
                break
    return places if all(key in places for key in NEEDED) else {}


def _cell(cells: Sequence[object], place: int | None) -> object:
    value = cells[place] if place is not None and place < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return value.strip() if isinstance(value, str) else value


def _checked(row: dict[str, object]) -> dict[str, Any]:
    name, npwp = str(row["name"] or "")[:160], str(row["npwp"] or "")
    begin, end = read_day(row["from_on"]), read_day(row["until_on"])
    problem = ""
    if not name:
        problem = "sanction_without_a_name"
    elif begin is None:
        problem = "sanction_without_a_day"
    elif row["until_on"] and end is None:
        problem = "sanction_end_unreadable"
    elif end is not None and end < begin:
        problem = "sanction_ends_before_it_begins"
    number, is_odd = _npwp(npwp)
    return {
        "name": name,
        "npwp": number,
        "from_on": begin.isoformat() if begin else "",
        "until_on": end.isoformat() if end else "",
        "basis": str(row["basis"] or "")[:250],
        "problem": problem or ("sanction_npwp_unreadable" if is_odd else ""),
    }


def _npwp(text: str) -> tuple[str, bool]:
    if not text or is_placeholder(text):
        return "", False
    try:
        return read_npwp(text).value, False
    except IdentifierError:
        return "", True


def _table(path: Path) -> Iterator[Sequence[object]]:
    if judge_file(path) == "csv":
        text = path.read_bytes().decode("utf-8-sig", "replace")
        mark = max(",;\t", key=text[:5000].count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return
    from python_calamine import load_workbook  # noqa: PLC0415 - loaded under the limits

    with load_workbook(path) as book:
        yield from book.get_sheet_by_index(0).iter_rows()


def main(path: str) -> None:
    """Print what the file holds as JSON lines, under limits set before anything is opened."""
    fence_in(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    try:
        lines = list(rows_of(_table(Path(path))))
    except SheetRefusedError as refusal:
        lines = [{"refusal": refusal.code, "detail": dict(refusal.detail)}]
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        lines = [{"refusal": "broken_sheet", "detail": {"error": type(error).__name__}}]
    sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1])
