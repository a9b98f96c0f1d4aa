"""Reads again what the engine's page layout passed over: printed lines that gave no word.

A line beside a stamp, or the first line of a page, is sometimes taken for a picture and lost
without a trace; such a line may hold the very date or number that is sought.
"""

import numpy as np

from documents.reading import engine
from documents.reading.engine import Seen
from documents.reading.enhance import LETTER_HEIGHT
from documents.reading.sheet import Grey
from documents.reading.survey import ink_of, labelled

LEAST_WIDTH = 100  # pixels of print in a band that make it worth reading
WIDEST = 600  # pixels: smeared letters run together to words, but not to lines
ONE_LINE = 2.3 * LETTER_HEIGHT  # pixels: more may hold two
MIN_SURENESS = 0.6
MOST_BANDS = 6


def fill_gaps(image: Grey, seen: list[Seen]) -> list[Seen]:
    """Give the words of a prepared page with those of unread lines put in their place."""
    bands = _unread(image, seen)
    if len(bands) > MOST_BANDS:
        again = engine.see(image, mode=engine.COLUMN)
        if engine.substance(again) > engine.substance(seen):
            seen, bands = again, _unread(image, again)
    rest, lines = _without(seen, image, 255), _lines(seen)
    for number, (top, bottom) in enumerate(bands[:MOST_BANDS]):
        strip = np.ascontiguousarray(rest[top:bottom])
        mode = engine.LINE if bottom - top <= ONE_LINE else engine.BLOCK
        for line in _lines(engine.see(strip, mode=mode)):
            words = [_moved(word, top, number) for word in line if word.sureness >= MIN_SURENESS]
            if sum(len(word.text) for word in words) >= 3:
                _insert(lines, words)
    return [word for line in lines for word in line]


def _without(seen: list[Seen], picture: Grey, paper: int) -> Grey:
    rest = picture.copy()
    for word in seen:
        left, top, right, bottom = (round(value) for value in word.box)
        rest[max(0, top - 3) : bottom + 3, max(0, left - 3) : right + 3] = paper
    return rest


def _unread(image: Grey, seen: list[Seen]) -> list[tuple[int, int]]:
    """Give top and bottom of bands with print but no words, the fullest first."""
    marks = labelled(_without(seen, ink_of(image), 0))[1][1:]
    tall, wide = marks[:, 3], marks[:, 2]
    is_print = (tall >= LETTER_HEIGHT / 2) & (tall <= 2 * LETTER_HEIGHT) & (wide >= 4)
    marks = marks[is_print & (wide <= WIDEST)]
    if len(marks) == 0:
        return []
    marks = marks[np.argsort(marks[:, 1] + marks[:, 3] / 2)]
    middles = marks[:, 1] + marks[:, 3] / 2
    breaks = np.nonzero(np.diff(middles) > LETTER_HEIGHT / 2)[0] + 1
    groups = [one for one in np.split(marks, breaks) if one[:, 2].sum() >= LEAST_WIDTH]
    groups.sort(key=lambda one: -int(one[:, 2].sum()))
    pad = int(LETTER_HEIGHT / 2)
    return [
        (max(0, int(one[:, 1].min()) - pad), int((one[:, 1] + one[:, 3]).max()) + pad)
        for one in groups
    ]


def _lines(seen: list[Seen]) -> list[list[Seen]]:
    lines: dict[tuple[int, int, int], list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _moved(word: Seen, top: int, number: int) -> Seen:
    left, upper, right, lower = word.box
    line = (10_000 + number, word.line[1], word.line[2] + 100 * word.line[0])
    return Seen(word.text, line, (left, upper + top, right, lower + top), word.sureness)


def _insert(lines: list[list[Seen]], words: list[Seen]) -> None:
    middle = _middle(words)
    for at, line in enumerate(lines):
        if _middle(line) > middle:
            lines.insert(at, words)
            return
    lines.append(words)


def _middle(line: list[Seen]) -> float:
    return float(np.median([(word.box[1] + word.box[3]) / 2 for word in line]))
