"""The files in the test suites of the libraries' own source packages: taken at run time, thrown
away afterwards, never part of this program. A package is named with its version and nothing else.

What must become of each follows from its class, found out in other ways than the gate uses: the
first bytes, the names of a zip's entries, whether the plain library opens it whole, and for PDFs
the words that stand in it once it is written out without packing.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import tarfile
import warnings
import zipfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

from bench.doors.kinds import FLAG, JUDGED, REJECT, TAKEN, BadFile, only

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("pillow", "pikepdf", "pypdf", "openpyxl", "ocrmypdf", "xlrd", "pillow-heif", "img2pdf")
SECONDS_A_PACKAGE = 120
MOST_BYTES = 16 * 1024 * 1024
PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
ENDINGS = {
    "document": (
        *(".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".gif", ".bmp"),
        *(".psd", ".eps", ".avif", ".ico", ".jp2", ".ppm", ".tga", ".dds", ".blp", ".svg"),
    ),
    "sheet": (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"),
}
MOST_PIXELS, MOST_PAGES, SMALL = 64_000_000, 60, 20_000_000
WORDS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile\n", b"/XFA ", b"/RichMedia", b"/SubmitForm")


@contextmanager
def hushed() -> Iterator[None]:
    """What the libraries have to say of their own bad files stays off the table; one of them
    writes past Python."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    spoken = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(spoken, 2)
        os.close(spoken)


def fetch(folder: Path) -> list[str]:
    """Bring the source packages here; gives `name version` of those that came."""
    for package in PACKAGES:
        only_source = ["-q", "--no-input", "--no-deps", "--no-binary", package]
        ask = [*only_source, "-d", str(folder), package]
        try:
            subprocess.run(
                [sys.executable, "-m", "pip", "download", *ask],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS_A_PACKAGE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            continue
    return sorted(path.name.removesuffix(".tar.gz") for path in folder.glob("*.tar.gz"))


def gathered(folder: Path) -> Iterator[BadFile]:
    """The files of the packages that lie in a folder."""
    for path in sorted(folder.glob("*.tar.gz")):
        package = path.name.removesuffix(".tar.gz")
        with tarfile.open(path) as archive:
            for member in archive:
                if not member.isfile() or not 0 < member.size <= MOST_BYTES:
                    continue
                name = PurePosixPath(member.name)
                door = next((d for d, e in ENDINGS.items() if name.suffix.lower() in e), "")
                read = archive.extractfile(member) if door else None
                if read is not None:
                    content = read.read()
                    may = may_become(door, name.suffix.lower(), content)
                    yield BadFile(door, name.name, content, may, package)


def may_become(door: str, ending: str, content: bytes) -> frozenset[str]:
    """The rule of the class that a file of a test suite belongs to."""
    if door == "sheet":
        return _sheet(ending, content)
    if b"%PDF-" in content[:1024] and ending == ".pdf":
        return _pdf(content)
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
    if kind and ending in (".jpg", ".jpeg", ".png", ".tif", ".tiff"):
        return _picture(kind, content)
    if ending in (".webp", ".heic"):
        return JUDGED
    return only(REJECT)


def _picture(kind: str, content: bytes) -> frozenset[str]:
    """One that the plain library opens whole comes in; one that it does not open stays out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[kind]) as seen:
                pixels, frames = seen.width * seen.height, getattr(seen, "n_frames", 1)
                if pixels > MOST_PIXELS or (kind == "TIFF" and frames > MOST_PAGES):
                    return only(REJECT)
                if pixels > SMALL:
                    return JUDGED
                seen.load()
    except Exception:
        return only(REJECT)
    return TAKEN


def _pdf(content: bytes) -> frozenset[str]:
    """What a viewer opens comes in; what is active must not come in without a word."""
    try:
        with pikepdf.open(io.BytesIO(content)) as seen:
            if not 0 < len(seen.pages) <= MOST_PAGES:
                return only(REJECT)
            plain = io.BytesIO()
            seen.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PasswordError:
        return only(REJECT)
    except Exception:
        return JUDGED  # a damaged one may be rebuilt or not
    if any(word in plain.getvalue() for word in WORDS):
        return frozenset((FLAG, REJECT))
    return JUDGED


def _sheet(ending: str, content: bytes) -> frozenset[str]:
    if ending == ".xlsm":
        return only(REJECT)
    if ending == ".xlsx" and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
        return only(REJECT) if any("vbaProject" in name for name in names) else JUDGED
    return JUDGED
