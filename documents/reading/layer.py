"""Takes the words of a PDF's own text layer, and says what makes that layer doubtful.

A hidden layer over a scan is the obvious forgery: what a program reads is then not what a person
sees. Text that no one can see is never believed; other doubts are settled by looking at a strip.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from documents.reading.text import Box, Word

MAX_PICTURE_SHARE = 0.35
MIN_LETTERS = 40  # on a page that also has pictures or drawings
FINE = 1000  # device units per point: PageToDevice answers in whole numbers
SMALLEST = 3.0  # points: no one reads smaller print
WHITE = 235  # of 255: lighter text is not seen on paper
HIDING = 0.6  # share of opaque dots over a piece of text that hides it
PRIVATE = ("\ue000", "\uf8ff")  # letters whose shape only the font knows

_OPAQUE = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING)


@dataclass(frozen=True)
class Layer:
    """Words in points of the page as shown (origin top left), and why to doubt them.

    ``is_hidden``: some of it cannot be seen; ``is_odd``: pictures or fonts raise suspicion.
    """

    words: tuple[Word, ...] = ()
    is_hidden: bool = False
    is_odd: bool = False

    def __bool__(self) -> bool:
        """Say whether there is something that may be believed."""
        return bool(self.words) and not self.is_hidden


def read_layer(page: Any, things: Sequence[Any]) -> Layer:
    """Read the layer of a page whose objects are ``things``, in the order of their drawing."""
    if not any(thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT for thing in things):
        return Layer()
    textpage = page.get_textpage()
    try:
        words, odd = _words(page, textpage)
    finally:
        textpage.close()
    letters = sum(len(word.text) for word in words)
    is_drawn = any(thing.type in _OPAQUE for thing in things)
    if letters < (MIN_LETTERS if is_drawn else 1) or odd > 0.02 * letters:
        return Layer()
    width, height = page.get_size()
    covered = sum(
        _area(thing.get_bounds()) for thing in things if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE
    )
    is_odd = odd > 0 or covered > MAX_PICTURE_SHARE * width * height
    return Layer(tuple(words), _has_hidden_text(things), is_odd)


def _area(bounds: Box) -> float:
    left, bottom, right, top = bounds
    return abs((right - left) * (top - bottom))


def _has_hidden_text(things: Sequence[Any]) -> bool:
    """Say whether text is invisible, white, tiny, or lies under something drawn later."""
    covers: list[_Cover] = []
    whites: list[Box] = []
    for thing in reversed(things):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            bounds = thing.get_bounds()
            if _is_unseen(thing) or any(cover.hides(bounds) for cover in covers):
                return True
            if min(_colour(thing)[:3]) >= WHITE:
                whites.append(bounds)
        elif thing.type in _OPAQUE and _is_opaque(thing):
            cover = _Cover(thing)
            covers.append(cover)
            if min(_colour(thing)[:3]) < WHITE:  # white letters on a dark ground are seen
                whites = [bounds for bounds in whites if not cover.hides(bounds)]
    return bool(whites)


class _Cover:
    """Something drawn over text; of a picture only its opaque dots hide what is below."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        self.bounds: Box = thing.get_bounds()

    def hides(self, text: Box) -> bool:
        left, bottom, right, top = self.bounds
        x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
        if not (left < x < right and bottom < y < top):
            return False
        if self.thing.type != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            return True
        tall, wide = self.opaque.shape
        across, down = wide / (right - left), tall / (top - bottom)
        rows = slice(max(0, int((top - text[3]) * down)), int((top - text[1]) * down) + 1)
        columns = slice(max(0, int((text[0] - left) * across)), int((text[2] - left) * across) + 1)
        return bool(self.opaque[rows, columns].mean() > HIDING)

    @cached_property
    def opaque(self) -> NDArray[np.bool_]:
        dots = self.thing.get_bitmap(render=True, scale_to_original=False).to_numpy()
        if dots.ndim == 3 and dots.shape[2] == 4:
            return np.asarray(dots[:, :, 3] > 127)
        return np.ones(dots.shape[:2], dtype=np.bool_)


