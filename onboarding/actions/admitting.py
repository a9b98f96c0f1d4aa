"""What is asked of a list as a file: its name, the antivirus, and what it carries beside cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from config.gate.antivirus import find_virus
from config.gate.doors import MACRO_ENDINGS, SHEET, ending_of, is_renamed, may_enter
from onboarding import imports
from onboarding.imports.gate import is_book

if TYPE_CHECKING:
    from pathlib import Path

#: Sound files that are no list of ours: taken in, and their office is told what is missing.
NO_LIST = ("no_header", "wrong_columns", "no_rows")


def refused_name(name: str) -> str:
    """The code for a name that may not come in; empty for one that may."""
    if ending_of(name) in MACRO_ENDINGS:
        return "macros"
    return "" if may_enter(SHEET, name) else "not_a_sheet"


def is_infected(path: Path) -> bool:
    """Whether the antivirus knows what is in a file. Raises ``ScanFailedError`` when it cannot be
    asked: a worker then comes back later, and nothing is opened meanwhile."""
    with path.open("rb") as file:
        return bool(find_virus(file, settings.ANTIVIRUS))


def flags_of_name(path: Path, name: str) -> list[str]:
    """What is odd about the name of a list, by code."""
    return ["name_differs"] if is_renamed(SHEET, name, "book" if is_book(path) else "csv") else []


def judge_list(path: Path, *, name: str) -> tuple[list[str], list[str], dict[str, Any]]:
    """Judge a list as the site would, keeping nothing: codes to refuse it, codes to note, and the
    detail of the refusal. Raises ``ScanFailedError``."""
    if code := refused_name(name):
        return [code], [], {}
    if is_infected(path):
        return ["infected"], [], {}
    flags: list[str] = []
    last: dict[str, Any] = {}
    for last in imports.read_sheet(path):
        flags = last.get("layout", last.get("columns", {})).get("flags", flags)
    noted = [*flags, *flags_of_name(path, name)]
    code, detail = last.get("refusal", ""), last.get("detail", {})
    if code in NO_LIST:
        return [], [*noted, code], detail
    return ([code] if code else []), noted, detail
