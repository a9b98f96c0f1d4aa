"""Writes pages as PDF by hand: text with embedded type for the clean level, pictures for the scans.

Nothing in the files depends on the day or the machine: the same pages give the same bytes.
"""

from __future__ import annotations

import io
import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import segno
from PIL import Image

from bench.deeds.faces import Cut, cut
from bench.deeds.layout import Page, Setting


def clean(setting: Setting) -> bytes:
    """A born-digital PDF of these pages."""
    pdf = pikepdf.new()
    fonts = _embedded(pdf, setting)
    for page in setting.pages:
        content = "\n".join(
            [*_rules(page), *_drawn(page), *_words(page, fonts, setting.face.scale)]
        )
        resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary({f"/F{int(key)}": font for key, (font, _) in fonts.items()})
        )
        _add(pdf, page.size, content.encode("ascii"), resources)
    return _saved(pdf)


def _rules(page: Page) -> list[str]:
    tall = page.size[1]
    return [
        f"{thick:.2f} w {x0:.2f} {tall - y0:.2f} m {x1:.2f} {tall - y1:.2f} l S"
        for x0, y0, x1, y1, thick in page.rules
    ]


def _drawn(page: Page) -> list[str]:
    """The emblem and the square code, which printed papers carry too; their meaning is nothing."""
    lines: list[str] = []
    for what, x, y, text in page.spots:
        if what == "emblem":
            lines += _emblem(x, page.size[1] - y - 26)
        elif what == "code":
            lines += _code(x, page.size[1] - y - 8, text or f"{x:.0f}-{y:.0f}")
    return lines


def _emblem(x: float, y: float) -> list[str]:
    """A grey star, no state's."""
    points = [
        (x + r * math.sin(turn), y + r * math.cos(turn))
        for turn, r in ((n * math.pi / 5, 26 if n % 2 == 0 else 12) for n in range(10))
    ]
    path = " l ".join(f"{px:.2f} {py:.2f}" for px, py in points).replace(" l ", " m ", 1)
    return ["0.55 g", f"{path} l f", "0 g", f"1 w {x - 9:.1f} {y - 9:.1f} 18 18 re S"]


def _code(x: float, y: float, text: str) -> list[str]:
    dot = 2.0
    matrix = segno.make(text, error="l", micro=False).matrix
    return [
        f"{x + column * dot:.1f} {y - row * dot:.1f} {dot} {dot} re f"
        for row, dots in enumerate(matrix)
        for column, is_dark in enumerate(dots)
        if is_dark
    ]


def _words(page: Page, fonts: dict[bool, tuple[pikepdf.Object, Cut]], scale: float) -> list[str]:
    tall = page.size[1]
    lines = []
    for word in page.words:
        glyphs = fonts[word.is_bold][1].glyph_of
        code = "".join(f"{glyphs.get(letter, 0):04x}" for letter in f"{word.text} ")
        font = f"/F{int(word.is_bold)} {word.size * scale:.3f} Tf"
        lines.append(f"BT {font} {word.x:.3f} {tall - word.y:.3f} Td <{code}> Tj ET")
    return lines


def _embedded(pdf: pikepdf.Pdf, setting: Setting) -> dict[bool, tuple[pikepdf.Object, Cut]]:
    letters: dict[bool, set[str]] = defaultdict(set)
    for page in setting.pages:
        for word in page.words:
            letters[word.is_bold] |= set(word.text) | {" "}
    fonts = {}
    for is_bold, used in sorted(letters.items()):
        part = cut(setting.face.path(is_bold), "".join(sorted(used)))
        fonts[is_bold] = (_font(pdf, part, f"DEED+Face{int(is_bold)}"), part)
    return fonts


