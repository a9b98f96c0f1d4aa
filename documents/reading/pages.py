"""Opens what people send (PDF, JPEG, PNG, WebP, HEIC, TIFF) as plain page pictures, within limits.

A page has a *stored frame*: the pixels of a picture before its EXIF turn, or the points of a
PDF page as a viewer shows it. ``to_stored`` maps pixels of the raster back into that frame.
Limits: 15 MB a file, 60 pages a document, 64 Mpx a stored picture, 25 Mpx a raster.
"""

import io
import math
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import pikepdf
import pillow_heif
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from documents.reading.errors import (
    BrokenFile,
    EmptyFile,
    LockedPdf,
    NotAllowedType,
    Refusal,
    TooLarge,
    TooManyPages,
    TooManyPixels,
)
from documents.reading.layer import Layer, read_layer

MAX_BYTES = 15 * 1024 * 1024
MAX_PAGES = 60
MAX_STORED_PIXELS = 64_000_000
MAX_RASTER_PIXELS = 25_000_000
RENDER_DPI = 300
SHOWN_SIDE = 1600  # pixels: a page with its own text is only drawn to be looked at

_FORMATS = {"heic": "HEIF"}  # what Pillow calls a kind, where it is another name
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_SHRINKABLE = ("L", "RGB", "RGBA", "LA", "CMYK")
_PLAIN_COLOURS = (
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium_c.FPDF_COLORSPACE_DEVICERGB,
    pdfium_c.FPDF_COLORSPACE_ICCBASED,
)

pillow_heif.register_heif_opener(thumbnails=False)

Raster = NDArray[np.uint8]
Matrix = NDArray[np.float64]

# Where pixel (x, y) of the upright picture lies in the stored one, for a stored size (w, h).
# Rows are (a, b, c, d, e, f): x' = ax + by + c*w, y' = dx + ey + f*h. EXIF 2.32, tag 0x0112.
_EXIF = {
    1: (1, 0, 0, 0, 1, 0),
    2: (-1, 0, 1, 0, 1, 0),
    3: (-1, 0, 1, 0, -1, 1),
    4: (1, 0, 0, 0, -1, 1),
    5: (0, 1, 0, 1, 0, 0),
    6: (0, 1, 0, -1, 0, 1),
    7: (0, -1, 1, -1, 0, 1),
    8: (0, -1, 1, 1, 0, 0),
}


@dataclass
class Page:
    """One page as a picture, which is only drawn when it is looked at.

    ``raster`` is grey (rows x columns) or RGB (rows x columns x 3) of ``raster_size`` (width,
    height); ``stored_size`` is (width, height) of the stored frame; ``to_stored`` a 3x3 matrix;
    ``layer`` the words of a PDF's own text layer, believed or not.
    """

    draw: Callable[[], Raster]
    raster_size: tuple[int, int]
    stored_size: tuple[float, float]
    to_stored: Matrix
    layer: Layer = field(default_factory=Layer)

    @cached_property
    def raster(self) -> Raster:
        """Draw the page, once."""
        return self.draw()


