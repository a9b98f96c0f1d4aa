"""Settles doubt about a text layer with the eye: is what the layer says what the page shows?"""

import re
from collections.abc import Sequence

import cv2
import numpy as np
from rapidfuzz import fuzz

from documents.reading import engine
from documents.reading.inks import grey_of
from documents.reading.pages import Page
from documents.reading.survey import ink_of, labelled, without_rules
from documents.reading.text import LookAgain, Word

STRIP = 0.12  # of the page's height
ENLARGED = 1.8  # a page drawn for the screen is small for the engine
AGREED = 0.85  # share of the strip's words that the eye must find
SURE = 0.8
FOREIGN, NOWHERE = 0.1, 0.3  # shares of words that stand over other words, or over nothing
MORE = 0.3  # letters that the layer leaves out, as a share of those that it says
FEW, FEWEST = 8, 3  # words from which a page, or a strip, can be judged
_DIGITS = re.compile(r"\D")


def is_borne_out(page: Page) -> bool:
    """Say whether the layer says all that the page shows, and the eye finds it in one strip."""
    return _says_all(page) and _strip_agrees(page)


def _says_all(page: Page) -> bool:
    """A footer set over a scan is true, but is not what the page says: look for more letters."""
    raster = grey_of(page.raster)
    across, down = page.to_stored[0, 0], page.to_stored[1, 1]
    told = np.zeros(raster.shape, dtype=np.uint8)
    for word in page.layer.words:
        left, right = int(word.box[0] / across) - 2, int(word.box[2] / across) + 3
        top, bottom = int(word.box[1] / down) - 2, int(word.box[3] / down) + 3
        told[max(0, top) : bottom, max(0, left) : right] = 1
    marks = labelled(without_rules(ink_of(raster)))[1][1:]
    tall = float(np.median([word.box[3] - word.box[1] for word in page.layer.words])) / down
    marks = marks[(marks[:, 3] > 0.3 * tall) & (marks[:, 3] < 2 * tall) & (marks[:, 2] < 4 * tall)]
    middles = marks[:, :2] + marks[:, 2:4] // 2
    said = int(told[middles[:, 1], middles[:, 0]].sum())
    return len(marks) - said <= MORE * said


def _strip_agrees(page: Page) -> bool:
    """Read the strip with the most words by eye and compare it with the layer's words there."""
    top, said = _busiest(page)
    rows = slice(int(top / page.to_stored[1, 1]), int((top + _tall(page)) / page.to_stored[1, 1]))
    strip = cv2.resize(
        grey_of(page.raster)[rows], None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC
    )
    found = {word.text for word in engine.see(np.asarray(strip, dtype=np.uint8))}
    agreed = sum(_is_among(word.text, found) for word in said)
    return len(said) >= FEWEST and agreed >= AGREED * len(said)


def _tall(page: Page) -> float:
    return STRIP * page.stored_size[1]


def _busiest(page: Page) -> tuple[float, list[Word]]:
    real = [word for word in page.layer.words if sum(map(str.isalnum, word.text)) >= 3]
    tall = _tall(page)
    starts = np.arange(0, page.stored_size[1] - tall / 2, tall / 2)
    strips = [
        [word for word in real if word.box[1] >= top and word.box[3] <= top + tall]
        for top in starts
    ]
    best = max(range(len(strips)), key=lambda at: len(strips[at]))
    return float(starts[best]), strips[best]


def _is_among(text: str, found: set[str]) -> bool:
    if text in found:
        return True
    if any(char.isdigit() for char in text):
        return any(_DIGITS.sub("", text) == _DIGITS.sub("", other) for other in found)
    return any(fuzz.ratio(text, other) >= 75 for other in found)


def lies(said: Sequence[Word], seen: Sequence[Word], look: LookAgain) -> bool:
    """Say whether the layer tells another number or other words than the page shows.

    A slip of the eye is no lie: a number is looked at again before the layer is blamed for it.
    """
    foreign = nowhere = asked = 0
    for word in said:
        if sum(map(str.isalnum, word.text)) < 3:
            continue
        asked += 1
        there = [other for other in seen if _overlap(word, other)]
        if not there:
            nowhere += 1
        elif _is_other_number(word, there, look):
            return True
        else:
            foreign += _is_foreign(word, there)
    return asked >= FEW and (foreign > FOREIGN * asked or nowhere > NOWHERE * asked)


def _overlap(word: Word, other: Word) -> bool:
    across = min(word.box[2], other.box[2]) - max(word.box[0], other.box[0])
    middle = (other.box[1] + other.box[3]) / 2
    narrow = min(word.box[2] - word.box[0], other.box[2] - other.box[0])
    return across > 0.5 * narrow and word.box[1] < middle < word.box[3]


def _is_other_number(word: Word, there: Sequence[Word], look: LookAgain) -> bool:
    number = _DIGITS.sub("", word.text)
    shown = _DIGITS.sub("", "".join(other.text for other in there))
    if len(number) < 2 or len(shown) != len(number) or shown == number:
        return False
    if min(other.sureness for other in there) < SURE:
        return False
    again = (_DIGITS.sub("", look(other.page, other.box)) for other in there)
    return "".join(again) == shown


def _is_foreign(word: Word, there: Sequence[Word]) -> bool:
    sure = [other.text for other in there if other.sureness >= SURE]
    return bool(sure) and fuzz.partial_ratio(word.text.lower(), " ".join(sure).lower()) < 50
