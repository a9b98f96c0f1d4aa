"""Judges a file at the door: is it what it says, within limits, and what is active in it?

Cheap questions first: the first bytes, the number and size of pages, the objects of a PDF; only
then is the first page drawn, which is the proof that a decoder can open it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium

from documents.reading.active import find_active
from documents.reading.errors import BrokenFile, LockedPdf, PageTooLarge
from documents.reading.pages import look, open_pages, open_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from documents.reading.pages import Page

POINTS_A_METRE = 72 / 0.0254
LONGEST_SIDE = 2 * POINTS_A_METRE
HEAD = 1024
SCRIPTS = (b"<script", b"<?php", b"<html", b"<svg")
#: In front of a PDF these say nothing: white space and the mark of UTF-8.
NOTHING = b" \t\r\n\x00\x0c\xef\xbb\xbf"


@dataclass(frozen=True)
class Judged:
    """A file that may come in: its kind, how many pages, the first one, and what to tell people."""

    kind: str
    pages: int
    first: Page
    flags: list[str] = field(default_factory=list)


def judge(path: Path) -> Judged:
    """Judge a file; raises ``Refusal`` with the code that says why it may not come in."""
    kind, pages = look(path)
    flags = _judge_pdf(path) if kind == "pdf" else []
    if _is_two_files(path, kind):
        flags.append("two_files_in_one")
    first = next(iter(open_pages([path], [0])))
    first.raster  # noqa: B018 - drawn now: that is the proof
    return Judged(kind, pages, first, flags)


def _judge_pdf(path: Path) -> list[str]:
    document = open_pdf(path)
    try:
        sides = [side for number in range(len(document)) for side in document.get_page_size(number)]
    except pdfium.PdfiumError as error:
        raise BrokenFile from error
    finally:
        document.close()
    try:
        with pikepdf.open(path) as pdf:
            units = [float(page.get("/UserUnit", 1)) for page in pdf.pages]
            if max(sides, default=0) * max(units, default=1) > LONGEST_SIDE:
                raise PageTooLarge
            return find_active(pdf)
    except pikepdf.PasswordError as error:
        raise LockedPdf from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        # What cannot be walked cannot be vouched for, even where another reader would open it.
        raise BrokenFile from error


def _is_two_files(path: Path, kind: str) -> bool:
    """Whether another program would take the same bytes for a file of another kind."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if kind == "pdf":
            begins_late = bool(head[: head.find(b"%PDF-")].strip(NOTHING))
            return begins_late or zipfile.is_zipfile(file)
        content = head + file.read()
    lowered = content.lower()
    return b"%PDF-" in head or zipfile.is_zipfile(path) or any(sign in lowered for sign in SCRIPTS)
