"""A register as the file that the Bureau got from its keeper: CSV with a header row, UTF-8.

Columns: `number` (NIB, NPWP or number of the decree) and any of `name`, `region` (code `35.78`),
`legal_form`, `kbli` (several with blanks between), `scale`, `status`. The file is read line by
line for each question, so that its length costs no memory.
"""

import csv
import re
import time
from pathlib import Path

from onboarding.registers.port import Found, Question


class FileRegister:
    """Answers from one file; a missing or unreadable file cannot tell."""

    def __init__(self, path: Path, *, name: str = "") -> None:
        self.path = path
        self.source = f"file:{name or path.name}"

    def look_up(self, question: Question, *, seconds: float) -> Found | None:
        """The row with this number; raises when the file is away, odd, or slower than allowed."""
        wanted, until = _key(question.number), time.monotonic() + seconds
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "number" not in (rows.fieldnames or ()):
                raise ValueError("the file has no column number")
            for row in rows:
                if _key(row["number"] or "") == wanted:
                    return _found(row)
                if time.monotonic() > until:
                    raise TimeoutError
        return None


def _found(row: dict[str, str | None]) -> Found:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    return Found(
        name=cell("name"),
        region=cell("region"),
        legal_form=cell("legal_form"),
        kbli=tuple(re.findall(r"\d{5}", cell("kbli"))),
        scale=cell("scale"),
        status=cell("status"),
    )


def _key(number: str) -> str:
    """A number as it is compared: without dots, blanks and case; an old NPWP gets its zero."""
    key = re.sub(r"[^0-9A-Z]", "", number.upper())
    return f"0{key}" if len(key) == 15 and key.isdecimal() else key
