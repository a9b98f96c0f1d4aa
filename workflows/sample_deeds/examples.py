"""Photographs of invented papers, one of each kind, for owners who ask what it looks like.

``python -m workflows.sample_deeds.examples OUT_DIR`` writes ``<kind>.webp``. Every paper says
CONTOH across its whole face, and every number on it is one that nobody has.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from workflows.sample_deeds.damage import photographed
from workflows.sample_deeds.drawing import font

MOST_BYTES = 6 * 1024
PORTRAIT, LANDSCAPE = (270, 360), (360, 270)
WORD = "CONTOH"


@dataclass(frozen=True)
class Layout:
    """One paper: its heading, its lines, and what makes it look like itself.

    ``marks`` are the names of ``MARKS``, and ``seal`` for an emblem above.
    """

    heading: str
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    is_card: bool = False
    grey: int = 255


LAYOUTS = {
    "ktp": Layout(
        "PROVINSI CONTOH",
        (
            "NIK: 9900000000000001",
            "Nama: SITI CONTOH",
            "Alamat: JL. CONTOH 1",
            "Berlaku: SEUMUR HIDUP",
        ),
        ("face",),
        is_card=True,
        grey=226,
    ),
    "nib": Layout(
        "PERIZINAN BERUSAHA\nNOMOR INDUK BERUSAHA",
        ("NIB: 0000000000017", "Nama usaha: CONTOH MAJU", "Skala: Usaha Mikro", "KBLI: 56210"),
        ("seal", "table", "code"),
    ),
    "npwp": Layout(
        "NPWP",
        ("9900 0000 0000 0001", "SITI CONTOH", "JALAN CONTOH 1", "KPP CONTOH"),
        is_card=True,
        grey=236,
    ),
    "akta-pendirian": Layout(
        "AKTA PENDIRIAN\nPT CONTOH MAJU BERSAMA",
        ("Nomor: 12", "Tanggal: 17 Maret 2021", "Notaris: Contoh, S.H., M.Kn."),
        ("seal", "words", "stamp"),
    ),
    "akta-perubahan": Layout(
        "AKTA PERUBAHAN\nPT CONTOH MAJU BERSAMA",
        ("Nomor: 34", "Tanggal: 5 Mei 2024", "Pernyataan keputusan rapat"),
        ("seal", "words", "stamp"),
    ),
    "sk-kemenkumham": Layout(
        "KEPUTUSAN MENTERI HUKUM",
        ("AHU-0000000.AH.01.01", "TENTANG PENGESAHAN", "PENDIRIAN BADAN HUKUM"),
        ("seal", "words", "code"),
    ),
    "sertifikat-pendaftaran": Layout(
        "SERTIFIKAT\nPENDAFTARAN PENDIRIAN",
        ("PERSEROAN PERORANGAN", "PT CONTOH SENDIRI", "AHU-000000.AH.01.30"),
        ("seal", "words", "code"),
    ),
    "pkp": Layout(
        "SURAT PENGUKUHAN\nPENGUSAHA KENA PAJAK",
        ("Nama: CONTOH MAJU", "NPWP: 9900 0000 0000 0001"),
        ("seal", "words", "stamp"),
    ),
    "kswp": Layout(
        "KONFIRMASI STATUS\nWAJIB PAJAK",
        ("Nama: CONTOH MAJU", "Status: VALID"),
        ("table", "code"),
    ),
    "rekening": Layout(
        "BUKU TABUNGAN",
        ("Bank Contoh", "No. rekening: 000 000 0001", "a.n. CONTOH MAJU", "Cabang Contoh"),
        is_card=True,
        grey=244,
    ),
    "surat-kuasa": Layout(
        "SURAT KUASA",
        ("Pemberi kuasa: Siti Contoh", "Penerima kuasa: Budi Contoh", "Untuk: satu keperluan"),
        ("words", "duty"),
    ),
    "pakta-integritas": Layout(
        "PAKTA INTEGRITAS",
        ("Saya: Siti Contoh", "1. tidak menyuap;", "2. tidak memalsukan;", "3. jujur."),
        ("words", "duty"),
    ),
    "surat-pernyataan-pemilik": Layout(
        "SURAT PERNYATAAN\nPEMILIK USAHA",
        ("Nama: Siti Contoh", "Usaha: CONTOH MAJU"),
        ("words", "duty"),
    ),
    "sertifikat-standar": Layout(
        "SERTIFIKAT STANDAR",
        ("NIB: 0000000000017", "KBLI: 56210", "Telah terverifikasi"),
        ("seal", "table", "code"),
    ),
    "halal": Layout(
        "SERTIFIKAT HALAL",
        ("ID00000000000000001", "Produk: Keripik Contoh", "Pelaku usaha: CONTOH MAJU"),
        ("seal", "words", "stamp", "code"),
    ),
    "pirt": Layout(
        "SPP-IRT",
        ("P-IRT 000000000000001", "Pangan: Keripik Contoh", "Berlaku 5 tahun"),
        ("seal", "words", "stamp"),
    ),
    "foto-produk": Layout("DAFTAR HARGA", ("Keripik 100 g   Rp10.000",), ("things",)),
    "foto-usaha": Layout("WARUNG CONTOH", (), ("shop",)),
}


def write_examples(out: Path) -> list[Path]:
    """Write one picture for each kind of paper; the same ones every time."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for number, (kind, layout) in enumerate(LAYOUTS.items()):
        photo = photographed(_draw(layout), np.random.default_rng(number))
        small = photo.resize(LANDSCAPE if layout.is_card else PORTRAIT, Image.Resampling.LANCZOS)
        path = out / f"{kind}.webp"
        path.write_bytes(_as_light_as_asked(small))
        written.append(path)
    return written


