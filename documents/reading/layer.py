"""Takes the words of a PDF's own text layer, but only when that layer can be believed.

A hidden layer over a scan is the obvious forgery: what a program reads is then not what a
person sees. So a page mostly covered by pictures, with invisible text or with letters that map
to nothing is read by eye (OCR) like any other.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from documents.reading.text import Box, Word, hull

MAX_PICTURE_SHARE = 0.35
MIN_LETTERS = 40
FINE = 16  # device units per point: PageToDevice answers in whole numbers


def believed_words(page: Any, images: Sequence[Any]) -> list[Word]:
    """Words of the layer in points of the page as shown, origin top left; [] if not believed."""
    width, height = page.get_size()
    covered = sum(_area(image.get_bounds()) for image in images)
    if covered > MAX_PICTURE_SHARE * width * height or _has_hidden_text(page):
        return []
    textpage = page.get_textpage()
    try:
        words = list(_words(page, textpage))
    finally:
        textpage.close()
    letters = "".join(word.text for word in words)
    odd = sum(not char.isprintable() or char == "\ufffd" for char in letters)
    if len(letters) < MIN_LETTERS or odd > 0.02 * len(letters):
        return []
    return words


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return abs((right - left) * (top - bottom))


def _has_hidden_text(page: Any) -> bool:
    for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=3):
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
        if mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
            return True
    return False


def _words(page: Any, textpage: Any) -> Iterator[Word]:
    size = page.get_size()
    letters: list[str] = []
    boxes: list[Box] = []
    line = 0
    for index in range(textpage.count_chars()):
        char = chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, index))
        if not char.isspace() and char != "\x00":
            letters.append(char)
            boxes.append(_shown_box(page, size, textpage.get_charbox(index)))
            continue
        if letters:
            yield _word(letters, boxes, line)
            letters, boxes = [], []
        line += char == "\n"
    if letters:
        yield _word(letters, boxes, line)


def _word(letters: list[str], boxes: list[Box], line: int) -> Word:
    text = "".join(letters).replace("\u00ad", "-").replace("\x02", "-")
    return Word(text=text, page=0, line=line, box=hull(boxes), sureness=1.0, from_layer=True)


def _shown_box(page: Any, size: tuple[float, float], bounds: Box) -> Box:
    """Bring a box of PDF space into the page as shown; a page turn is a quarter, so two
    opposite corners are enough.
    """
    left, bottom, right, top = bounds
    one, two = _shown_point(page, size, left, top), _shown_point(page, size, right, bottom)
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _shown_point(page: Any, size: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    wide, tall = round(size[0] * FINE), round(size[1] * FINE)
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, wide, tall, 0, x, y, across, down)
    return across.value / FINE, down.value / FINE
