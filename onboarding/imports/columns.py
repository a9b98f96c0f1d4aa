"""The columns of an office's sheet: what the template calls them and what offices call them.

Titles are Indonesian because they are what stands in the office's own file. Title after title
was invented from the ways in which an Indonesian list can say the same thing, so that a list of
an office's own is understood by its titles alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

LIKE_ENOUGH = 88
LONGEST_TITLE = 80
SHORT_WORD = 4  # NIB, NIK, NIP: one letter makes another number of it


@dataclass(frozen=True)
class Column:
    """One column: our key, the template's title, and other titles of offices' lists."""

    key: str
    title: str
    is_required: bool = False
    aliases: tuple[str, ...] = ()


def _titles(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


_NAME = (
    "nama umkm|nama perusahaan|nama toko|nama badan usaha|nama pelaku usaha|nama penyedia|"
    "nama ukm|nama ikm|nama unit usaha|nama usaha umkm|nama vendor|nama rekanan|nama warung|"
    "nama merek usaha|nama brand|nama cv pt|nama pt cv|nama cv|nama perusahaan umkm|"
    "nama pelaku umkm|nama penyedia jasa|nama usaha toko|umkm|perusahaan|penyedia|rekanan|"
    "nama lembaga usaha|nama koperasi|merek dagang|nama produsen|nama perusahaan toko|"
    "nama perusahaan penyedia|nama usaha perusahaan|nama industri"
)
_FORM = (
    "bentuk badan usaha|badan usaha|jenis badan usaha|bentuk hukum|bentuk badan hukum|"
    "badan hukum|jenis badan hukum|status badan usaha|status badan hukum|legalitas usaha|"
    "bentuk perusahaan|jenis perusahaan|tipe usaha|tipe badan usaha|status usaha|"
    "status perusahaan|bentuk usaha cv pt ud|kategori badan usaha|kelembagaan|"
    "bentuk badan usaha perorangan|badan usaha perorangan|pt cv ud|bentuk legalitas|"
    "jenis legalitas"
)
_NIB = (
    "nomor nib|no nib|nomor induk berusaha|no induk berusaha|nib nomor induk berusaha|"
    "nomor induk berusaha nib|nib oss|nomor nib oss|no nib oss|nib usaha|nib umkm|"
    "nib perusahaan|nomor nib usaha|kode nib|nib 13 digit|nomor izin berusaha|"
    "nomor ijin berusaha|no izin berusaha|nomor induk usaha|no induk usaha|"
    "nomor izin usaha nib|no izin usaha nib|nomor perizinan berusaha|nomor oss|no oss|"
    "id nib|nib pelaku usaha|nomor nib 13 digit|nib yang dimiliki"
)
_NPWP = (
    "nomor npwp|no npwp|npwp usaha|nomor pokok wajib pajak|no pokok wajib pajak|"
    "npwp perusahaan|npwp badan|npwp badan usaha|npwp pemilik|npwp umkm|npwp pribadi|"
    "nomor wajib pajak|npwp 15 digit|npwp 16 digit|npwp15|npwp16|nomor npwp usaha|"
    "nomor npwp perusahaan|npwp pelaku usaha|npwp direktur|npwp nik|nitku|nomor pajak|"
    "no pajak|npwp pribadi badan|npwp nomor pokok wajib pajak"
)
_OWNER = (
    "nama pemilik|pemilik|nama direktur|direktur|nama penanggung jawab|penanggung jawab|"
    "nama pimpinan|pimpinan|nama pengusaha|nama owner|owner|nama pengurus|nama ketua|"
    "nama pemilik usaha|pemilik usaha|nama pemilik umkm|nama pengelola|pengelola|"
    "nama pemilik perusahaan|nama direktur pemilik|direktur pemilik|nama pj|nama kontak person|"
    "contact person|kontak person|nama wakil|nama sesuai ktp|nama pada ktp|nama ktp|"
    "nama lengkap pemilik|nama lengkap|nama pemilik penanggung jawab|nama perorangan"
)
_NIK = (
    "nomor nik|no nik|nomor ktp|no ktp|nik pemilik|ktp|nomor induk kependudukan|"
    "no induk kependudukan|nik ktp|ktp nik|no ktp nik|nomor ktp nik|nik no ktp|"
    "no ktp pemilik|nik direktur|nik penanggung jawab|nik pelaku usaha|nomor identitas|"
    "no identitas|nik 16 digit|nomor kependudukan|nik pengurus|e ktp|nomor e ktp|"
    "nomor ktp pemilik|nik sesuai ktp|no kartu tanda penduduk|nomor kartu tanda penduduk"
)
_PHONE = (
    "nomor hp|no hp|hp|no hp wa|nomor wa|no wa|wa|whatsapp|nomor whatsapp|no whatsapp|telepon|"
    "no telepon|nomor telepon|no telp|telp|kontak|nomor kontak|no kontak|handphone|"
    "no handphone|nomor handphone|no tlp|tlp|no telepon hp|no telp hp|no hp aktif|"
    "nomor hp aktif|nomor telepon seluler|ponsel|nomor ponsel|no seluler|telepon whatsapp|"
    "hp wa|wa hp|kontak hp|no hp whatsapp|nomor hp whatsapp|nomor yang dapat dihubungi|"
    "telp hp|no hp pemilik|telepon hp|no telpon|telpon|nomor telpon"
)
_EMAIL = (
    "alamat email|surel|pos el|alamat surel|email resmi|email aktif|email usaha|"
    "email perusahaan|email pemilik|mail|gmail|alamat gmail|surat elektronik|"
    "alamat surat elektronik|email umkm|akun email|email pelaku usaha|email penanggung jawab|"
    "alamat pos el"
)
_REGION = (
    "kab kota|kabupaten|kota|kota kabupaten|daerah|wilayah|kabko|kabkot|kab|"
    "asal daerah|asal kabupaten|asal kabupaten kota|kabupaten kota usaha|kota kab|"
    "lokasi kabupaten|lokasi kabupaten kota|domisili|domisili usaha|kab kota domisili|"
    "kabupaten kota domisili|wilayah kabupaten kota|kab kota asal|daerah asal|"
    "kedudukan|tempat kedudukan|lokasi usaha kabupaten kota|pemda|pemerintah daerah|"
    "nama kabupaten kota|nama kabupaten"
)
_ADDRESS = (
    "alamat usaha|alamat lengkap|alamat perusahaan|alamat toko|alamat kantor|alamat umkm|"
    "alamat tempat usaha|alamat domisili|lokasi|lokasi usaha|tempat usaha|jalan|"
    "alamat lengkap usaha|alamat pelaku usaha|alamat pemilik|alamat produksi|"
    "alamat tempat produksi|alamat rumah|alamat surat|alamat badan usaha"
)
_KBLI = (
    "kode kbli|nomor kbli|no kbli|kbli usaha|kbli 2020|kbli 2025|kode kbli 2020|kbli utama|"
    "kode klasifikasi|klasifikasi baku lapangan usaha|kode lapangan usaha|kode bidang usaha|"
    "kode usaha|kode kbli utama|kbli 5 digit|klasifikasi kbli|bidang kbli|kode kegiatan usaha|"
    "kbli nib|kode kbli nib"
)
_CATEGORY = (
    "jenis barang jasa|jenis usaha|bidang usaha|produk|kategori|barang jasa yang dijual|"
    "jenis produk|nama produk|komoditas|kategori usaha|kategori produk|jenis barang|"
    "jenis jasa|jenis dagangan|produk unggulan|produk jasa|barang yang dijual|"
    "kegiatan usaha|jenis kegiatan usaha|sektor usaha|klasifikasi usaha|jenis komoditi|"
    "barang|jasa|produk yang dijual"
)
_REASON = (
    "pernah dibeli|alasan|alasan usulan|keterangan|ket|catatan|riwayat pembelian|"
    "alasan pengusulan|alasan diusulkan|pengalaman|pernah belanja|"
    "riwayat belanja|belanja yang pernah dilakukan|keterangan usulan|dasar usulan|"
    "paket pekerjaan|nama paket|pekerjaan|transaksi terakhir"
)
_CAPITAL = (
    "modal usaha|modal|jumlah modal|modal dasar|modal disetor|nilai modal|modal awal|"
    "aset|nilai aset|jumlah aset|aset usaha|kekayaan bersih|modal kerja|total aset|"
    "total modal|nilai investasi|besar modal|modal usaha rupiah|modal usaha dalam rupiah|"
    "kekayaan usaha"
)
_SALES = (
    "penjualan setahun|penjualan tahunan|omzet|omset|omzet setahun|omset setahun|"
    "omzet per tahun|omset per tahun|omzet tahunan|omset tahunan|hasil penjualan|"
    "hasil penjualan tahunan|pendapatan tahunan|pendapatan per tahun|pendapatan|"
    "penghasilan per tahun|nilai penjualan|volume penjualan|omzet usaha|omset usaha|"
    "peredaran usaha|peredaran bruto|penjualan per tahun|omzet 1 tahun"
)

COLUMNS = (
    Column("name", "Nama usaha", True, _titles(_NAME)),
    Column("legal_form", "Bentuk usaha", True, _titles(_FORM)),
    Column("nib", "NIB", False, _titles(_NIB)),
    Column("npwp", "NPWP", False, _titles(_NPWP)),
    Column("owner_name", "Nama pemilik/direktur", True, _titles(_OWNER)),
    Column("nik", "NIK", False, _titles(_NIK)),
    Column("phone", "Nomor HP/WA", False, _titles(_PHONE)),
    Column("email", "Email", False, _titles(_EMAIL)),
    Column("region", "Kabupaten/Kota", True, _titles(_REGION)),
    Column("address", "Alamat", False, _titles(_ADDRESS)),
    Column("kbli", "KBLI", False, _titles(_KBLI)),
    Column("category", "Barang/jasa", False, _titles(_CATEGORY)),
    Column("reason", "Pernah dibeli / alasan", False, _titles(_REASON)),
    Column("capital", "Modal usaha (Rp)", False, _titles(_CAPITAL)),
    Column("yearly_sales", "Penjualan setahun (Rp)", False, _titles(_SALES)),
)
TITLES = {column.key: column.title for column in COLUMNS}
REQUIRED = tuple(column.key for column in COLUMNS if column.is_required)
#: Required of a row but not of a sheet: the name of the firm often says its form.
SAID_ELSEWHERE = frozenset({"legal_form"})
#: One word for two things; the other columns and the content tell which.
AMBIGUOUS = {"nama": ("name", "owner_name")}


def fold_title(title: str) -> str:
    """A title without case, spaces and punctuation, so that `No. HP / WA *` is `nohpwa`."""
    return re.sub(r"[^a-z0-9]", "", title.casefold())


def _words(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", title.casefold()))


KEY_OF_TITLE: dict[str, str] = {}
KEY_OF_WORDS: dict[str, str] = {}
for _column in COLUMNS:
    for _title in (_column.title, *_column.aliases):
        KEY_OF_TITLE[fold_title(_title)] = _column.key
        KEY_OF_WORDS[" ".join(sorted(_words(_title).split()))] = _column.key


@lru_cache(maxsize=4_096)
def key_of(title: str) -> tuple[str, str]:
    """Which column a title names and how that is known: `title`, `like_title` or `""`.

    A remark in brackets is not part of the title; the order of the words does not count, so that
    a title over two rows (`Pemilik` above `Nama`) is found too.
    """
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", title)
    for text in (title, bare):
        key = KEY_OF_TITLE.get(fold_title(text))
        if key:
            return key, "title"
    ordered = " ".join(sorted(_words(bare).split()))
    if ordered in KEY_OF_WORDS:
        return KEY_OF_WORDS[ordered], "title"
    near = _near(ordered)
    return (KEY_OF_WORDS[near], "like_title") if near else ("", "")


def _near(ordered: str) -> str:
    """The known title that is spelt nearest, of those that differ in no short word."""
    if len(ordered) <= SHORT_WORD:
        return ""
    words = set(ordered.split())
    found = process.extract(
        ordered, list(KEY_OF_WORDS), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=5
    )
    for known, _score, _place in found:
        if {word for word in known.split() if len(word) <= SHORT_WORD} <= words:
            return str(known)
    return ""


def recognise_header(cells: Sequence[str]) -> dict[str, int]:
    """Which column stands where in this row, `{key: index}`; the first of two equal titles wins."""
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = key_of(cell)[0] if cell and len(cell) <= LONGEST_TITLE else ""
        if key:
            places.setdefault(key, index)
    return places
