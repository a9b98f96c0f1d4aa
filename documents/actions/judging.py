"""One question for every file of a paper, whichever way it came: may it come in, and what is to be
told about it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from config.gate.doors import DOCUMENT, is_renamed, may_enter
from config.gate.refusals import virus_code
from documents import child, events
from documents.errors import FileRefused
from documents.sentences import refusal_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from documents.models import DocumentType


@dataclass(frozen=True)
class Seen:
    """What was seen of a file that may come in; ``flags`` are codes that an officer is told,
    ``peak_mb`` is the memory of the child that looked."""

    kind: str
    pages: int
    flags: list[str] = field(default_factory=list)
    peak_mb: int = 0


def admit(path: Path, *, name: str) -> None:
    """Judge a file from outside, before any decoder: name, size, virus. Raises ``FileRefused``."""
    size = path.stat().st_size
    if not size:
        raise refused("empty_file")
    if size > DOCUMENT.most_bytes:
        raise refused("too_large")
    if not may_enter(DOCUMENT, name):
        raise refused("not_allowed_type")
    with path.open("rb") as file:
        if code := virus_code(file, settings.ANTIVIRUS):
            raise refused(code)


def judge_path(path: Path, *, name: str, small: Path | None = None) -> Seen:
    """Judge a file from outside, then inside a child; with ``small`` its first page is drawn there.

    Raises ``FileRefused`` with the code that says why it may not come in.
    """
    admit(path, name=name)
    seen = child.look(path, small)
    if "refusal" in seen:
        raise refused(seen["refusal"], peak_mb=seen.get("peak_mb"))
    family = "pdf" if seen["type"] == "pdf" else "picture"
    renamed = ["name_differs"] if is_renamed(DOCUMENT, name, family) else []
    return Seen(seen["type"], seen["pages"], [*seen["flags"], *renamed], seen["peak_mb"])


def refused(code: str, *, peak_mb: int | None = 0) -> FileRefused:
    """The refusal of a code, with its sentence."""
    return FileRefused(refusal_sentence(code), code=code, peak_mb=peak_mb)


def note_refusal(vendor_id: int, *, document_type: DocumentType, code: str, by: Any) -> None:
    """Announce that a file of a paper was turned away at the door; nothing of it was kept."""
    events.file_refused.send(
        sender=FileRefused, door="document", vendor_id=vendor_id, document_type=document_type,
        code=code, by=by,
    )  # fmt: skip