def _font(pdf: pikepdf.Pdf, part: Cut, name: str) -> pikepdf.Object:
    file = pdf.make_stream(part.file)
    key = "FontFile2"
    if part.is_outline_cff:
        file.Subtype, key = pikepdf.Name.OpenType, "FontFile3"
    descriptor = pdf.make_indirect(
        pikepdf.Dictionary(
            {
                "/Type": pikepdf.Name.FontDescriptor,
                "/FontName": pikepdf.Name(f"/{name}"),
                "/Flags": 4,
                "/FontBBox": part.bounds,
                "/ItalicAngle": 0,
                "/Ascent": part.ascent,
                "/Descent": part.descent,
                "/CapHeight": 700,
                "/StemV": 80,
                f"/{key}": file,
            }
        )
    )
    kind = pikepdf.Name.CIDFontType0 if part.is_outline_cff else pikepdf.Name.CIDFontType2
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=kind,
        BaseFont=pikepdf.Name(f"/{name}"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        W=[0, part.widths],
    )
    if not part.is_outline_cff:
        below.CIDToGIDMap = pikepdf.Name.Identity
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name(f"/{name}"),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(below)],
            ToUnicode=pdf.make_stream(_unicode_of(part)),
        )
    )


def _unicode_of(part: Cut) -> bytes:
    pairs = sorted((glyph, ord(letter)) for letter, glyph in part.glyph_of.items())
    begun = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Deed def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for first in range(0, len(pairs), 100):
        some = pairs[first : first + 100]
        begun.append(f"{len(some)} beginbfchar")
        begun += [f"<{glyph:04x}> <{code:04x}>" for glyph, code in some]
        begun.append("endbfchar")
    return "\n".join([*begun, "endcmap end end"]).encode("ascii")


def pictures(images: list[np.ndarray], dpi: int, *, quality: int | None) -> bytes:
    """A PDF of pictures, as a scanner makes it: grey as JPEG of `quality`, bilevel when None."""
    pdf = pikepdf.new()
    for image in images:
        tall, wide = image.shape[:2]
        size = (wide * 72 / dpi, tall * 72 / dpi)
        stream = _bilevel(pdf, image) if quality is None else _jpeg(pdf, image, quality)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height = wide, tall
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=stream))
        content = f"{size[0]:.4f} 0 0 {size[1]:.4f} 0 0 cm /Picture Do".encode("ascii")
        _add(pdf, size, content, resources)
    return _saved(pdf)


def _jpeg(pdf: pikepdf.Pdf, image: np.ndarray, quality: int) -> pikepdf.Object:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=quality)
    stream = pdf.make_stream(file.getvalue())
    stream.Filter, stream.BitsPerComponent = pikepdf.Name.DCTDecode, 8
    stream.ColorSpace = pikepdf.Name.DeviceGray if image.ndim == 2 else pikepdf.Name.DeviceRGB
    return stream


def _bilevel(pdf: pikepdf.Pdf, image: np.ndarray) -> pikepdf.Object:
    stream = pdf.make_stream(np.packbits(image > 127, axis=1).tobytes())  # deflated when saved
    stream.BitsPerComponent, stream.ColorSpace = 1, pikepdf.Name.DeviceGray
    return stream


def _add(
    pdf: pikepdf.Pdf, size: tuple[float, float], content: bytes, resources: pikepdf.Dictionary
) -> None:
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(size[0], 3), round(size[1], 3)],
        Resources=resources,
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True, compress_streams=True)
    return file.getvalue()


def rendered(pdf: bytes, dpi: float) -> list[np.ndarray]:
    """The pages as grey pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=dpi / 72, grayscale=True).to_numpy() for page in document]
    return [np.ascontiguousarray(page.reshape(page.shape[:2])) for page in pages]


def tiff(images: list[np.ndarray], dpi: int, path: Path) -> None:
    """A fax machine's TIFF: all pages in one file, bilevel, CCITT group 4."""
    pages = [Image.fromarray(image).convert("1", dither=Image.Dither.NONE) for image in images]
    pages[0].save(
        path,
        "TIFF",
        compression="group4",
        save_all=True,
        append_images=pages[1:],
        dpi=(dpi, dpi),
    )
