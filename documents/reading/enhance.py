"""Makes a page fit for reading: flat, evenly lit, level, of one letter size, without fill.

Every step is a matrix, so a word found on the prepared page can be shown on the stored one.
What a page needs is found on a reduced copy; the full picture is drawn anew only once.
Measured worth, largest first: flat and even light (photos), fill dashes blanked (scans).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.bend import Bend, bend_of
from documents.reading.fill import blanked
from documents.reading.inks import grey_of
from documents.reading.pages import Matrix, Raster
from documents.reading.sheet import Grey, find_sheet, flatten
from documents.reading.survey import FEW_LETTERS, ink_of, stance, survey

LETTER_HEIGHT = 24.0  # pixels of a middling letter on a prepared page, about
LARGE, SMALL = 20.0, 26.0  # what larger letters are shrunk to, and smaller ones grown to
MAX_PREPARED_PIXELS = 14_000_000
TELLING = 0.08  # stance from which lines say by themselves which way is up
ENOUGH = 80  # letters for that
STAIRS = 0.7  # pixels: how far the edges of a black and white page are softened
LONELY = 3  # dots in a square of five by five that are no part of a stroke
THIN = 0.4  # of the ink: when less is left without its rim, strokes are a single dot wide
SURVEY_SIDE = 1800  # pixels of the longer side of the copy on which a page is surveyed
BLANK_LETTERS = 12  # below this a page is blank
FAINT = 0.7  # of the level of most ink: what is as dark as this becomes black
MOST_INK = 4  # a fourth of the picture
GRAIN = 7  # pixels
WHITE = 232  # level from which paper is white

Size = tuple[int, int]


@dataclass(frozen=True)
class Prepared:
    """A grey page ready for the engine; ``places`` maps its pixels back to the raster, through
    ``to_raster`` once the bend of the sheet is put back.
    """

    image: Grey
    to_raster: Matrix
    letters: int
    bend: Bend | None = None
    stands: float = 0.0  # how surely its lines stand upright, 1 to -1, upside down
    is_cut_out: bool = False  # along the outline of a sheet

    def places(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bring points (n x 2) of the prepared page to the raster."""
        bent = points if self.bend is None else self.bend.undone(points)
        there = cv2.perspectiveTransform(bent[None], self.to_raster)
        return np.asarray(there[0], dtype=np.float64)

    @property
    def has_ink(self) -> bool:
        """Whether anything stands on the page."""
        return self.letters >= BLANK_LETTERS

    @property
    def tells_its_way(self) -> bool:
        """Whether the lines themselves say which way is up."""
        return abs(self.stands) >= TELLING

    @property
    def is_sparse(self) -> bool:
        """Whether a part of the page says too little about the whole."""
        return self.letters < FEW_LETTERS


def prepare(raster: Raster, *, seek_sheet: bool = True, other_quarter: bool = False) -> Prepared:
    """Prepare one page; sideways text is turned a quarter, upside down is left as it is.

    A second attempt may leave the sheet's outline aside or doubt what is sideways.
    """
    grey = softened(grey_of(raster))
    quad = find_sheet(raster) if seek_sheet else None
    forward, size = (np.eye(3), _size(grey)) if quad is None else flatten(quad)
    draft, shrunk = _draft(grey, forward, size)
    found = survey(draft, other_quarter=other_quarter)
    if found.is_sideways:
        turn = np.array([[0, -1, size[1]], [1, 0, 0], [0, 0, 1]], dtype=np.float64)
        forward, size = turn @ forward, (size[1], size[0])
    forward, size = _levelled(forward, size, found.lean)
    forward, size = _scaled(forward, size, found.letter_height / shrunk)
    bend = bend_of(found.ink, found.lean, found.letter_height)
    bend = bend.scaled(size) if bend else None
    page = even_light(_warp(grey, forward, size, bend))
    to_raster = np.asarray(np.linalg.inv(forward), dtype=np.float64)
    page = blanked(_blackened(page))
    stands = stance(ink_of(page)) if found.letters >= ENOUGH else 0.0
    return Prepared(page, to_raster, found.letters, bend, stands, quad is not None)


def softened(grey: Grey) -> Grey:
    """Round the stairs of a page in black and white only, which the engine takes for serifs."""
    if not np.isin(grey[::7, ::7], (0, 255)).all():
        return grey
    grey = _thickened(grey)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), STAIRS), dtype=np.uint8)


