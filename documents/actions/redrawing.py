"""Photographs that are no papers (of a session, of a signed list) come through the same door."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import child
from documents.actions.receiving import BYTES_A_FILE
from documents.errors import FileRefused
from documents.sentences import refusal_sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def redraw_pictures(file: UploadedFile | None) -> list[bytes]:
    """Return the pages of an upload as JPEG pictures drawn by the child; nothing is kept.

    Raises ``FileRefused`` (with a code) for what is empty, too large or not a picture or PDF.
    """
    if file is None:
        raise FileRefused(_("Choose at least one file or photo."), code="no_file")
    if not file.size:
        raise FileRefused(refusal_sentence("empty_file"), code="empty_file")
    if file.size > BYTES_A_FILE:
        raise FileRefused(refusal_sentence("too_large"), code="too_large")
    with tempfile.TemporaryDirectory() as folder:
        sent, drawn = Path(folder, "sent"), Path(folder, "drawn")
        with sent.open("wb") as copy:
            copy.writelines(file.chunks())
        answer = child.redraw(sent, drawn)
        if "refusal" in answer:
            raise FileRefused(refusal_sentence(answer["refusal"]), code=answer["refusal"])
        return [
            Path(drawn, f"{number}.jpg").read_bytes() for number in range(1, answer["pictures"] + 1)
        ]
