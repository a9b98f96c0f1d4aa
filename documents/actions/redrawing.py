"""Photographs that are no papers (of a session, of a signed list) come through the same door."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents import child, events
from documents.actions.judging import admit, refused
from documents.errors import FileRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def redraw_pictures(file: UploadedFile | None, *, door: str, by: Any) -> list[bytes]:
    """Return the pages of an upload as JPEG pictures drawn by the child; nothing is kept.

    Raises ``FileRefused`` (with a code) for what is empty, too large or not a picture or PDF, and
    announces that it was turned away at this ``door``.
    """
    if file is None:
        raise FileRefused(_("Choose at least one file or photo."), code="no_file")
    try:
        return _redrawn(file)
    except FileRefused as refusal:
        events.file_refused.send(sender=FileRefused, door=door, code=refusal.code, by=by)
        raise


def _redrawn(file: UploadedFile) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        sent, drawn = Path(folder, "sent"), Path(folder, "drawn")
        with sent.open("wb") as copy:
            copy.writelines(file.chunks())
        admit(sent, name=file.name or "")
        answer = child.redraw(sent, drawn)
        if "refusal" in answer:
            raise refused(answer["refusal"])
        return [
            Path(drawn, f"{number}.jpg").read_bytes() for number in range(1, answer["pictures"] + 1)
        ]
