"""The empty sheet that offices fill in, and what makes our own sheets safe to open.

Every column is text, because a spreadsheet that sees a number drops its zeros and its end.
"""

import csv
import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from onboarding.imports.columns import COLUMNS, REQUIRED, Column

SHEET, GUIDE, LISTS = "Usulan", "Petunjuk", "Daftar"
FILLABLE_ROWS = 2_000
LEGAL_FORMS = ("Perorangan", "CV", "PT", "PT Perorangan", "Koperasi")
WIDTHS = {"name": 32, "owner_name": 28, "address": 40, "region": 22, "category": 28, "reason": 34}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MADE_ON = datetime.datetime(2026, 1, 1)  # noqa: DTZ001 (a fixed stamp keeps the file the same)

STEPS = (
    "Cara mengisi",
    "1. Isi lembar Usulan, satu baris untuk satu usaha, mulai baris 2. Jangan mengubah judul.",
    "2. Kolom bertanda Wajib harus diisi. Kolom lain boleh kosong bila datanya belum ada.",
    "3. Pilih Bentuk usaha dan Kabupaten/Kota dari daftar yang muncul di selnya.",
    "4. Semua sel berformat teks agar angka 0 di depan tidak hilang. Bila menyalin dari berkas "
    "lain, pilih Tempel nilai saja.",
    "5. Simpan sebagai .xlsx, lalu unggah. Anda dapat memeriksa hasilnya sebelum mengirim.",
    "Pendaftaran ini tidak dipungut biaya.",
)
GUIDE_ROWS: dict[str, tuple[str, str]] = {
    "name": ("Nama seperti pada NIB atau akta.", "Katering Contoh Sekar Wilis"),
    "legal_form": ("Pilih satu dari daftar. UD atau toko: Perorangan.", "Perorangan"),
    "nib": ("13 angka dari OSS.", "0001210000017"),
    "npwp": ("16 angka, atau 15 angka yang lama. CV, PT, dan koperasi: NPWP badan.", ""),
    "owner_name": ("Nama lengkap seperti pada KTP, satu nama saja boleh.", "Sulastri Contoh"),
    "nik": ("16 angka pada KTP pemilik atau direktur.", "3578994102900001"),
    "phone": ("Nomor milik pelaku usaha sendiri, diawali 08.", "081234567890"),
    "email": ("Boleh kosong.", "contoh@example.com"),
    "region": ("Tempat usaha, pilih dari daftar.", "Kota Surabaya"),
    "address": ("Jalan, nomor, desa atau kelurahan, kecamatan.", "Jalan Contoh 1"),
    "kbli": ("5 angka pada NIB. Bila lebih dari satu, pisahkan dengan koma.", "56210"),
    "category": ("Barang atau jasa yang dijual.", "Nasi kotak dan kudapan rapat"),
    "reason": ("Apa yang pernah dibeli, atau mengapa diusulkan.", "Konsumsi rapat tahun 2025"),
    "capital": ("Modal tanpa tanah dan bangunan, dalam rupiah.", "50000000"),
    "yearly_sales": ("Hasil penjualan satu tahun terakhir, dalam rupiah.", "300000000"),
}


def escape_cell(text: str) -> str:
    """Text that no spreadsheet will run as a formula; for every text cell that we export."""
    if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS):
        return f"'{text}"
    return text


def write_template(target: str | Path | IO[bytes], regions: Sequence[str]) -> None:
    """Write the XLSX template to a path or a binary file; `regions` are names as shown."""
    place = str(target) if isinstance(target, Path) else target
    book = xlsxwriter.Workbook(place, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Usulan pelaku usaha JATIM BEJO", "created": MADE_ON})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "bold": book.add_format({"bold": True}),
        "required": book.add_format({"bold": True, "num_format": "@", "bg_color": "#FCE9B2"}),
        "optional": book.add_format({"bold": True, "num_format": "@", "bg_color": "#E6EEF5"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }
    _write_sheet(book.add_worksheet(SHEET), formats, len(regions))
    _write_guide(book.add_worksheet(GUIDE), formats)
    _write_lists(book.add_worksheet(LISTS), regions)
    book.close()


def write_csv_template(target: str | Path | IO[bytes]) -> None:
    """Write the titles as CSV; `;` and a byte order mark are what an Indonesian Excel expects."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow([column.title for column in COLUMNS])
    content = text.getvalue().encode("utf-8-sig")
    if isinstance(target, str | Path):
        Path(target).write_bytes(content)
    else:
        target.write(content)


def _write_sheet(sheet: Any, formats: dict[str, Any], region_count: int) -> None:
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, WIDTHS.get(column.key, 18), formats["text"])
        sheet.write_string(
            0, index, column.title, formats["required" if column.is_required else "optional"]
        )
        for row in range(1, FILLABLE_ROWS + 1):
            sheet.write_blank(row, index, None, formats["text"])
        _offer(sheet, index, column, region_count)
    sheet.freeze_panes(1, 1)


def _offer(sheet: Any, index: int, column: Column, region_count: int) -> None:
    sources = {
        "legal_form": f"={LISTS}!$B$1:$B${len(LEGAL_FORMS)}",
        "region": f"={LISTS}!$A$1:$A${max(region_count, 1)}",
    }
    if column.key not in sources:
        return
    sheet.data_validation(
        1,
        index,
        FILLABLE_ROWS,
        index,
        {
            "validate": "list",
            "source": sources[column.key],
            "error_title": column.title,
            "error_message": "Pilih salah satu dari daftar.",
        },
    )


def _write_guide(sheet: Any, formats: dict[str, Any]) -> None:
    """One line per column: a table lying down would be taken for a sheet of proposals."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 3, 48)
    for row, step in enumerate(STEPS):
        sheet.write_string(row, 0, step, formats["bold"] if row in (0, len(STEPS) - 1) else None)
    top = len(STEPS) + 1
    for index, title in enumerate(("Kolom", "Wajib", "Isi", "Contoh")):
        sheet.write_string(top, index, title, formats["bold"])
    for row, column in enumerate(COLUMNS, start=top + 1):
        meaning, example = GUIDE_ROWS[column.key]
        required = "Wajib" if column.key in REQUIRED else ""
        for index, text in enumerate((column.title, required, meaning, example)):
            sheet.write_string(row, index, text, formats["wrap"])


def _write_lists(sheet: Any, regions: Sequence[str]) -> None:
    for row, name in enumerate(regions):
        sheet.write_string(row, 0, escape_cell(name))
    for row, form in enumerate(LEGAL_FORMS):
        sheet.write_string(row, 1, form)
    sheet.hide()
