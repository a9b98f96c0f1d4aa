"""Reads again what the engine's page layout passed over: printed lines that gave no word.

A line beside a stamp, or the first line of a page, is sometimes taken for a picture and lost
without a trace; such a line may hold the very date or number that is sought.
"""

import cv2
import numpy as np

from documents.reading import engine
from documents.reading.engine import Seen
from documents.reading.enhance import LETTER_HEIGHT
from documents.reading.sheet import Grey

MIN_LETTERS = 8  # letter-sized marks in a band that make it worth reading
MIN_SURENESS = 0.6
MAX_BANDS = 6


def fill_gaps(image: Grey, seen: list[Seen]) -> list[Seen]:
    """Give the words of a prepared page with those of unread lines put in their place."""
    rest = _unread(image, seen)
    lines = _lines(seen)
    for number, (top, bottom) in enumerate(_bands(rest)):
        strip = np.ascontiguousarray(rest[top:bottom])
        for line in _lines(engine.see(strip, mode=engine.BLOCK)):
            words = [_moved(word, top, number) for word in line if word.sureness >= MIN_SURENESS]
            if sum(len(word.text) for word in words) >= 3:
                _insert(lines, words)
    return [word for line in lines for word in line]


def _unread(image: Grey, seen: list[Seen]) -> Grey:
    rest = image.copy()
    for word in seen:
        left, top, right, bottom = (round(value) for value in word.box)
        rest[max(0, top - 3) : bottom + 3, max(0, left - 3) : right + 3] = 255
    return rest


def _bands(rest: Grey) -> list[tuple[int, int]]:
    ink = np.asarray(cv2.threshold(rest, 150, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, tall = stats[1:count, 2], stats[1:count, 3]
    is_letter = (
        (tall >= LETTER_HEIGHT / 2) & (tall <= 2 * LETTER_HEIGHT) & (wide <= 60) & (wide >= 4)
    )
    letters = stats[1:count][is_letter]
    if len(letters) < MIN_LETTERS:
        return []
    letters = letters[np.argsort(letters[:, 1] + letters[:, 3] / 2)]
    middles = letters[:, 1] + letters[:, 3] / 2
    breaks = np.nonzero(np.diff(middles) > LETTER_HEIGHT / 2)[0] + 1
    groups = [group for group in np.split(letters, breaks) if len(group) >= MIN_LETTERS]
    groups.sort(key=len, reverse=True)
    pad = int(LETTER_HEIGHT / 2)
    return [
        (
            max(0, int(group[:, 1].min()) - pad),
            int((group[:, 1] + group[:, 3]).max()) + pad,
        )
        for group in groups[:MAX_BANDS]
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
