"""Reads one page: by its text layer when believed, else by eye, the right way up.

Which way is up is decided once a document and checked by what was read on every page.
"""

import math
import time
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from documents.reading import engine, gaps
from documents.reading.again import Sight, View
from documents.reading.doubt import is_borne_out, lies
from documents.reading.engine import Seen
from documents.reading.enhance import Prepared, prepare, turned_over
from documents.reading.errors import EngineSlow
from documents.reading.pages import Matrix, Page
from documents.reading.text import Word

WEAK = 0.70  # mean sureness under which a page may be upside down or badly cut
CLEAR = 0.85  # mean sureness over which a strip lies the right way up
HOPELESS = 0.5  # mean sureness under which no language helps: it is no print
FAIR = 0.78  # under which the second language is worth its cost
PATIENCE = 15.0  # seconds for one page after which nothing is tried a second time
SMALLEST_SIDE = 100  # pixels: no letters fit on less
PLENTY = 30.0  # substance over which a clear strip needs no comparison
LITTLE = 15.0  # substance under which a reading says nothing about the page


@dataclass
class Habit:
    """How the pages of one document lie, learnt from those already read."""

    is_over: bool | None = None
    patient_until: float = math.inf

    @property
    def is_patient(self) -> bool:
        """Whether there is time left to try this page in another way."""
        return time.monotonic() < self.patient_until


@dataclass(frozen=True)
class PageRead:
    """What one page says: words in the stored frame, quarter turns, and what went wrong."""

    words: list[Word] = field(default_factory=list)
    quarters: int = 0  # clockwise, from the raster to the upright page
    warning: str = ""  # blank_page, unread_page or layer_lies
    view: View | None = None  # what a second look at the page needs


def read_page(page: Page, number: int, habit: Habit) -> PageRead:
    """Read page ``number`` (from 0)."""
    layer = page.layer
    if layer and (not layer.is_odd or is_borne_out(page)):
        return PageRead([replace(word, page=number) for word in layer.words])
    seen = _read_by_eye(page, number, habit)
    if seen.warning or not layer.words:
        return seen
    sight = Sight()
    sight.keep(number, seen.view)
    if lies(layer.words, seen.words, sight.look_again):
        return replace(seen, warning="layer_lies")
    return seen


def _read_by_eye(page: Page, number: int, habit: Habit) -> PageRead:
    if min(page.raster.shape[:2]) < SMALLEST_SIDE:
        return PageRead(warning="blank_page")
    prepared = prepare(page.raster)
    if not prepared.has_ink:
        return PageRead(warning="blank_page")
    habit.patient_until = time.monotonic() + PATIENCE
    try:
        prepared, seen = _upright(prepared, habit)
        if engine.confidence(seen) < WEAK and habit.is_patient:
            prepared, seen = _otherwise(page, prepared, seen, habit)
        if HOPELESS < engine.confidence(seen) < FAIR and habit.is_patient:
            again = engine.see(prepared.image, language=engine.BOTH, mode=engine.COLUMN)
            seen = _better(seen, again)
        if engine.confidence(seen) < WEAK:
            seen = [word for word in seen if word.sureness >= WEAK]
            seen = seen if engine.confidence(seen) else []  # a few marks make no print
        if habit.is_patient:
            seen = gaps.fill_gaps(prepared.image, seen)
    except EngineSlow:
        return PageRead(quarters=_quarters(prepared.to_raster), warning="unread_page")
    words = _placed(seen, number, prepared, page.to_stored)
    places = [(word.box, one.box) for word, one in zip(words, seen, strict=True)]
    view = View(prepared.image, places)
    return PageRead(words, _quarters(prepared.to_raster), view=view)


def _upright(prepared: Prepared, habit: Habit) -> tuple[Prepared, list[Seen]]:
    """Read the page as it seems to lie; when that reads badly, look at both ways."""
    over = _seems_over(prepared, habit)
    page = turned_over(prepared) if over else prepared
    seen = engine.see(page.image)
    doubtful = HOPELESS if prepared.tells_its_way else WEAK
    if engine.confidence(seen) < doubtful and habit.is_patient:
        other = _is_over(prepared)
        if other is not None and other != over:
            page = turned_over(prepared) if other else prepared
            seen = engine.see(page.image)
    return page, seen


def _seems_over(prepared: Prepared, habit: Habit) -> bool:
    """Tell by the shape of the lines, which costs nothing, else by how the other pages lay."""
    if prepared.tells_its_way:
        habit.is_over = prepared.stands < 0
    elif habit.is_over is None:
        habit.is_over = _is_over(prepared)
    return bool(habit.is_over)


def _is_over(prepared: Prepared) -> bool | None:
    """Compare the busiest strip both ways; None when neither says anything."""
    strip = prepared.image if prepared.is_sparse else engine.busiest_strip(prepared.image)
    seen = engine.see(strip)
    upright = engine.substance(seen)
    if engine.confidence(seen) > CLEAR and upright >= PLENTY:
        return False
    over = engine.substance(engine.see(np.ascontiguousarray(strip[::-1, ::-1])))
    if max(upright, over) < LITTLE:
        return None
    return over > upright


def _better(one: list[Seen], two: list[Seen]) -> list[Seen]:
    return two if engine.substance(two) > engine.substance(one) else one


def _otherwise(
    page: Page, first: Prepared, seen: list[Seen], habit: Habit
) -> tuple[Prepared, list[Seen]]:
    """A weak page may lie the other way or be cut along the wrong outline: try what may be."""
    tries = [] if first.tells_its_way else [(True, True)]
    tries += [(False, False)] if first.is_cut_out else []
    best, best_strip = None, _strip_substance(first) if tries else 0.0
    for seek_sheet, other_quarter in tries:
        other = prepare(page.raster, seek_sheet=seek_sheet, other_quarter=other_quarter)
        strip = max(_strip_substance(other), _strip_substance(turned_over(other)))
        if strip > max(LITTLE, 1.3 * best_strip):
            best, best_strip = other, strip
    if best is None:
        return first, seen
    best, again = _upright(best, Habit(patient_until=habit.patient_until))
    return (best, again) if engine.substance(again) > engine.substance(seen) else (first, seen)


def _strip_substance(page: Prepared) -> float:
    return engine.substance(engine.see(engine.busiest_strip(page.image)))


def _quarters(to_raster: Matrix) -> int:
    """Give how many quarter turns clockwise make the raster upright."""
    direction = cv2.perspectiveTransform(
        np.array([[[0.0, 0.0], [100.0, 0.0]]]), np.asarray(to_raster, dtype=np.float64)
    )[0]
    across, down = direction[1] - direction[0]
    return int(round(-float(np.degrees(np.arctan2(down, across))) / 90) % 4)


def _placed(seen: list[Seen], number: int, prepared: Prepared, to_stored: Matrix) -> list[Word]:
    """Bring words into the stored frame, as the upright box around the turned one."""
    if not seen:
        return []
    corners = np.array(
        [
            [(word.box[i], word.box[j]) for i, j in ((0, 1), (2, 1), (2, 3), (0, 3))]
            for word in seen
        ],
        dtype=np.float64,
    )
    on_raster = prepared.places(corners.reshape(-1, 2))
    flat = cv2.perspectiveTransform(on_raster[None], to_stored).reshape(-1, 4, 2)
    lines: dict[tuple[int, int, int], int] = {}
    words = []
    for word, quad in zip(seen, flat, strict=True):
        (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
        box = (float(left), float(top), float(right), float(bottom))
        line = lines.setdefault(word.line, len(lines))
        words.append(Word(word.text, number, line, box, word.sureness))
    return words
