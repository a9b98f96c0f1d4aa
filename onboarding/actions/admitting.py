"""What is asked of a list as a file: its name, the antivirus, and what it carries beside cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from config.gate.antivirus import find_virus
from config.gate.doors import MACRO_ENDINGS, SHEET, ending_of, is_renamed, may_enter
from onboarding import events, imports
from onboarding.errors import Refused
from onboarding.imports.gate import is_book

if TYPE_CHECKING:
    from pathlib import Path

    from onboarding.models import User

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


def note_refusal(*, door: str, code: str, by: User) -> None:
    """Announce that a list was turned away at a door; no code is no file, or a sound one."""
    if code:
        events.list_refused.send(sender=Refused, door=door, code=code, by=by)


class Told(NamedTuple):
    """What is said of a list: codes to refuse it, codes to note, the detail of the refusal, and the
    memory in MB that the child held: 0 where none was needed, None if it was ended."""

    refused: list[str]
    noted: list[str]
    detail: dict[str, Any]
    peak_mb: int | None


def judge_list(path: Path, *, name: str) -> Told:
    """Judge a list as the site would, keeping nothing. Raises ``ScanFailedError``."""
    if code := refused_name(name):
        return Told([code], [], {}, 0)
    if is_infected(path):
        return Told(["infected"], [], {}, 0)
    flags: list[str] = []
    last: dict[str, Any] = {}
    for last in imports.read_sheet(path):
        flags = last.get("layout", last.get("columns", {})).get("flags", flags)
    noted = [*flags, *flags_of_name(path, name)]
    code, detail, peak_mb = last.get("refusal", ""), last.get("detail", {}), last.get("peak_mb")
    if code in NO_LIST:
        return Told([], [*noted, code], detail, peak_mb)
    return Told([code] if code else [], noted, detail, peak_mb)
