"""Surveys a page on a reduced copy: how it lies, how it leans, how tall its letters are.

A twelfth of a letter's height is enough to know all three, so the full picture is touched once.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.sheet import Grey

SKEW_LIMIT = 9.0  # degrees
SKEW_SEEN = 0.15  # degrees: less does not disturb the engine
FEWEST_FOLLOWED = 8  # letters: below this only the shape of the sheet says how it lies
SAMPLE = 400  # letters of which it is asked whether another follows
FEW_LETTERS = 150  # below this a part of a page says too little about the whole
LONGEST_REACH = 400  # pixels: beyond it a running mean of bytes sees no single point
LETTER = (5, 100)  # pixels: the least and the greatest height of a letter in the reduced copy

COLUMNS_SEEN = 4  # in which lines are seen apart, since no page is quite level

Marks = NDArray[np.int32]


@dataclass(frozen=True)
class Survey:
    """What was found: ``lean`` in degrees clockwise, ``letter_height`` in surveyed pixels."""

    is_sideways: bool
    lean: float
    letter_height: float
    letters: int
    ink: Grey  # 255 on 0, turned so that lines run across


def survey(grey: Grey, *, other_quarter: bool = False) -> Survey:
    """Survey an evenly lit grey page; ``other_quarter`` doubts what seems sideways."""
    ink = without_rules(ink_of(grey))
    marks = labelled(ink)[1][1:]
    letters = count_letters(marks)
    is_sideways = looks_sideways(marks, (ink.shape[1], ink.shape[0])) != other_quarter
    if is_sideways:
        ink = np.ascontiguousarray(np.rot90(ink, -1))
        marks = marks[:, [1, 0, 3, 2, 4]]
    return Survey(is_sideways, skew(ink), letter_height(marks), letters, ink)


def ink_of(grey: Grey) -> Grey:
    """Mark ink as 255 on 0."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = min(max(level, 90), 205)
    return np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def labelled(ink: Grey) -> tuple[NDArray[np.int32], Marks]:
    """Number the connected marks: the picture of numbers, and left, top, width, height, area of
    each, the first row being the paper.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        ink, 8, cv2.CV_32S, cv2.CCL_SPAGHETTI
    )
    return np.asarray(labels), np.asarray(stats, dtype=np.int32)


def count_letters(marks: Marks) -> int:
    """Count the marks that have the size of letters."""
    tall = (marks[:, 3] >= LETTER[0]) & (marks[:, 3] <= LETTER[1])
    return int((tall & (marks[:, 2] <= 1.3 * LETTER[1])).sum())


def without_rules(ink: Grey) -> Grey:
    """Drop frames, margin lines and underlines: straight strokes far longer than a letter."""
    return np.asarray(cv2.subtract(ink, rules(ink)), dtype=np.uint8)


def rules(ink: Grey) -> Grey:
    """Mark straight strokes of at least an eighth of the shorter page side."""
    reach = min(LONGEST_REACH, max(30, min(ink.shape) // 8))
    both = cv2.bitwise_or(_opened(ink, (reach, 1)), _opened(ink, (1, reach)))
    return np.asarray(cv2.dilate(both, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _opened(ink: Grey, window: tuple[int, int]) -> Grey:
    """Keep what fills a long thin window; a running mean costs the same for any length."""
    full = cv2.threshold(cv2.blur(ink, window), 254, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.threshold(cv2.blur(full, window), 0, 255, cv2.THRESH_BINARY)[1], np.uint8)


def looks_sideways(marks: Marks, size: tuple[int, int]) -> bool:
    """Letters follow each other closely along a line: count whether more do so across or down.

    ``size`` is the width and height of the page. Nearly all papers stand upright, so a standing
    sheet needs more proof than a lying one.
    """
    across, down = _followed(marks, 0), _followed(marks, 1)
    is_lying = size[0] > size[1]
    if across + down < FEWEST_FOLLOWED:
        return is_lying
    return down > (0.85 if is_lying else 1.5) * across


def _followed(marks: Marks, way: int) -> int:
    """Count the letters that another one follows across (0) or down (1), in a sample of them."""
    wide, tall = marks[:, 2], marks[:, 3]
    is_letter = (np.minimum(wide, tall) >= 4) & (np.maximum(wide, tall) <= LETTER[1])
    letters = marks[is_letter & (marks[:, 4] >= 6), :4]
    some = letters[:: max(1, len(letters) // SAMPLE), None]
    near = 0.5 * float(np.median(np.sqrt(letters[:, 2] * letters[:, 3]))) if len(letters) else 0.0
    start, end = letters[:, way], some[..., way] + some[..., way + 2]
    low, high = letters[:, 1 - way], letters[:, 1 - way] + letters[:, 3 - way]
    low_here, size_here = some[..., 1 - way], some[..., 3 - way]
    beside = np.minimum(high, low_here + size_here) - np.maximum(low, low_here)
    follows = (start - end >= -near / 2) & (start - end <= near)
    follows &= 2 * beside >= np.minimum(letters[:, 3 - way], size_here)
    return int(follows.any(axis=1).sum())


def stance(ink: Grey) -> float:
    """Say how surely lines stand upright, 1 to -1, upside down: most letters stand on the line,
    and fewer hang from it than rise above, so the step at their feet is the sharpest.
    """
    columns = np.array_split(ink, COLUMNS_SEEN, axis=1)
    steps = np.concatenate([np.diff(cv2.blur(one, (1, 3)).mean(axis=1)) for one in columns])
    return float(-(steps**3).sum() / max(1e-9, float((np.abs(steps) ** 3).sum())))


def skew(ink: Grey) -> float:
    """Give the angle (degrees, clockwise positive) by which text lines lean."""
    scale = 1000 / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small > 60)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 20_000:
        keep = np.linspace(0, len(ys) - 1, 20_000).astype(int)
        ys, xs = ys[keep], xs[keep]
    best = _best_angle(xs, ys, np.arange(-SKEW_LIMIT, SKEW_LIMIT + 0.01, 0.5))
    best = _best_angle(xs, ys, np.arange(best - 0.4, best + 0.41, 0.1))
    return best if abs(best) >= SKEW_SEEN else 0.0


def _best_angle(xs: NDArray[np.intp], ys: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    def sharpness(angle: float) -> float:
        slope = np.tan(np.radians(angle))
        heights = np.round(ys - xs * slope).astype(int)
        counts = np.bincount(heights - heights.min()).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    return float(max(angles, key=sharpness))


def letter_height(marks: Marks) -> float:
    """Give the middling height of a letter in pixels; 0 when there are too few."""
    wide, tall, area = (marks[:, column] for column in (2, 3, 4))
    is_letter = (tall >= 4) & (tall <= LETTER[1]) & (wide <= 2 * tall) & (tall <= 5 * wide)
    heights = tall[is_letter & (area >= 6)]
    if len(heights) < 30:
        return 0.0
    real = heights[heights >= 0.45 * np.percentile(heights, 80)]  # specks of dust are no letters
    return float(np.mean(np.sort(real)[len(real) // 3 : len(real) - len(real) // 3]))
