"""Makes a page fit for reading: flat, evenly lit, level, of one letter size, without fill.

Every step is a matrix, so a word found on the prepared page can be shown on the stored one.
Measured worth, largest first: flat and even light (photos), fill dashes blanked (scans).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.pages import Matrix, Raster
from documents.reading.sheet import Grey, find_sheet, flatten

LETTER_HEIGHT = 24.0  # pixels of a middling letter at which the engine reads best
MAX_PREPARED_PIXELS = 14_000_000
SKEW_LIMIT = 6.0  # degrees
FEW_LETTERS = 150  # below this only the shape of the sheet says how it lies
_CONTRAST = np.clip((np.arange(256) - 10) * (255 / 222), 0, 255).astype(np.uint8)
BLANK_LETTERS = 12  # below this a page is blank


@dataclass(frozen=True)
class Prepared:
    """A grey page ready for the engine; ``to_raster`` maps its pixels back to the raster."""

    image: Grey
    to_raster: Matrix
    has_ink: bool


def prepare(raster: Raster, *, seek_sheet: bool = True, other_quarter: bool = False) -> Prepared:
    """Prepare one RGB page; sideways text is turned a quarter, upside down is left as it is.

    A second attempt may leave the sheet's outline aside or doubt what is sideways.
    """
    quad = find_sheet(raster) if seek_sheet else None
    if quad is None:
        forward, size = np.eye(3), (raster.shape[1], raster.shape[0])
    else:
        forward, size = flatten(quad)
    grey = np.asarray(cv2.cvtColor(raster, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    draft = even_light(_warp(grey, forward, size))
    ink = _ink(draft)
    is_sideways = looks_sideways(ink) != other_quarter
    if is_sideways:
        turn = np.array([[0, -1, size[1]], [1, 0, 0], [0, 0, 1]], dtype=np.float64)
        forward, size, ink = turn @ forward, (size[1], size[0]), np.rot90(ink, -1)
    ink = np.ascontiguousarray(without_rules(ink))
    forward, size = _levelled(forward, size, skew(ink))
    forward, size = _scaled(forward, size, letter_height(ink))
    page = np.asarray(_CONTRAST[even_light(_warp(grey, forward, size))], dtype=np.uint8)
    to_raster = np.asarray(np.linalg.inv(forward), dtype=np.float64)
    return Prepared(blanked(page), to_raster, count_letters(ink) >= BLANK_LETTERS)


def turned_over(page: Prepared) -> Prepared:
    """Turn a prepared page by 180 degrees."""
    height, width = page.image.shape
    turn = np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], dtype=np.float64)
    image = np.ascontiguousarray(page.image[::-1, ::-1])
    return Prepared(image, page.to_raster @ turn, page.has_ink)


def _warp(grey: Grey, forward: Matrix, size: tuple[int, int]) -> Grey:
    if np.allclose(forward, np.eye(3)) and size == (grey.shape[1], grey.shape[0]):
        return grey
    shrinks = abs(np.linalg.det(forward[:2, :2])) < 0.5
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    paper = int(np.percentile(grey[::16, ::16], 75))
    return np.asarray(
        cv2.warpPerspective(
            grey, forward, size, flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
        ),
        dtype=np.uint8,
    )


def even_light(grey: Grey) -> Grey:
    """Divide by the brightness of the paper around each point, so that shadows vanish."""
    if float(np.percentile(grey[::8, ::8], 25)) >= 250:
        return grey
    height, width = grey.shape
    shrink = max(1.0, max(height, width) / 500)
    small = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 21), (0, 0), 5)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 1), scale=245), dtype=np.uint8)


def _ink(grey: Grey) -> Grey:
    """Mark ink as 255 on 0."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = min(max(level, 90), 205)
    return np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def count_letters(ink: Grey) -> int:
    """Count the marks that have the size of letters."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:count]
    letters = (sizes[:, 3] >= 8) & (sizes[:, 3] <= 150) & (sizes[:, 2] <= 200)
    return int(letters.sum())


def without_rules(ink: Grey) -> Grey:
    """Drop frames, margin lines and underlines: straight strokes far longer than a letter."""
    return np.asarray(cv2.subtract(ink, rules(ink)), dtype=np.uint8)


def rules(ink: Grey) -> Grey:
    """Mark straight strokes of at least an eighth of the shorter page side."""
    reach = max(60, min(ink.shape) // 8)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8))
    both = cv2.bitwise_or(across, down)
    return np.asarray(cv2.dilate(both, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def looks_sideways(ink: Grey) -> bool:
    """Text lines make bands: compare how banded the page is across and down.

    Nearly all papers stand upright, so a standing sheet needs much more proof than a lying one.
    """
    clean = without_rules(ink)
    height, width = clean.shape
    letters = count_letters(clean)
    if letters < FEW_LETTERS:
        return bool(width > height)
    scale = 1000 / max(clean.shape)
    small = cv2.resize(clean, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    across = _banded(np.asarray(small.mean(axis=1), dtype=np.float64))
    down = _banded(np.asarray(small.mean(axis=0), dtype=np.float64))
    if width > height:
        return down > 0.85 * across
    return bool(letters > 2 * FEW_LETTERS and down > 1.4 * across)


def _banded(profile: NDArray[np.float64]) -> float:
    return float(np.abs(np.diff(profile)).sum() / max(1e-6, profile.sum()))


def skew(ink: Grey) -> float:
    """Give the angle (degrees, clockwise positive) by which text lines lean."""
    scale = 1200 / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small > 60)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 40_000:
        keep = np.linspace(0, len(ys) - 1, 40_000).astype(int)
        ys, xs = ys[keep], xs[keep]
    best = _best_angle(xs, ys, np.arange(-SKEW_LIMIT, SKEW_LIMIT + 0.01, 0.5))
    best = _best_angle(xs, ys, np.arange(best - 0.4, best + 0.41, 0.1))
    return best if abs(best) >= 0.1 else 0.0


def _best_angle(xs: NDArray[np.intp], ys: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    def sharpness(angle: float) -> float:
        slope = np.tan(np.radians(angle))
        heights = np.round(ys - xs * slope).astype(int)
        counts = np.bincount(heights - heights.min()).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    return float(max(angles, key=sharpness))


def letter_height(ink: Grey) -> float:
    """Give the middling height of a letter in pixels; 0 when there are too few."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, tall, area = (stats[1:count, column] for column in (2, 3, 4))
    is_letter = (tall >= 5) & (tall <= 120) & (wide <= 2 * tall) & (tall <= 5 * wide) & (area >= 9)
    heights = tall[is_letter]
    if len(heights) < 30:
        return 0.0
    real = heights[heights >= 0.45 * np.percentile(heights, 80)]  # specks of dust are no letters
    return float(np.median(real))


