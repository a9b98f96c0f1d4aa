"""The columns of an office's sheet: what the template calls them and what offices call them.

Titles are Indonesian because they are what stands in the office's own file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADER_ROWS = 10
FEWEST_TITLES = 2  # one known title alone is as likely a cell of a letterhead


@dataclass(frozen=True)
class Column:
    """One column: our key, the template's title, and other titles seen in offices' lists."""

    key: str
    title: str
    is_required: bool = False
    aliases: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "name",
        "Nama usaha",
        True,
        (
            "nama umkm",
            "nama perusahaan",
            "nama toko",
            "nama badan usaha",
            "nama pelaku usaha",
            "nama penyedia",
        ),
    ),
    Column(
        "legal_form",
        "Bentuk usaha",
        True,
        ("bentuk badan usaha", "badan usaha", "jenis badan usaha", "bentuk hukum"),
    ),
    Column("nib", "NIB", False, ("nomor nib", "no nib", "nomor induk berusaha")),
    Column("npwp", "NPWP", False, ("nomor npwp", "no npwp", "npwp usaha")),
    Column(
        "owner_name",
        "Nama pemilik/direktur",
        True,
        (
            "nama pemilik",
            "pemilik",
            "nama direktur",
            "direktur",
            "nama penanggung jawab",
            "penanggung jawab",
            "nama pimpinan",
        ),
    ),
    Column("nik", "NIK", False, ("nomor nik", "no nik", "nomor ktp", "no ktp", "nik pemilik")),
    Column(
        "phone",
        "Nomor HP/WA",
        False,
        (
            "nomor hp",
            "no hp",
            "hp",
            "no hp wa",
            "nomor wa",
            "no wa",
            "whatsapp",
            "nomor whatsapp",
            "telepon",
            "no telepon",
            "nomor telepon",
            "no telp",
            "telp",
            "kontak",
        ),
    ),
    Column("email", "Email", False, ("alamat email", "surel", "pos el", "alamat surel")),
    Column(
        "region",
        "Kabupaten/Kota",
        True,
        ("kab kota", "kabupaten", "kota", "kota kabupaten", "daerah", "wilayah"),
    ),
    Column("address", "Alamat", False, ("alamat usaha", "alamat lengkap")),
    Column("kbli", "KBLI", False, ("kode kbli", "nomor kbli", "no kbli")),
    Column(
        "category",
        "Barang/jasa",
        False,
        ("jenis barang jasa", "jenis usaha", "bidang usaha", "produk", "kategori"),
    ),
    Column(
        "reason",
        "Pernah dibeli / alasan",
        False,
        ("pernah dibeli", "alasan", "alasan usulan", "keterangan"),
    ),
    Column("capital", "Modal usaha (Rp)", False, ("modal usaha", "modal")),
    Column(
        "yearly_sales",
        "Penjualan setahun (Rp)",
        False,
        (
            "penjualan setahun",
            "penjualan tahunan",
            "omzet",
            "omset",
            "omzet setahun",
            "omset setahun",
            "omzet per tahun",
        ),
    ),
)
TITLES = {column.key: column.title for column in COLUMNS}
REQUIRED = tuple(column.key for column in COLUMNS if column.is_required)


def fold_title(title: str) -> str:
    """A title without case, spaces and punctuation, so that `No. HP / WA *` is `nohpwa`."""
    return re.sub(r"[^a-z0-9]", "", title.casefold())


KEY_OF_TITLE = {
    fold_title(title): column.key for column in COLUMNS for title in (column.title, *column.aliases)
}


def recognise_header(cells: Sequence[str]) -> dict[str, int]:
    """Which column stands where in this row, `{key: index}`; the first of two equal titles wins."""
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = KEY_OF_TITLE.get(fold_title(cell))
        if key is not None:
            places.setdefault(key, index)
    return places
