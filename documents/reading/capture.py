"""Measures how a page was photographed: six faults that a person can mend by another photo.

`static/js/coach.js` makes the same measurements before the photo is sent, step by step in the same
order; whoever changes one changes the other (a test compares them). All of it is seen on a copy of
at most 640 pixels, cut into squares of 16: a square *with print* has some ink on paper, not much.
"""

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.coach import FAULTS, LIMITS
from documents.reading.pages import Raster

CELL = int(LIMITS["cell"])
AREA = CELL * CELL
INK_SHARE = 0.5  # of a square: with more it is a stamp, a shadow or the table
SOFT = 0.04  # contrast of print at its faintest, as a part of the paper's brightness
FEW_PIXELS = 400  # of ink: with fewer no line can be followed
MOST_PIXELS = 6000  # of ink are enough to find how the lines lean
BAND = 4  # pixels: lines are told from columns of letters only when looked at coarsely
WIDEST_TILT = 30
SMEAR = 4  # pixels to both sides by which letters are joined to lines
TALLEST = 24  # pixels of a line of letters; taller things are drawings
FEW_RUNS = 200
EVEN = 240  # level of 256: paper as white as this nearly everywhere was scanned, not lit
SHORT_RUN = 10  # pixels: letters and strokes at the border, not the edge of the table
DEPTHS = (1, 4)  # pixels from the border where cut print is looked for

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Capture:
    """How a page was photographed.

    ``sharp``: ratio, None without print; ``light``: level of 256; ``glare``: squares;
    ``cut``: strokes on one border; ``tilt``: degrees from the nearest upright way;
    ``letters``: pixels in the stored picture, 0 when not seen.
    """

    sharp: float | None
    light: int
    glare: int
    cut: int
    tilt: float
    letters: float

    @property
    def faults(self) -> tuple[str, ...]:
        """Codes of what is wrong, the worst first; in the dark nothing else can be said."""
        if self.light < LIMITS["light"]:
            return ("dark",)
        found = {
            "blurred": self.sharp is not None and self.sharp < LIMITS["sharp"],
            "glare": self.glare > LIMITS["glare"],
            "cut": self.cut > LIMITS["cut"],
            "small": 0 < self.letters < LIMITS["letters"],
            "tilted": abs(self.tilt) > LIMITS["tilt"],
        }
        return tuple(code for code in FAULTS if found.get(code))


def measure(raster: Raster) -> Capture:
    """Measure a grey or RGB page in some 15 ms; what shows no print gets no fault but darkness."""
    grey = _small(raster)
    squares = _squares(grey)
    light, paper = _brightness(squares)
    level = _share_of(light, 0.8)
    ink = _ink(grey, paper, level)
    share = _squares(ink).sum(axis=2) / AREA
    printed = (share >= SOFT) & (share <= INK_SHARE)
    spread = squares.var(axis=2)
    soft = (spread >= np.maximum(9, (SOFT * paper) ** 2)) & (2 * paper >= level)
    soft &= share <= INK_SHARE
    if soft.sum() < LIMITS["fewest"]:
        return Capture(None, level, 0, 0, 0.0, 0.0)
    words = ink & _spread_out(printed)
    tilt, ways = _tilt(words)
    return Capture(
        sharp=_sharpness(grey, spread, soft),
        light=_share_of(light[soft], 0.5),
        glare=_glare(squares, printed) if _share_of(light[soft], 0.2) < EVEN else 0,
        cut=_cut(ink),
        tilt=tilt,
        letters=max(_letters(words.T if down else words) for down in ways)
        * (max(raster.shape[:2]) / max(grey.shape)),
    )


