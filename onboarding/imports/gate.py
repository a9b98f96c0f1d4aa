"""What may be opened at all: judged from the outside of the file, before any parser sees it.

A spreadsheet is a zip, and a zip of a few kilobytes can unpack to terabytes or carry macros.
"""

import zipfile
from pathlib import Path
from typing import Literal

from onboarding.imports.refusal import SheetRefusedError

MEGABYTE = 1024 * 1024
MAX_FILE = 15 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 100
RATIO_JUDGED_ABOVE = MEGABYTE
MAX_ENTRIES = 2_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_FLAG = 0x1
FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"{\\rtf", b"Rar!", b"7z\xbc")


def judge_file(path: Path) -> Literal["xlsx", "csv"]:
    """The kind of a file by its content, never by its name; raises `SheetRefusedError`."""
    size = path.stat().st_size
    if size == 0:
        raise SheetRefusedError("empty_file")
    if size > MAX_FILE:
        raise SheetRefusedError("too_large", limit_mb=MAX_FILE // MEGABYTE)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLE):
        is_locked = ENCRYPTED_PACKAGE in path.read_bytes()
        raise SheetRefusedError("locked_sheet" if is_locked else "not_a_sheet")
    if start.startswith(b"PK"):
        _judge_zip(path)
        return "xlsx"
    if start.startswith(FOREIGN):
        raise SheetRefusedError("not_a_sheet")
    return "csv"


def _judge_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _judge_entries(archive.infolist(), path.stat().st_size)
            # reading to the end is the only proof that the sizes in the directory are true
            broken = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise SheetRefusedError("broken_sheet") from error
    if broken is not None:
        raise SheetRefusedError("broken_sheet")


def _judge_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise SheetRefusedError("zip_bomb")
    _judge_unpacked(sum(entry.file_size for entry in entries), packed)
    for entry in entries:
        _judge_unpacked(entry.file_size, max(entry.compress_size, 1))
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise SheetRefusedError("locked_sheet")
    names = {entry.filename.casefold() for entry in entries}
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise SheetRefusedError("macros")
    if "xl/workbook.xml" not in names:
        raise SheetRefusedError("not_a_sheet")


def _judge_unpacked(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise SheetRefusedError("zip_bomb")
    if unpacked > RATIO_JUDGED_ABOVE and unpacked > packed * MAX_RATIO:
        raise SheetRefusedError("zip_bomb")
