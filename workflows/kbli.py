"""The title beside a KBLI code, so that nobody has to know 1,790 numbers by heart."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import onboarding

LIST = Path(onboarding.__file__).parent / "reference" / "kbli-2020.csv"


def title_of(code: str) -> str:
    """Return the title of a code of the 2020 list, "" for a code that is not on it."""
    return _titles().get(code, "")


@cache
def _titles() -> dict[str, str]:
    with LIST.open(encoding="utf-8") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}
