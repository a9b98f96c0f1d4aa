"""What people have on their computers and phones: an office's list, photographs, and bad files."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pikepdf
import xlsxwriter
from PIL import Image

from onboarding.imports import TITLES
from workflows.sample_deeds import write_deed, write_paper
from workflows.sample_deeds.samples import PT_MAJU

if TYPE_CHECKING:
    from pathlib import Path

#: The firm whose deed is photographed, as an office would type it.
PT_ROW = {
    "name": "PT Contoh Maju Bersama",
    "legal_form": "PT",
    "nib": "0009990000017",
    "owner_name": "Siti Contoh Rahayu",
    "phone": "081290099017",
    "email": "majubersama@contoh.test",
    "region": "Kota Surabaya",
    "address": "Jalan Contoh Nomor 17",
    "kbli": "56210",
    "category": "Nasi kotak",
    "reason": "Konsumsi rapat",
    "capital": "100000000",
    "yearly_sales": "300000000",
}
BAD_ROW = {
    "name": "Contoh Warung Salah Ketik",
    "legal_form": "Perorangan",
    "nib": "12345",
    "owner_name": "Contoh Salah",
    "region": "Kota Entah",
}
DEED = PT_MAJU


def workbook(path: Path, rows: list[dict[str, str]], titles: list[str] | None = None) -> Path:
    """Write an office's list with the titles of the template, every cell as text."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Usulan")
        page.write_row(0, 0, titles or list(TITLES.values()))
        for place, row in enumerate(rows, start=1):
            for column, key in enumerate(TITLES):
                page.write_string(place, column, row.get(key, ""))
    return path


def photographed_deed(folder: Path) -> list[Path]:
    """Write the deed of the firm above as two photographs of a phone."""
    return write_deed(folder / "akta.pdf", DEED, "photo", seed=6)


def photographed_paper(folder: Path, title: str) -> Path:
    """Write one photographed page that says what it is."""
    return write_paper(folder / f"{title.lower().replace(' ', '-')}.jpg", title, ["CONTOH"])


def small_photo(path: Path, shade: int) -> Path:
    """Write a small picture; another shade is another file."""
    Image.new("RGB", (600, 800), (250, 250, shade)).save(path, "JPEG")
    return path


def noisy_photo(path: Path, shade: int) -> Path:
    """Write a picture that is no bigger than a phone makes it, and takes several pieces to send."""
    noise = Image.effect_noise((1100, 1500), 60 + shade).convert("RGB")
    noise.save(path, "JPEG", quality=80)
    return path


def fingerprint(path: Path) -> str:
    """Name a file by its bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def locked_pdf(path: Path) -> Path:
    """Write a PDF that asks for a password."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content, encryption=pikepdf.Encryption(owner="contoh", user="contoh"))
    path.write_bytes(content.getvalue())
    return path


def text_called_jpg(path: Path) -> Path:
    """Write a text whose name says that it is a photograph."""
    path.write_text("Ini bukan foto.\n" * 50)
    return path


def empty_file(path: Path) -> Path:
    """Write nothing at all."""
    path.touch()
    return path
