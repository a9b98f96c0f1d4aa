"""What may be opened at all: judged from the outside of the file, before any parser sees it.

A spreadsheet is a zip, and a zip of a few kilobytes can unpack to terabytes or carry macros; an
old `.xls` is a small file system that may hold a Word letter just as well.
"""

import zipfile
from pathlib import Path
from typing import Literal

from config.gate.doors import MEGABYTE, SHEET
from onboarding.imports.refusal import SheetRefusedError

MAX_FILE = SHEET.most_bytes
MAX_LARGE_FILE = 1024 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 100
RATIO_JUDGED_ABOVE = MEGABYTE
MAX_ENTRIES = 2_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_FLAG = 0x1
#: Names in the directory of an OLE file, each kept in UTF-16.
ENCRYPTED_PACKAGE, WORKBOOK, OLD_BOOK, MACROS = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book", "_VBA_PROJECT")
)
FOREIGN = {
    "pdf": (b"%PDF",),
    "picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*"),
    "not_a_sheet": (b"{\\rtf", b"Rar!", b"7z\xbc", b"\x1f\x8b"),
}
HEIC_AT, HEIC = 4, (b"ftypheic", b"ftypmif1", b"ftypavif")
WEB_PAGE = (b"<html", b"<!doc", b"<?xml", b"<table", b"<meta", b"<head", b"mime-version")
#: Parts of a workbook that are more than cells, by the beginning of their names.
CARRIED = {
    "book_attachment": ("xl/embeddings/", "xl/activex/", "object ", "objectreplacements/"),
    "book_other_file": ("xl/externallinks/", "xl/connections.xml", "xl/querytables/"),
}
INSIDES = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def judge_file(path: Path, *, most: int = MAX_FILE) -> Literal["book", "csv"]:
    """The kind of a file by its content, never by its name; raises `SheetRefusedError`."""
    size = path.stat().st_size
    if size == 0:
        raise SheetRefusedError("empty_file")
    if size > most:
        raise SheetRefusedError("too_large", limit_mb=most // MEGABYTE)
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(OLE):
        _judge_ole(path.read_bytes())
        return "book"
    if start.startswith(b"PK"):
        _judge_zip(path, is_large=most > MAX_FILE)
        return "book"
    _judge_start(start)
    return "csv"


def is_book(path: Path) -> bool:
    """Whether a file begins as a workbook does; judged it is only where it may be opened."""
    with path.open("rb") as file:
        return file.read(len(OLE)).startswith((OLE, b"PK"))


def find_carried(path: Path) -> list[str]:
    """The codes of what a workbook that was judged carries beside its cells; nothing of it is ever
    opened or followed here, but the file itself is kept as it came."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        names = [name.casefold() for name in archive.namelist()]
    return [
        code for code, starts in CARRIED.items() if any(name.startswith(starts) for name in names)
    ]


def _judge_start(start: bytes) -> None:
    for code, marks in FOREIGN.items():
        is_mark = start.startswith(marks)
        if is_mark and (code != "picture" or b"\x00" in start or start.startswith(b"GIF8")):
            raise SheetRefusedError(code)  # `BM` alone may begin a word
    if start[HEIC_AT:].startswith(HEIC):
        raise SheetRefusedError("picture")
    bare = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if bare.startswith(WEB_PAGE):
        raise SheetRefusedError("web_page")


def _judge_ole(content: bytes) -> None:
    if ENCRYPTED_PACKAGE in content:
        raise SheetRefusedError("locked_sheet")
    if WORKBOOK not in content and OLD_BOOK not in content:
        raise SheetRefusedError("not_a_sheet")
    if MACROS in content:
        raise SheetRefusedError("macros")


def _judge_zip(path: Path, *, is_large: bool) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _judge_entries(archive.infolist(), path.stat().st_size, is_large=is_large)
            # reading to the end is the only proof that the sizes in the directory are true
            broken = archive.testzip()
            if "content.xml" in archive.namelist():
                _judge_ods(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise SheetRefusedError("broken_sheet") from error
    if broken is not None:
        raise SheetRefusedError("broken_sheet")


def _judge_entries(entries: list[zipfile.ZipInfo], packed: int, *, is_large: bool) -> None:
    if len(entries) > MAX_ENTRIES:
        raise SheetRefusedError("zip_bomb")
    if not is_large:
        _judge_unpacked(sum(entry.file_size for entry in entries), packed)
        for entry in entries:
            _judge_unpacked(entry.file_size, max(entry.compress_size, 1))
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise SheetRefusedError("locked_sheet")
    names = {entry.filename.casefold() for entry in entries}
    if any(_is_macro(name) for name in names):
        raise SheetRefusedError("macros")
    if names.isdisjoint(INSIDES):
        raise SheetRefusedError("not_a_sheet")


def _is_macro(name: str) -> bool:
    if name.startswith(("basic/", "scripts/")):
        return not name.endswith(("/", "-lc.xml", "-lb.xml"))
    return "vbaproject" in name or "/macrosheets/" in name


def _judge_ods(archive: zipfile.ZipFile) -> None:
    """An OpenDocument says what it is in its first entry; a letter and a drawing look alike."""
    names = archive.namelist()
    kind = archive.read("mimetype").strip() if "mimetype" in names else b""
    if not kind.startswith(ODS):
        raise SheetRefusedError("not_a_sheet")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise SheetRefusedError("locked_sheet")


def _judge_unpacked(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise SheetRefusedError("zip_bomb")
    if unpacked > RATIO_JUDGED_ABOVE and unpacked > packed * MAX_RATIO:
        raise SheetRefusedError("zip_bomb")