def _thickened(grey: Grey) -> Grey:
    """Close the gaps in strokes of a single dot, once the specks between them are gone."""
    ink = np.asarray(cv2.bitwise_not(grey), dtype=np.uint8)
    around = cv2.boxFilter(ink, cv2.CV_32F, (5, 5), normalize=False)
    ink[around < LONELY * 255] = 0
    core = cv2.erode(ink, np.ones((2, 2), np.uint8))
    if cv2.countNonZero(core) > THIN * cv2.countNonZero(ink):
        return grey
    return np.asarray(cv2.bitwise_not(cv2.dilate(ink, np.ones((2, 2), np.uint8))), dtype=np.uint8)


def turned_over(page: Prepared) -> Prepared:
    """Turn a prepared page by 180 degrees."""
    width, height = _size(page.image)
    turn = np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], dtype=np.float64)
    image = np.ascontiguousarray(page.image[::-1, ::-1])
    bend = page.bend and page.bend.turned_over()
    there = page.to_raster @ turn
    return Prepared(image, there, page.letters, bend, -page.stands, page.is_cut_out)


def _size(grey: Grey) -> Size:
    return grey.shape[1], grey.shape[0]


def _draft(grey: Grey, forward: Matrix, size: Size) -> tuple[Grey, float]:
    """Give a flat, evenly lit, reduced copy of the page and by how much it is reduced."""
    shrunk = min(1.0, SURVEY_SIDE / max(size))
    if shrunk < 1:
        grey = np.asarray(
            cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA), np.uint8
        )
    small = (round(size[0] * shrunk), round(size[1] * shrunk))
    scale = np.diag([shrunk, shrunk, 1.0])
    return even_light(_warp(grey, scale @ forward @ np.linalg.inv(scale), small)), shrunk


def _warp(grey: Grey, forward: Matrix, size: Size, bend: Bend | None = None) -> Grey:
    """Draw the picture through a matrix, in the cheapest way that the matrix allows."""
    if not bend and np.allclose(forward, np.diag([forward[0, 0], forward[0, 0], 1.0])):
        if size == _size(grey):
            return grey
        how = cv2.INTER_AREA if forward[0, 0] < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)
    growth = abs(np.linalg.det(forward[:2, :2])) ** 0.5
    if growth < 0.7:
        grey, forward = _halved(grey, forward)
    how = cv2.INTER_LINEAR if growth < 1 else cv2.INTER_CUBIC
    paper = int(np.percentile(grey[::16, ::16], 75))
    if bend:
        return bend.draw(grey, np.asarray(np.linalg.inv(forward), dtype=np.float64), how, paper)
    if np.allclose(forward[2], (0, 0, 1)):
        drawn = cv2.warpAffine(grey, forward[:2], size, flags=how, borderValue=paper)
    else:
        drawn = cv2.warpPerspective(grey, forward, size, flags=how, borderValue=paper)
    return np.asarray(drawn, dtype=np.uint8)


def _halved(grey: Grey, forward: Matrix) -> tuple[Grey, Matrix]:
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), forward @ np.diag([2.0, 2.0, 1.0])


def even_light(grey: Grey) -> Grey:
    """Divide by the brightness of the paper around each point, so that shadows vanish."""
    if float(np.percentile(grey[::8, ::8], 25)) >= 250:
        return grey
    height, width = grey.shape
    shrink = max(1.0, max(height, width) / 500)
    small = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 5), (0, 0), 2.5)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 1), scale=245), dtype=np.uint8)


def _blackened(page: Grey) -> Grey:
    """Make faint ink as dark as print, else the engine passes over whole lines of it.

    Where a quarter of the picture is dark there is no print but grain, which is smoothed instead:
    the engine would spell it out for half a minute.
    """
    some = page[::4, ::4]
    level, _ = cv2.threshold(some, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = some[some <= level]
    if not ink.size:
        return page
    if ink.size > some.size / MOST_INK:
        return np.asarray(cv2.medianBlur(page, GRAIN), dtype=np.uint8)
    black = max(10.0, FAINT * float(np.percentile(ink, 20)))
    darker = (np.arange(256) - black) * (255 / (WHITE - black))
    return np.asarray(cv2.LUT(page, np.clip(darker, 0, 255).astype(np.uint8)), dtype=np.uint8)


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
    scale = 1.0
    if height > LETTER_HEIGHT:
        scale = max(0.4, LARGE / height)
    elif 0 < height < LARGE:
        scale = min(3.0, SMALL / height)
    scale = min(scale, float(np.sqrt(MAX_PREPARED_PIXELS / (size[0] * size[1]))))
    sized = (round(size[0] * scale), round(size[1] * scale))
    return np.diag([scale, scale, 1.0]) @ forward, sized