def _as_light_as_asked(picture: Image.Image) -> bytes:
    for quality in range(70, 5, -5):
        kept = io.BytesIO()
        picture.save(kept, "WEBP", quality=quality, method=6)
        if kept.tell() <= MOST_BYTES:
            break
    return kept.getvalue()


def _draw(layout: Layout) -> Image.Image:
    width, height = (1200, 860) if layout.is_card else (1200, 1650)
    page = Image.new("L", (width, height), layout.grey)
    pen = ImageDraw.Draw(page)
    down = 90
    if "seal" in layout.marks:
        pen.regular_polygon((width // 2, down + 40, 60), 5, outline=60, width=8)
        down += 140
    for row in layout.heading.split("\n"):
        pen.text((width // 2, down), row, font=font(72, is_bold=True), fill=15, anchor="mt")
        down += 100
    down += 40
    left = 90
    for line in layout.lines:
        pen.text((left, down), line, font=font(58), fill=20)
        down += 92
    for mark in layout.marks:
        if mark in MARKS:
            MARKS[mark](pen, (left, down + 40, width, height))
    _word_across(page)
    return page


Place = tuple[int, int, int, int]  # left, down, and the size of the paper


def _table(pen: ImageDraw.ImageDraw, place: Place) -> None:
    left, down, width, _height = place
    for row in range(4):
        pen.rectangle((left, down + 90 * row, width - left, down + 90 * (row + 1)), None, 70, 4)
    pen.line((left + 300, down, left + 300, down + 360), 70, 4)


def _small_words(pen: ImageDraw.ImageDraw, place: Place) -> None:
    left, down, width, _height = place
    for row in range(5):
        end = width - left - 160 * (row == 4)
        pen.line((left, down + 60 * row, end, down + 60 * row), 150, 12)


def _stamp(pen: ImageDraw.ImageDraw, place: Place) -> None:
    middle = (place[2] - 330, place[3] - 330)
    pen.circle(middle, 150, None, 90, 10)
    pen.circle(middle, 105, None, 90, 5)
    pen.text(middle, WORD, font=font(44, is_bold=True), fill=90, anchor="mm")


def _code(pen: ImageDraw.ImageDraw, place: Place) -> None:
    """Squares that look like a QR and lead nowhere."""
    left, top = place[0], place[3] - 360
    squares = np.random.default_rng(7).random((13, 13)) < np.full((13, 13), 0.5)
    for row, column in np.argwhere(squares):
        spot = (left + 20 * int(column), top + 20 * int(row))
        pen.rectangle((*spot, spot[0] + 19, spot[1] + 19), 20)


def _duty(pen: ImageDraw.ImageDraw, place: Place) -> None:
    """A duty stamp with a signature across."""
    right, low = place[2], place[3]
    pen.rectangle((right - 470, low - 420, right - 270, low - 260), 205, 60, 5)
    pen.line((right - 560, low - 200, right - 180, low - 240, right - 120, low - 180), 40, 8)


def _things(pen: ImageDraw.ImageDraw, place: Place) -> None:
    for column in range(3):
        spot = place[0] + 340 * column
        pen.rounded_rectangle((spot, 800, spot + 280, 1400), 40, 120 + 30 * column, 40, 6)
        pen.rectangle((spot + 30, 980, spot + 250, 1180), 245)


def _shop(pen: ImageDraw.ImageDraw, place: Place) -> None:
    width = place[2]
    pen.polygon(((60, 620), (width // 2, 330), (width - 60, 620)), 110)
    pen.rectangle((120, 620, width - 120, 1500), 205, 40, 6)
    pen.rectangle((200, 900, 620, 1500), 120, 40, 6)
    pen.rectangle((700, 900, 1000, 1200), 235, 40, 6)


def _face(pen: ImageDraw.ImageDraw, place: Place) -> None:
    left, top = place[2] - 350, 260
    pen.rectangle((left, top, left + 280, top + 360), 170)
    pen.ellipse((left + 85, top + 60, left + 195, top + 200), 110)
    pen.pieslice((left + 30, top + 210, left + 250, top + 510), 180, 360, 110)


MARKS = {
    "table": _table,
    "words": _small_words,
    "stamp": _stamp,
    "code": _code,
    "duty": _duty,
    "things": _things,
    "shop": _shop,
    "face": _face,
}


def _word_across(page: Image.Image) -> None:
    width, height = page.size
    word = Image.new("L", page.size, 0)
    size = 230 if width > height else 260
    ImageDraw.Draw(word).text(
        (width // 2, height // 2), WORD, font=font(size, is_bold=True), fill=120, anchor="mm"
    )
    word = word.rotate(28, resample=Image.Resampling.BICUBIC)
    page.paste(90, mask=word)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m workflows.sample_deeds.examples OUT_DIR")
    sys.stdout.write("\n".join(str(path) for path in write_examples(Path(sys.argv[1]))) + "\n")
