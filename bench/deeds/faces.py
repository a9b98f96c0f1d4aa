"""Typefaces as notaries' offices use them, measured and embedded from the font files themselves.

Each face comes from a Debian package with a free licence (BENCH_PACKAGES of `mitra`); a set is the
same on every machine only where all of them are installed.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from bench.deeds.draw import Draw

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it remarks on odd dates in fonts
_FONTS = Path("/usr/share/fonts")
_GYRE = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")


@dataclass(frozen=True)
class Face:
    """A typeface in plain and bold; sizes are given in points, widths come back in points."""

    name: str
    plain: Path
    bold: Path
    is_mono: bool = False
    scale: float = 1.0  # so that ten points of one look as large as ten points of another

    @property
    def is_installed(self) -> bool:
        return self.plain.exists() and self.bold.exists()

    def path(self, bold: bool) -> Path:
        return self.bold if bold else self.plain

    def width(self, text: str, size: float, bold: bool = False) -> float:
        letters, advances, per_em = _metrics(self.path(bold))
        units = sum(advances[letters.get(ord(letter), ".notdef")][0] for letter in text)
        return units * size * self.scale / per_em


def _face(
    name: str, plain: str, bold: str, *, mono: bool = False, scale: float = 1, root: Path = _FONTS
) -> Face:
    return Face(name, root / plain, root / bold, mono, scale)


def _gyre(name: str, family: str, **options: float) -> Face:
    plain, bold = f"texgyre{family}-regular.otf", f"texgyre{family}-bold.otf"
    return _face(name, plain, bold, root=_GYRE, **options)


_LIBERATION = "truetype/liberation/Liberation{}.ttf"
TIMES = _face("times", _LIBERATION.format("Serif-Regular"), _LIBERATION.format("Serif-Bold"))
ARIAL = _face(
    "arial", _LIBERATION.format("Sans-Regular"), _LIBERATION.format("Sans-Bold"), scale=0.94
)
COURIER = _face(
    "courier",
    _LIBERATION.format("Mono-Regular"),
    _LIBERATION.format("Mono-Bold"),
    mono=True,
    scale=0.92,
)
BASIC = (TIMES, ARIAL, COURIER)  # what a machine that only runs the tests has
SHARED = (
    *BASIC,
    _gyre("bookman", "bonum", scale=0.94),
    _gyre("bookman light setting", "bonum"),
    _gyre("century", "schola", scale=0.96),
    _face(
        "cambria", "truetype/crosextra/Caladea-Regular.ttf", "truetype/crosextra/Caladea-Bold.ttf"
    ),
    _face(
        "calibri", "truetype/crosextra/Carlito-Regular.ttf", "truetype/crosextra/Carlito-Bold.ttf"
    ),
    _face(
        "courier prime",
        "opentype/courier-prime/Courier Prime.otf",
        "opentype/courier-prime/Courier Prime Bold.otf",
        mono=True,
        scale=0.94,
    ),
)
TUNED = (
    _face(
        "typewriter light",
        "truetype/freefont/FreeMono.ttf",
        "truetype/freefont/FreeMonoBold.ttf",
        mono=True,
        scale=0.95,
    ),
    _face(
        "verdana",
        "truetype/dejavu/DejaVuSans.ttf",
        "truetype/dejavu/DejaVuSans-Bold.ttf",
        scale=0.86,
    ),
    _gyre("palatino", "pagella"),
)
REPORTED = (
    _face(
        "typewriter worn",
        "truetype/gnutypewriter/GNUTypewriter.ttf",
        "truetype/gnutypewriter/GNUTypewriter.ttf",
        mono=True,
        scale=0.95,
    ),
    _face(
        "lucida console",
        "truetype/noto/NotoSansMono-Regular.ttf",
        "truetype/noto/NotoSansMono-Bold.ttf",
        mono=True,
        scale=0.9,
    ),
    _face(
        "libertine",
        "opentype/linux-libertine/LinLibertine_R.otf",
        "opentype/linux-libertine/LinLibertine_RB.otf",
        scale=1.04,
    ),
    _face(
        "gentium",
        "truetype/gentium-basic/GenBasR.ttf",
        "truetype/gentium-basic/GenBasB.ttf",
        scale=1.02,
    ),
)


def missing() -> list[str]:
    """Names of the faces whose files are not there; the packages above hold them."""
    return [face.name for face in (*SHARED, *TUNED, *REPORTED) if not face.is_installed]


def choose(draw: Draw, *, basic: bool = False, mono: bool | None = None) -> Face:
    """One face for a paper; `basic` takes those that every machine with the product has."""
    if basic:
        return draw.pick(BASIC)
    sets = [[f for f in faces if mono in {None, f.is_mono}] for faces in (SHARED, TUNED, REPORTED)]
    return draw.pick(*sets)


@cache
def _font(path: Path) -> TTFont:
    return TTFont(path, recalcTimestamp=False)


@cache
def _metrics(path: Path) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = _font(path)
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


@dataclass(frozen=True)
class Cut:
    """The few glyphs of a font that a paper uses, ready to be embedded."""

    file: bytes
    glyph_of: dict[str, int]
    widths: list[int]  # by glyph, in thousandths of the size
    is_outline_cff: bool
    bounds: list[int]
    ascent: int
    descent: int


def cut(path: Path, letters: str) -> Cut:
    """Reduce a font file to these letters; the same letters give the same bytes."""
    options = subset.Options(notdef_outline=True, layout_features=[], hinting=False)
    options.drop_tables += ["FFTM"]
    font = TTFont(path, recalcTimestamp=False)
    tool = subset.Subsetter(options)
    tool.populate(text=letters)
    tool.subset(font)
    file = io.BytesIO()
    font.save(file)
    order, head, across = font.getGlyphOrder(), font["head"], font["hhea"]
    place = {name: number for number, name in enumerate(order)}

    def em(units: float) -> int:
        return round(units * 1000 / head.unitsPerEm)

    return Cut(
        file=file.getvalue(),
        glyph_of={chr(code): place[name] for code, name in font.getBestCmap().items()},
        widths=[em(font["hmtx"].metrics[name][0]) for name in order],
        is_outline_cff="CFF " in font,
        bounds=[em(head.xMin), em(head.yMin), em(head.xMax), em(head.yMax)],
        ascent=em(across.ascent),
        descent=em(across.descent),
    )
