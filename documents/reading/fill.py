"""Blanks what no word is made of: fill dashes, long rules, dust.

Deeds are filled with dashes so that nothing can be added later. They cost half the engine's time
and most of its errors on scans.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.sheet import Grey
from documents.reading.survey import Marks, count_letters, ink_of, labelled, rules

FLAT = 12  # pixels: the greatest height of a dash on a prepared page
SPECK = 7  # dots: less ink is dust even beside a letter
NEAR = 10  # pixels from a letter to its full stop
COLON = (7, 15)  # pixels between the dots of a colon
STEM = 9  # pixels: the width of an i
MOST_DOTS = 3000
STEP = 3  # pixels by which neighbouring dashes differ in height at the most
AROUND = 18  # pixels over and under dashes where nothing else stands but other dashes
MOST_AROUND = 2.5  # ink there, as a multiple of the dashes themselves
TALLER = 1.2  # than nine of ten letters: no stem of a letter
TALLEST = 28.0  # pixels, where there are no letters
ALONE = 5  # flat marks in a row that are no hyphens
LONG = 50  # pixels: together so long, fewer are enough


def blanked(page: Grey) -> Grey:
    """Whiten fill dashes (five or more flat marks in a row), dust and long rules."""
    ink = ink_of(page)
    lines = rules(ink)
    letters = np.asarray(cv2.subtract(ink, lines), dtype=np.uint8)
    labels, marks = labelled(letters)
    cover = lines
    for x, y, w, h in (*_fill_marks(marks[1:], letters), *_table_lines(marks[1:])):
        cover[max(0, y - 1) : y + h + 1, max(0, x - 1) : x + w + 1] = 255
    if (dust := _dust(marks)) is not None:
        cover[_without_stops(dust, marks, _near_letters(labels, marks))[labels]] = 255
    wider = cv2.dilate(cover, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.bitwise_or(page, wider), dtype=np.uint8)


def _dust(marks: Marks) -> NDArray[np.bool_] | None:
    """Say which marks are dust, but only on a dusty page: elsewhere such a mark is a full stop."""
    longest = np.maximum(marks[:, 2], marks[:, 3])
    is_speck = (longest <= 7) & (marks[:, 4] <= 26)
    count = int(is_speck.sum())
    return is_speck if count >= 200 and count >= 0.5 * count_letters(marks) else None


def _without_stops(dust: NDArray[np.bool_], marks: Marks, near: Grey) -> NDArray[np.bool_]:
    """Spare what may be a full stop, a hyphen or a dot; where most dust lies far from letters,
    the least of it lies between them too.
    """
    across, down = marks[:, 0] + marks[:, 2] // 2, marks[:, 1] + marks[:, 3] // 2
    beside = near[np.minimum(down, near.shape[0] - 1), np.minimum(across, near.shape[1] - 1)] > 0
    is_everywhere = (dust & ~beside).sum() > (dust & beside).sum()
    return (
        dust
        & (~beside | (is_everywhere & (marks[:, 4] <= SPECK)))
        & ~(_colons(marks, dust) | _dots(marks, dust))
    )


def _colons(marks: Marks, dust: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find two like dots that stand one above the other, which dust hardly ever does."""
    found = np.zeros(len(marks), dtype=np.bool_)
    at = np.nonzero(dust & (marks[:, 4] > SPECK))[0][:MOST_DOTS]
    x, y, area = (marks[at, column].astype(np.int32) for column in (0, 1, 4))
    rise = np.abs(y[:, None] - y[None, :])
    alike = 2 * np.minimum(area[:, None], area[None, :]) > np.maximum(area[:, None], area[None, :])
    stands = (np.abs(x[:, None] - x[None, :]) <= 2) & (rise >= COLON[0]) & (rise <= COLON[1])
    found[at] = (alike & stands).any(axis=1)
    return found