def file_type(path: Path) -> str:
    """Say what the first bytes are, whatever the name claims (pdf, jpeg, png, webp, heic, tiff)."""
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if size > MAX_BYTES:
        raise TooLarge
    with path.open("rb") as file:
        head = file.read(1024)
    for kind, is_it in (
        ("jpeg", head.startswith(b"\xff\xd8\xff")),
        ("png", head.startswith(b"\x89PNG\r\n\x1a\n")),
        ("webp", head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
        ("heic", head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS),
        ("tiff", head[:4] in (b"II*\x00", b"MM\x00*")),
        ("pdf", b"%PDF-" in head),
    ):
        if is_it:
            return kind
    raise NotAllowedType


def look(path: Path) -> tuple[str, int]:
    """Tell type and number of pages without decoding a page."""
    kind = file_type(path)
    if kind == "pdf":
        pdf = open_pdf(path)
        pages = len(pdf)
        pdf.close()
    else:
        with _open_picture(path, kind) as picture:
            pages = getattr(picture, "n_frames", 1) if kind == "tiff" else 1
    if pages > MAX_PAGES:
        raise TooManyPages
    if pages == 0:
        raise BrokenFile
    return kind, pages


def count_pages(paths: Sequence[Path]) -> int:
    """Count the pages of one document that may come as several files."""
    total = sum(look(path)[1] for path in paths)
    if total == 0:
        raise EmptyFile
    if total > MAX_PAGES:
        raise TooManyPages
    return total


def open_pages(paths: Sequence[Path], order: Sequence[int] | None = None) -> Iterator[Page]:
    """Yield pages of all files, one in memory at a time: all of them, or those of ``order``.

    Pages are numbered from 0 through all files in the order given.
    """
    places = [
        (path, kind, frame)
        for path in paths
        for kind, count in [look(path)]
        for frame in range(count)
    ]
    wanted = places if order is None else [places[number] for number in order]
    for (path, kind), run in groupby(wanted, key=itemgetter(0, 1)):
        frames = [frame for _path, _kind, frame in run]
        yield from _pdf_pages(path, frames) if kind == "pdf" else _frames(path, kind, frames)


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """Open a PDF, rebuilt where that is needed. Raises ``LockedPdf``, ``BrokenFile``."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise LockedPdf from error
    return pdfium.PdfDocument(_mended(path))


def _mended(path: Path) -> bytes:
    """Rebuild a PDF whose cross-reference table is damaged, as a viewer would."""
    mended = io.BytesIO()
    try:
        with pikepdf.open(path) as pdf:
            pdf.save(mended)
        pdfium.PdfDocument(mended.getvalue()).close()
    except pikepdf.PasswordError as error:
        raise LockedPdf from error
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError, RuntimeError) as error:
        raise BrokenFile from error
    return mended.getvalue()


def _pdf_pages(path: Path, numbers: Iterable[int]) -> Iterator[Page]:
    pdf = open_pdf(path)  # closed with its last page, which may still have to be drawn
    for number in numbers:
        yield _pdf_page(pdf, number)


def _pdf_page(pdf: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = pdf[number]
        things = list(page.get_objects(max_depth=3))
        for thing in things:
            if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                across, down = thing.get_px_size()
                if across * down > MAX_STORED_PIXELS:
                    raise TooManyPixels
        words = read_layer(page, things)
        scan = _lone_scan(page, things)
    except pdfium.PdfiumError as error:
        raise BrokenFile from error
    width, height = page.get_size()
    if scan is not None:
        size = (scan.shape[1], scan.shape[0])
        return Page(lambda: scan, size, (width, height), _shrunk((width, height), size), words)
    fine = SHOWN_SIDE / max(width, height) if words else RENDER_DPI / 72
    scale = min(fine, math.sqrt(MAX_RASTER_PIXELS / max(1.0, width * height)))
    size = (math.ceil(width * scale), math.ceil(height * scale))
    to_stored = _shrunk((width, height), size)
    return Page(lambda: _drawn(page, scale), size, (width, height), to_stored, words)


def _shrunk(stored: tuple[float, float], size: tuple[int, int]) -> Matrix:
    return np.diag([stored[0] / size[0], stored[1] / size[1], 1.0])


def _drawn(page: pdfium.PdfPage, scale: float) -> Raster:
    try:
        return np.asarray(page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB"))
    except pdfium.PdfiumError as error:
        raise BrokenFile from error


def _lone_scan(page: pdfium.PdfPage, things: Sequence[pdfium.PdfObject]) -> Raster | None:
    """Take the scan itself where the page is nothing else: no dot is lost or made up."""
    if [thing.type for thing in things] != [pdfium_c.FPDF_PAGEOBJ_IMAGE]:
        return None
    (scan,) = things
    if pdfium_c.FPDFPageObj_HasTransparency(scan.raw):
        return None
    across, down = scan.get_px_size()
    straight = scan.get_matrix()
    is_upright = straight.a > 0 and straight.d > 0 and straight.b == straight.c == 0
    fills = np.allclose(scan.get_bounds(), page.get_cropbox(), atol=2.0)
    is_plain = scan.get_metadata().colorspace in _PLAIN_COLOURS
    if not (is_upright and fills and is_plain and across * down <= MAX_RASTER_PIXELS):
        return None
    dots = scan.get_bitmap().to_numpy()
    if dots.ndim == 3:
        dots = dots[:, :, 2::-1]  # blue comes first in PDFium
    return np.ascontiguousarray(np.rot90(dots, -page.get_rotation() // 90))


def _open_picture(path: Path, kind: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(path, formats=[_FORMATS.get(kind, kind.upper())])
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except Exception as error:  # Pillow's parsers raise many kinds on hostile headers
        raise BrokenFile from error
    if picture.width * picture.height > MAX_STORED_PIXELS:
        raise TooManyPixels
    return picture


def _frames(path: Path, kind: str, numbers: Iterable[int]) -> Iterator[Page]:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries switch it on for the whole process
    with _open_picture(path, kind) as picture:
        for frame in numbers:
            try:
                if kind == "tiff":
                    picture.seek(frame)
                if picture.width * picture.height > MAX_STORED_PIXELS:
                    raise TooManyPixels
                page = _picture_page(picture)
            except (Refusal, MemoryError):
                raise
            except Exception as error:  # decoders raise many kinds on damaged bytes
                raise BrokenFile from error
            yield page


def _picture_page(picture: Image.Image) -> Page:
    stored = picture.size
    orientation = picture.getexif().get(0x0112, 1)
    shrink = math.sqrt(MAX_RASTER_PIXELS / (stored[0] * stored[1]))
    if shrink < 1:
        wanted = (int(stored[0] * shrink), int(stored[1] * shrink))
        picture.draft(picture.mode, wanted)
    # Shrunk before it is copied into another colour model, where that can be: half the memory.
    first = shrink < 1 and picture.mode in _SHRINKABLE
    plain = _flattened(picture.resize(wanted, Image.Resampling.LANCZOS) if first else picture)
    if shrink < 1 and not first:
        plain = plain.resize(wanted, Image.Resampling.LANCZOS)
    small = plain.size
    plain.info.clear()
    if orientation in _EXIF and orientation != 1:
        plain.getexif()[0x0112] = orientation
        plain = ImageOps.exif_transpose(plain)
    a, b, c, d, e, f = _EXIF.get(orientation, _EXIF[1])
    turn = np.array([[a, b, c * small[0]], [d, e, f * small[1]], [0, 0, 1]], dtype=np.float64)
    to_stored = np.diag([stored[0] / small[0], stored[1] / small[1], 1.0]) @ turn
    raster = np.asarray(plain)
    return Page(lambda: raster, plain.size, (float(stored[0]), float(stored[1])), to_stored)


def _flattened(picture: Image.Image) -> Image.Image:
    """Give any colour model as RGB on white paper, black and white as grey."""
    if picture.mode == "1" and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=np.float32)
        spread = max(1.0, float(values.max()))
        return Image.fromarray((values * (255.0 / spread)).astype(np.uint8)).convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")