def _is_unseen(thing: Any) -> bool:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
    if mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP):
        return True
    size, shape = ctypes.c_float(), thing.get_matrix()
    pdfium_c.FPDFTextObj_GetFontSize(thing.raw, size)
    tall = size.value * abs(shape.a * shape.d - shape.b * shape.c) ** 0.5
    return tall < SMALLEST or _colour(thing)[3] < 255 - WHITE


def _colour(thing: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(thing.raw, *parts):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _is_opaque(thing: Any) -> bool:
    if pdfium_c.FPDFPageObj_HasTransparency(thing.raw):
        return False
    if thing.type != pdfium_c.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
    return fill.value != pdfium_c.FPDF_FILLMODE_NONE and _colour(thing)[3] > 255 - WHITE


def _words(page: Any, textpage: Any) -> tuple[list[Word], int]:
    """Give the words on the page and how many letters have no clear meaning."""
    count, raw = textpage.count_chars(), textpage.raw
    letters = [_letter(pdfium_c.FPDFText_GetUnicode(raw, at)) for at in range(count)]
    spans: list[tuple[int, int, int]] = []
    odd, line, start = 0, 0, 0
    for end, char in enumerate([*letters, " "]):
        if not char.isspace() and char != "\x00":
            odd += _is_odd(char) or pdfium_c.FPDFText_HasUnicodeMapError(raw, end) == 1
            continue
        if end > start:
            spans.append((start, end, line))
        start = end + 1
        line += char == "\n"
    boxes = _shown_boxes(page, raw, spans)
    width, height = page.get_size()
    words = [
        _word(letters[start:end], box, line)
        for (start, end, line), box in zip(spans, boxes, strict=True)
        if 0 <= box[0] + box[2] <= 2 * width and 0 <= box[1] + box[3] <= 2 * height
    ]
    return words, odd


def _letter(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"


def _is_odd(char: str) -> bool:
    if char in "\x02\xad":  # PDFium's own marks of a hyphen at the end of a line
        return False
    return not char.isprintable() or char == "\ufffd" or PRIVATE[0] <= char <= PRIVATE[1]


def _word(letters: Sequence[str], box: Box, line: int) -> Word:
    text = "".join(letters).replace("\u00ad", "-").replace("\x02", "-")
    return Word(text=text, page=0, line=line, box=box, sureness=1.0, from_layer=True)


def _shown_boxes(page: Any, raw: Any, spans: Sequence[tuple[int, int, int]]) -> list[Box]:
    """Bring the box around each span of letters from PDF space into the page as shown."""
    if not spans:
        return []
    sides = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    found = []
    for start, end, _ in spans:
        for at in range(start, end):
            pdfium_c.FPDFText_GetCharBox(raw, at, *sides)
            found.append([side.value for side in sides])
    firsts = np.cumsum([0, *(end - start for start, end, _ in spans[:-1])])
    least, most = (one.reduceat(np.array(found), firsts) for one in (np.minimum, np.maximum))
    origin, across, down = _axes(page)
    one = origin + least[:, [0]] * across + most[:, [3]] * down
    two = origin + most[:, [1]] * across + least[:, [2]] * down
    boxes = np.hstack([np.minimum(one, two), np.maximum(one, two)])
    return [(row[0], row[1], row[2], row[3]) for row in boxes.tolist()]


def _axes(page: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give where PDF space's origin lies on the shown page, and its steps to the right and up."""
    wide, tall = (round(side * FINE) for side in page.get_size())
    places = []
    for x, y in ((0, 0), (1000, 0), (0, 1000)):
        right, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, wide, tall, 0, x, y, right, down)
        places.append(np.array([right.value, down.value]) / FINE)
    return places[0], (places[1] - places[0]) / 1000, (places[2] - places[0]) / 1000
