"""Lists of offices, sound and bad, one or more of each class; all invented, written here."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from bench.doors.kinds import ACCEPT, FLAG, REJECT, BadFile, only
from bench.doors.papers import pdf, picture, zipped
from onboarding.imports import COLUMNS
from tests.antivirus import EICAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER = [column.title for column in COLUMNS]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = {
    "name": "Katering Contoh",
    "legal_form": "Perorangan",
    "nib": "0001210000017",
    "owner_name": "Sulastri Contoh",
    "region": "Kota Surabaya",
}
ROW = [OFFICE.get(column.key, "") for column in COLUMNS]


def book(rows: Sequence[Sequence[object]], *, last: tuple[int, int] | None = None) -> bytes:
    """A workbook of these rows; ``last`` is a cell far away from them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "in_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if last:
            page.write_string(*last, "x")
    return out.getvalue()


def text(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows with semicolons."""
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def with_entries(
    content: bytes, more: dict[str, bytes], *, changed: dict[str, bytes] | None = None
) -> bytes:
    """A workbook with entries put in or exchanged."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            made.writestr(name, (changed or {}).get(name, given.read(name)))
        for name, inside in more.items():
            made.writestr(name, inside)
    return out.getvalue()


def sound() -> Iterator[tuple[str, bytes]]:
    """Lists, and sound files that are no list of ours: their office is told what is missing."""
    yield "usulan.xlsx", book([HEADER, ROW])
    yield "usulan.csv", text([HEADER, ROW])
    yield "utf16.csv", text([HEADER, ROW]).decode().encode("utf-16")
    yield "rumus.csv", text([HEADER, ['=HYPERLINK("http://contoh.test")', *ROW[1:]]])
    yield "bukan-daftar.xlsx", book([["Jadwal", "Rapat"], ["Senin", "09.00"]])
    yield "\u202excod.xlsx", book([HEADER, ROW])
    yield "../../etc/passwd.csv", text([HEADER, ROW, ROW])


def active() -> Iterator[tuple[str, bytes]]:
    """What people must be told of."""
    good = book([HEADER, ROW])
    yield "tertanam.xlsx", with_entries(good, {"xl/embeddings/oleObject1.bin": b"MZ"})
    yield "sumber-luar.xlsx", with_entries(good, {"xl/externalLinks/externalLink1.xml": b"<a/>"})
    yield "sebenarnya-teks.xlsx", text([HEADER, ROW])


def bad() -> Iterator[tuple[str, bytes]]:
    """What is not opened, or turns out to be no workbook."""
    good = book([HEADER, ROW])
    yield "makro.xlsx", with_entries(good, {"xl/vbaProject.bin": OLE + bytes(600)})
    yield "makro.xlsm", good
    yield "bom.xlsx", with_entries(good, {"xl/media/nol.bin": bytes(60 * 1024 * 1024)})
    yield "banyak.xlsx", with_entries(good, {f"xl/a{n}.xml": b"" for n in range(2_100)})
    yield "ujung-dunia.xlsx", book([HEADER, ROW], last=(1_048_575, 16_383))
    yield "terpotong.xlsx", good[: len(good) // 2]
    yield "surat.xlsx", zipped({"word/document.xml": b"<a/>"})
    yield (
        "surat.ods",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
    )
    yield (
        "rusak.ods",
        zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a"}
        ),
    )
    yield "terkunci.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    yield "surat.xls", OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    yield "rusak.xls", OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)
    yield "laman.xls", b"<html><table><tr><td>contoh</td></tr></table></html>"
    yield "cetak.xlsx", pdf()
    yield "foto.csv", picture("PNG")
    yield "foto.xlsx", picture("JPEG")
    yield "padat.csv", b"\x1f\x8b" + bytes(100)
    yield "program.csv", b"MZ" + bytes(300)
    yield "kutip.csv", text([HEADER, ROW]) + b'\n"tidak pernah ditutup;' + b"x" * 200_000
    yield "panjang.csv", text([HEADER, *[ROW] * 60_001])
    yield "kosong.xlsx", b""
    yield "spasi.csv", b" \n \n"
    yield "daftar.exe", text([HEADER, ROW])
    yield "virus.csv", text([HEADER, ROW]) + b"\n" + EICAR
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "'
    laughs += b"&a;" * 1000 + b'">]><sst>&b;</sst'
    yield "tawa.xlsx", with_entries(good, {}, changed={"xl/sharedStrings.xml": laughs})


CLASSES = (
    ("sound list", sound, only(ACCEPT)),
    ("list that carries more", active, only(FLAG)),
    ("no list, bomb, macros, locked, broken, infected", bad, only(REJECT)),
)


def sheets() -> Iterator[BadFile]:
    """Every list with what may become of it."""
    for what, made, may in CLASSES:
        for name, content in made():
            yield BadFile("sheet", name, content, may, what)


def good_sheets() -> list[tuple[str, bytes]]:
    """What is spoilt by chance; see `mutating`."""
    return [("usulan.xlsx", book([HEADER, ROW, ROW])), ("usulan.csv", text([HEADER, ROW, ROW]))]
