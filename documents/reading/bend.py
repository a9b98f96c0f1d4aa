"""Straightens lines of print that bow, as on a curled sheet, so that rows do not run together.

How far lines rise and fall is measured on a reduced, levelled copy: the page is cut into strips,
and each strip's rows are laid over its neighbour's, separately for several heights on the page.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.pages import Matrix
from documents.reading.sheet import Grey

STRIPS, BANDS = 20, 5
LEAST_BOW = 1 / 6  # of a letter's height: less does not disturb the engine
REACH = 0.9  # of a letter's height: the most by which neighbouring strips may differ
LEAST_LIKENESS = 0.5  # correlation from which two strips show the same lines
FEWEST_PAIRS = 12  # pairs of strips from which a bow can be told
ROUNDS = 3
DOUBT = 0.1  # how much it is held that lines are straight where none are seen
GRID = 9  # points each way at which the depth of a bow is sought
COLUMNS = 128  # to which the page is squeezed to measure it
GRAIN = 16  # pixels between the points of a drawn map

_POWERS = [(i, j) for i in range(1, 5) for j in range(3)]  # across, down
_TURNED = np.array([-((-1.0) ** (i + j)) for i, j in _POWERS])

Floats = NDArray[np.float64]
Field = NDArray[np.float32]


@dataclass(frozen=True)
class Bend:
    """By how many pixels lines lie too low on a page of ``size``: weights of a smooth surface."""

    weights: Floats
    size: tuple[int, int]  # width, height

    def turned_over(self) -> "Bend":
        """Give the bend of the page turned by 180 degrees."""
        return Bend(self.weights * _TURNED, self.size)

    def scaled(self, size: tuple[int, int]) -> "Bend":
        """Give the bend of the page drawn at another size."""
        return Bend(self.weights * (size[1] / self.size[1]), size)

    def undone(self, points: Floats) -> Floats:
        """Bring points (n x 2) of the straightened page to where they lie on the bent one."""
        drop = _heights(*(points / self.size).T) @ self.weights
        return np.column_stack([points[:, 0], points[:, 1] + drop])

    @property
    def depth(self) -> float:
        """Give by how many pixels the most bent line rises and falls."""
        us, vs = np.meshgrid(np.linspace(0, 1, GRID), np.linspace(0, 1, GRID))
        drop = _heights(us.ravel(), vs.ravel()) @ self.weights
        return float(np.ptp(drop.reshape(GRID, GRID), axis=1).max())

    def draw(self, picture: Grey, to_picture: Matrix, how: int, paper: int) -> Grey:
        """Draw the straightened page from a picture to which ``to_picture`` maps the bent one."""
        across, down = cv2.split(self._sources(to_picture))
        drawn = cv2.remap(picture, across, down, how, borderValue=paper)
        return np.asarray(drawn, dtype=np.uint8)

    def _sources(self, to_picture: Matrix) -> Field:
        """Say for each pixel of the straightened page where (x, y) in the picture it is found."""
        width, height = self.size
        xs, ys = (np.arange(-0.5, side / GRAIN + 1) * GRAIN - 0.5 for side in self.size)
        points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        there = cv2.perspectiveTransform(self.undone(points)[None], to_picture)
        coarse = there.reshape(len(ys), len(xs), 2).astype(np.float32)
        fine = cv2.resize(coarse, None, fx=GRAIN, fy=GRAIN, interpolation=cv2.INTER_LINEAR)
        return np.asarray(fine[GRAIN : GRAIN + height, GRAIN : GRAIN + width], dtype=np.float32)


def bend_of(ink: Grey, lean: float, letter: float) -> Bend | None:
    """Measure the bend of a page from its ink (255 on 0), which leans by so many degrees and has
    letters so tall; None when its lines are straight or there are too few to tell.
    """
    if letter < 4:
        return None
    height, width = ink.shape
    narrow = np.asarray(cv2.resize(ink, (COLUMNS, height), interpolation=cv2.INTER_AREA), np.uint8)
    level = np.zeros(len(_POWERS))
    level[_POWERS.index((1, 0))] = np.tan(np.radians(lean)) * width / 2
    bend = Bend(np.zeros(len(_POWERS)), (width, height))
    for _ in range(ROUNDS):
        more = _bow(_straightened(narrow, level + bend.weights), letter)
        if more is None:
            break
        bend = Bend(bend.weights + more, bend.size)
        if Bend(more, bend.size).depth < LEAST_BOW * letter:
            break
    if bend.depth < LEAST_BOW * letter:
        return None
    before, after = (_sharpness(_straightened(narrow, level + w)) for w in (0.0, bend.weights))
    return bend if after > before else None


def _straightened(narrow: Grey, weights: Floats) -> Grey:
    if not weights.any():
        return narrow
    bend = Bend(weights, (narrow.shape[1], narrow.shape[0]))
    return bend.draw(narrow, np.eye(3), cv2.INTER_LINEAR, 0)


def _sharpness(ink: Grey) -> float:
    """Give how clearly lines and the white between them are told apart."""
    return float((np.diff(ink.mean(axis=1)) ** 2).sum())


def _bow(ink: Grey, letter: float) -> Floats | None:
    """Fit a smooth surface to the steps between neighbouring strips."""
    height = ink.shape[0]
    rows = cv2.resize(ink, (STRIPS, height), interpolation=cv2.INTER_AREA).astype(np.float64)
    steps = [
        (at, band, *found)
        for band in range(BANDS)
        for at in range(STRIPS - 1)
        if (found := _step(rows, at, band, letter))
    ]
    if len(steps) < FEWEST_PAIRS:
        return None
    table = np.array(steps)
    where = (table[:, 0] + 1) / STRIPS, (table[:, 1] + 0.5) / BANDS
    equations, steps_seen, trust = _slopes(*where) / STRIPS, table[:, 2], table[:, 3]
    everywhere = _slopes(*np.mgrid[0:1:12j, 0:1:6j].reshape(2, -1)) / STRIPS
    for _ in range(2):
        known = np.vstack([equations * trust[:, None], DOUBT * everywhere])
        wanted = np.concatenate([steps_seen * trust, np.zeros(len(everywhere))])
        weights = np.linalg.lstsq(known, wanted, rcond=None)[0]
        off = np.abs(equations @ weights - steps_seen)
        trust = table[:, 3] * (off <= max(0.5, 2.5 * float(np.median(off))))
    return np.asarray(weights)


def _step(rows: Floats, at: int, band: int, letter: float) -> tuple[float, float] | None:
    """Give by how many pixels the next strip's lines lie lower, and how alike both strips are."""
    height = rows.shape[0]
    reach = max(3, round(REACH * letter))
    start, end = int(height * band / BANDS), int(height * (band + 1) / BANDS)
    start, end = max(reach, start), min(height - reach, end)
    one = rows[start:end, at]
    if end - start < 4 * reach or one.mean() < 1 or rows[start:end, at + 1].mean() < 1:
        return None
    one = one - one.mean()
    around = np.lib.stride_tricks.sliding_window_view(
        rows[start - reach : end + reach, at + 1], end - start
    )
    around = around - around.mean(axis=1, keepdims=True)
    norms = np.sqrt((around**2).sum(axis=1) * (one**2).sum())
    likeness = around @ one / np.maximum(norms, 1e-6)
    best = int(np.argmax(likeness))
    if likeness[best] < LEAST_LIKENESS or not 0 < best < 2 * reach:
        return None
    before, peak, after = likeness[best - 1 : best + 2]
    finer = 0.5 * (before - after) / min(-1e-6, before - 2 * peak + after)
    return best - reach + float(finer), float(peak)


def _heights(us: Floats, vs: Floats) -> Floats:
    """Give the basis of the surface, zero in the middle of each row; u and v run from 0 to 1."""
    u, v = 2 * np.clip(us, 0, 1) - 1, 2 * np.clip(vs, 0, 1) - 1
    return np.column_stack([u**i * v**j for i, j in _POWERS])


def _slopes(us: Floats, vs: Floats) -> Floats:
    """Give how that basis changes with u."""
    u, v = 2 * us - 1, 2 * vs - 1
    return np.column_stack([2 * i * u ** (i - 1) * v**j for i, j in _POWERS])