def _dots(marks: Marks, dust: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find what stands just over a narrow stem: the dot of an i or a j."""
    found = np.zeros(len(marks), dtype=np.bool_)
    at = np.nonzero(dust)[0][:MOST_DOTS]
    stems = marks[(marks[:, 3] >= FLAT) & (marks[:, 3] <= 2 * FLAT) & (marks[:, 2] <= STEM)]
    middle = marks[at, 0] + marks[at, 2] / 2
    foot = marks[at, 1] + marks[at, 3]
    aside = np.abs(middle[:, None] - (stems[:, 0] + stems[:, 2] / 2)[None, :])
    gap = stems[None, :, 1] - foot[:, None]
    found[at] = ((aside <= 3) & (gap >= 1) & (gap <= FLAT - 3)).any(axis=1)
    return found


def _near_letters(labels: NDArray[np.int32], marks: Marks) -> Grey:
    """Mark letters and what lies close by."""
    tall, wide = marks[:, 3], marks[:, 2]
    is_letter = (tall >= FLAT) & (tall <= 4 * FLAT) & (wide <= 5 * FLAT)
    is_letter[0] = False
    letters = np.where(is_letter[labels], np.uint8(255), np.uint8(0))
    return np.asarray(cv2.dilate(letters, np.ones((9, 2 * NEAR + 1), np.uint8)), dtype=np.uint8)


def _fill_marks(marks: Marks, ink: Grey) -> Marks:
    wide, tall = marks[:, 2], marks[:, 3]
    flat = marks[(tall <= FLAT) & (wide >= 1.15 * tall) & (wide >= 5)][:, :4]
    runs = [run for run in _runs(flat) if _stands_alone(run, ink)]
    return np.concatenate(runs) if runs else flat[:0]


def _stands_alone(run: Marks, ink: Grey) -> bool:
    """Tell dashes from the flat parts of broken letters, which have their letters around them."""
    left, top = run[:, :2].min(axis=0)
    right, bottom = (run[:, :2] + run[:, 2:]).max(axis=0)
    own = np.count_nonzero(ink[top:bottom, left:right])
    around = np.count_nonzero(ink[max(0, top - AROUND) : bottom + AROUND, left:right])
    return bool(around <= MOST_AROUND * own)


def _table_lines(marks: Marks) -> Marks:
    """Find thin strokes, taller than letters, three or more of which stand close over one another:
    what is left of the upright lines of a table without those that cross them.
    """
    wide, tall = marks[:, 2], marks[:, 3]
    letters = tall[(tall >= FLAT) & (tall <= 4 * FLAT) & (wide <= 5 * FLAT) & (tall < 5 * wide)]
    least = TALLER * float(np.percentile(letters, 90)) if len(letters) else TALLEST
    thin = marks[(tall >= least) & (tall >= 5 * wide)][:MOST_DOTS, :4]
    middles, tops, ends = thin[:, 0] + thin[:, 2] / 2, thin[:, 1], thin[:, 1] + thin[:, 3]
    gaps = tops[None, :] - ends[:, None]
    follows = (np.abs(middles[:, None] - middles[None, :]) <= 4) & (gaps >= 0) & (gaps <= FLAT + 4)
    between = np.asarray(follows.any(axis=0) & follows.any(axis=1))
    ends_of = (follows & between[None, :]).any(axis=1) | (follows & between[:, None]).any(axis=0)
    return np.asarray(thin[between | ends_of], dtype=np.int32)


def _runs(marks: Marks) -> list[Marks]:
    """Group flat marks that follow each other on one line; only five or more, or long ones."""
    if len(marks) == 0:
        return []
    middles = marks[:, 1] + marks[:, 3] / 2
    found: list[Marks] = []
    for band in np.unique((middles // 6).astype(int)):
        near = marks[np.abs(middles - (band * 6 + 3)) <= 6]
        near = near[np.argsort(near[:, 0])]
        gaps = near[1:, 0] - (near[:-1, 0] + near[:-1, 2])
        steps = np.abs(np.diff(near[:, 1] + near[:, 3] / 2))
        breaks = np.nonzero((gaps > 40) | (steps > STEP))[0] + 1
        runs = np.split(near, breaks)
        found += [run for run in runs if len(run) >= ALONE or run[:, 2].sum() >= LONG]
    return found