def _levelled(
    forward: Matrix, size: tuple[int, int], angle: float
) -> tuple[Matrix, tuple[int, int]]:
    if not angle:
        return forward, size
    spin = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), angle, 1.0)
    return np.vstack([spin, [0, 0, 1]]) @ forward, size


def _scaled(
    forward: Matrix, size: tuple[int, int], height: float
) -> tuple[Matrix, tuple[int, int]]:
    scale = 1.0 if height == 0 else min(3.0, max(0.4, LETTER_HEIGHT / height))
    if 0.85 <= scale <= 1.2:
        scale = 1.0
    scale = min(scale, float(np.sqrt(MAX_PREPARED_PIXELS / (size[0] * size[1]))))
    sized = (round(size[0] * scale), round(size[1] * scale))
    return np.diag([scale, scale, 1.0]) @ forward, sized


def blanked(page: Grey) -> Grey:
    """Whiten fill dashes (five or more flat marks in a row) and long rules."""
    ink = _ink(page)
    lines = rules(ink)
    marks = _fill_marks(np.asarray(cv2.subtract(ink, lines), dtype=np.uint8))
    cover = cv2.bitwise_or(cv2.bitwise_or(lines, marks), _specks(ink))
    cover = cv2.dilate(cover, np.ones((5, 5), np.uint8))
    return np.where(cover > 0, np.uint8(255), page)


def _specks(ink: Grey) -> Grey:
    """Mark dust, but only on a dusty page: elsewhere such a mark is a full stop."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longest = np.maximum(stats[:count, 2], stats[:count, 3])
    is_speck = (longest <= 7) & (stats[:count, 4] <= 26)
    if is_speck.sum() < 0.5 * count_letters(ink) or is_speck.sum() < 200:
        return np.zeros_like(ink)
    return np.where(is_speck[labels], np.uint8(255), np.uint8(0))


def _fill_marks(ink: Grey) -> Grey:
    cover = np.zeros_like(ink)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, wide, tall = (stats[1:count, column] for column in range(4))
    flat = (tall <= LETTER_HEIGHT / 2) & (wide >= 1.15 * tall) & (wide >= 5)
    marks = np.stack([left[flat], top[flat], wide[flat], tall[flat]], axis=1).astype(np.int32)
    for run in _runs(marks):
        for x, y, w, h in run:
            cover[max(0, y - 1) : y + h + 1, max(0, x - 1) : x + w + 1] = 255
    return cover


def _runs(marks: NDArray[np.int32]) -> list[NDArray[np.int32]]:
    """Group flat marks that follow each other on one line; only five or more, or long ones."""
    if len(marks) == 0:
        return []
    middles = marks[:, 1] + marks[:, 3] / 2
    found: list[NDArray[np.int32]] = []
    for band in np.unique((middles // 6).astype(int)):
        near = marks[np.abs(middles - (band * 6 + 3)) <= 6]
        near = near[np.argsort(near[:, 0])]
        gaps = near[1:, 0] - (near[:-1, 0] + near[:-1, 2])
        breaks = np.nonzero(gaps > 40)[0] + 1
        found += [run for run in np.split(near, breaks) if len(run) >= 5 or run[:, 2].sum() >= 120]
    return found
