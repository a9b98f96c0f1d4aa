"""The fixed set of samples that the demonstration and the browser tests use."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workflows.sample_deeds import damage as wear
from workflows.sample_deeds.drawing import draw_sheet
from workflows.sample_deeds.wording import Deed, Founder, Line
from workflows.sample_deeds.writing import Damage, write_deed


@dataclass(frozen=True)
class SampleDeed:
    """A written sample: its name, the truth, how it was worn, and its files in page order."""

    name: str
    deed: Deed
    damage: Damage
    files: tuple[Path, ...]


def _founder(address: str, name: str, born: tuple[str, dt.date], seat: str, role: str) -> Founder:
    town, day = born
    shown = day.day + (0 if address == "Tuan" else 40)
    nik = f"357899{shown:02}{day:%m%y}{len(name):04}"
    return Founder(address, name, town, day, nik, seat, role)


_SITI = ("Surabaya", dt.date(1985, 4, 17))
_BUDI = ("Malang", dt.date(1979, 11, 3))
_DEWI = ("Kediri", dt.date(1991, 8, 21))

PT_MAJU = Deed(
    form="pt",
    number=17,
    signed_on=dt.date(2023, 6, 9),
    notary="RATNA CONTOH WULANDARI",
    notary_titles="S.H., M.Kn.",
    notary_seat="Kota Surabaya",
    notary_decree="AHU-00912.AH.02.01.TAHUN 2014",
    company="CONTOH MAJU BERSAMA",
    seat="Kota Surabaya",
    founders=(
        _founder("Nyonya", "SITI CONTOH RAHAYU", _SITI, "Kota Surabaya", "Direktur"),
        _founder("Tuan", "BUDI CONTOH SANTOSO", _BUDI, "Kabupaten Sidoarjo", "Komisaris"),
    ),
    business=(("56210", "Jasa Boga Untuk Suatu Event Tertentu"),),
    capital=100_000_000,
    paid_up=25_000_000,
)
CV_KARYA = Deed(
    form="cv",
    number=4,
    signed_on=dt.date(2022, 3, 10),
    notary="HENDRA CONTOH PRAYOGA",
    notary_titles="S.H., M.Kn.",
    notary_seat="Kabupaten Malang",
    notary_decree="AHU-00347.AH.02.01.TAHUN 2016",
    company="CONTOH KARYA MANDIRI",
    seat="Kota Malang",
    founders=(
        _founder("Tuan", "BUDI CONTOH SANTOSO", _BUDI, "Kota Malang", "persero aktif"),
        _founder("Nyonya", "DEWI CONTOH LESTARI", _DEWI, "Kota Malang", "persero pasif"),
    ),
    business=(("18111", "Industri Pencetakan Umum"),),
    capital=75_000_000,
)
KOPERASI_TANI = Deed(
    form="koperasi",
    number=31,
    signed_on=dt.date(2021, 9, 22),
    notary="RATNA CONTOH WULANDARI",
    notary_titles="S.H., M.Kn.",
    notary_seat="Kota Surabaya",
    notary_decree="AHU-00912.AH.02.01.TAHUN 2014",
    company="CONTOH TANI SEJAHTERA",
    seat="Kabupaten Jember",
    founders=(
        _founder("Nyonya", "DEWI CONTOH LESTARI", _DEWI, "Kabupaten Jember", "Ketua"),
        _founder("Tuan", "BUDI CONTOH SANTOSO", _BUDI, "Kabupaten Jember", "Bendahara"),
    ),
    business=(("46311", "Perdagangan Besar Beras"),),
    capital=15_000_000,
)
PT_WRONG_DAY = Deed(
    form="pt",
    number=8,
    signed_on=dt.date(2024, 2, 15),  # a Thursday
    notary="HENDRA CONTOH PRAYOGA",
    notary_titles="S.H., M.Kn.",
    notary_seat="Kabupaten Malang",
    notary_decree="AHU-00347.AH.02.01.TAHUN 2016",
    company="CONTOH RASA NUSANTARA",
    seat="Kabupaten Gresik",
    founders=(
        _founder("Nyonya", "SITI CONTOH RAHAYU", _SITI, "Kabupaten Gresik", "Direktur"),
        _founder("Tuan", "BUDI CONTOH SANTOSO", _BUDI, "Kabupaten Gresik", "Komisaris"),
    ),
    business=(("10794", "Industri Kerupuk, Keripik, Peyek Dan Sejenisnya"),),
    capital=200_000_000,
    paid_up=50_000_000,
    weekday="Selasa",
)

# name, deed, damage, seed, stored turn in quarters, whether the EXIF tells
_SAMPLES: tuple[tuple[str, Deed, Damage, int, int, bool], ...] = (
    ("pt-clean", PT_MAJU, "clean", 1, 0, True),
    ("cv-scan", CV_KARYA, "scan", 2, 0, True),
    ("koperasi-photo", KOPERASI_TANI, "photo", 3, 3, True),
    ("pt-wrong-weekday", PT_WRONG_DAY, "clean", 4, 0, True),
    ("cv-photo-upside-down", CV_KARYA, "photo", 5, 2, False),
    ("pt-photo", PT_MAJU, "photo", 6, 0, True),
)


def write_samples(out_dir: Path) -> list[SampleDeed]:
    """Write the six samples into a folder; the same files every time."""
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for name, deed, damage, seed, quarters, tells in _SAMPLES:
        path = out_dir / f"{name}.pdf"
        files = write_deed(path, deed, damage, seed, quarters=quarters, tells=tells)
        written.append(SampleDeed(name, deed, damage, tuple(files)))
    return written


def write_paper(path: Path, title: str, lines: list[str]) -> Path:
    """Write one photographed page with a title and plain lines, for papers that are not deeds."""
    sheet = (Line(title, "title"), Line("", "gap"), *(Line(line, "plain") for line in lines))
    seed = sum(title.encode())
    photo = wear.photographed(draw_sheet(sheet), np.random.default_rng(seed))
    path.write_bytes(wear.as_jpeg(photo))
    return path