def _small(raster: Raster) -> Numbers:
    """Give the brightness on a copy whose sides are whole squares."""
    longest = max(raster.shape[:2])
    step = max(1, longest // 1600)
    grey = np.ascontiguousarray(raster[::step, ::step])
    if grey.ndim == 3:
        grey = np.asarray(cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    scale = min(1.0, LIMITS["side"] / longest)
    height, width = (max(CELL, int(n * scale) // CELL * CELL) for n in raster.shape[:2])
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.int64)


def _squares(picture: NDArray[np.generic]) -> Numbers:
    high, wide = picture.shape[0] // CELL, picture.shape[1] // CELL
    parts = picture.reshape(high, CELL, wide, CELL).swapaxes(1, 2)
    return np.asarray(parts.reshape(high, wide, AREA), dtype=np.int64)


def _spread_out(of_squares: NDArray[Kind]) -> NDArray[Kind]:
    """Give every pixel what its square has."""
    return np.repeat(np.repeat(of_squares, CELL, axis=0), CELL, axis=1)


def _around(of_squares: Numbers) -> Numbers:
    """Give the greatest of each square and its eight neighbours."""
    return np.asarray(
        cv2.dilate(of_squares.astype(np.int16), np.ones((3, 3), np.uint8)), dtype=np.int64
    )


def _brightness(squares: Numbers) -> tuple[Numbers, Numbers]:
    """Give the light part of each square, and the paper: the lightest such part around it."""
    is_light = squares >= (squares.sum(axis=2) // AREA)[:, :, None]
    light = (squares * is_light).sum(axis=2) // is_light.sum(axis=2)
    return light, _around(light)


def _share_of(levels: Numbers, share: float) -> int:
    counts = np.cumsum(np.bincount(levels.ravel(), minlength=256))
    return int(np.searchsorted(counts, share * counts[-1]))


def _ink(grey: Numbers, paper: Numbers, level: int) -> Flags:
    behind = _spread_out(np.where(2 * paper >= level, paper, 0))
    return np.asarray(
        (100 * grey < LIMITS["ink"] * behind) & (grey + LIMITS["step"] <= behind), dtype=np.bool_
    )


def _sharpness(grey: Numbers, spread: NDArray[np.float64], soft: Flags) -> float:
    """Blurred print still varies, but no longer from one pixel to the next."""
    bend = np.zeros_like(grey)
    bend[1:-1, 1:-1] = (
        grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
    )
    ratios = np.sort((_squares(bend * bend).sum(axis=2) / AREA / np.maximum(spread, 1))[soft])
    return float(ratios[int(0.8 * (len(ratios) - 1))])


def _glare(squares: Numbers, printed: Flags) -> int:
    """Count blown squares among blown ones, between print on both sides or above and below."""
    white = squares.sum(axis=2) >= LIMITS["white"] * AREA
    rim = np.pad(~white, 1, constant_values=True).astype(np.uint8)
    core = cv2.dilate(rim, np.ones((3, 3), np.uint8))[1:-1, 1:-1] == 0
    return int((core & (_between(printed) | _between(printed.T).T)).sum())


def _between(printed: Flags) -> Flags:
    after = np.logical_or.accumulate(printed, axis=1)
    before = np.logical_or.accumulate(printed[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(after & before, dtype=np.bool_)


def _cut(ink: Flags) -> int:
    """Count short strokes along the border that has the most of them."""
    sides = (ink, ink[::-1], ink.T, ink.T[::-1])
    return max(min(_strokes(side[depth]) for depth in DEPTHS) for side in sides)


def _strokes(line: Flags) -> int:
    lengths = _runs(line[:, None])
    return int((lengths <= SHORT_RUN).sum())


def _runs(marks: Flags) -> Numbers:
    """Give the lengths of unbroken runs down the columns."""
    ends = np.pad(marks.T.astype(np.int8), ((0, 0), (1, 1)))
    edges = np.diff(ends, axis=1)
    return np.asarray(np.nonzero(edges == -1)[1] - np.nonzero(edges == 1)[1], dtype=np.int64)


def _tilt(words: Flags) -> tuple[float, set[bool]]:
    """Give the lean of the lines in degrees, and whether they may run across, down, or either."""
    ys, xs = np.nonzero(words)
    if len(ys) < FEW_PIXELS:
        return 0.0, {False}
    few = slice(None, None, len(ys) // MOST_PIXELS + 1)
    ways = ((xs[few], ys[few]), (-ys[few], xs[few]))
    level = [_order(way, 0.0) for way in ways]
    best, lean = LIMITS["sure"] * max(level), 0.0
    sides = {down for down in (False, True) if LIMITS["sure"] * level[down] > max(level)}
    for number, way in enumerate(ways):
        for angle in range(-WIDEST_TILT, WIDEST_TILT + 1, 2):
            order = _order(way, float(angle))
            if order > best:
                best, lean, sides = order, float(angle), {bool(number)}
    return lean, sides


def _order(way: tuple[NDArray[np.intp], NDArray[np.intp]], angle: float) -> float:
    """Say how clearly ink gathers in lines that lean by an angle."""
    heights = np.floor((way[1] - way[0] * np.tan(np.radians(angle))) / BAND).astype(int)
    counts = np.bincount(heights - heights.min())
    return float((np.diff(counts) ** 2).sum())


def _letters(words: Flags) -> float:
    """Give the middling thickness of a line of letters in pixels of the small copy."""
    joined = cv2.dilate(words.astype(np.uint8), np.ones((1, 2 * SMEAR + 1), np.uint8))
    lengths = _runs(np.asarray(joined, dtype=np.bool_))
    lines = np.sort(lengths[(lengths >= 2) & (lengths <= TALLEST)])
    few = len(lines) // 4
    return float(lines[few:-few].mean()) if len(lines) >= FEW_RUNS else 0.0
