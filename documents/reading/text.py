"""Joins the words of all pages into one running text whose every letter knows its place.

Deeds are filled with dashes so that nothing can be added later; the fill is dropped here, and a
value that runs over a line or a page break is found as if it had not.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from documents.reading.lexicon import mended

Box = tuple[float, float, float, float]
LookAgain = Callable[[int, Box], str]  # page (from 0), box in the stored frame: its text, again

_FILL_ONLY = re.compile(r"^[-_=~—–.·*|'`‘’«»<>\\/^]+$")
_FILL_BEFORE = re.compile(r"^[-_=~—–·|*]+(?=\w|[\"“(])")
_FILL_AFTER = re.compile(r"[-_=~—–·|*]{2,}$")
_FILL_WITHIN = re.compile(r"[-_=~]{3,}|\u00ad")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:hal(?:aman)?\b\W{0,3})?\d{1,3}(?:\s*(?:dari|/)\s*\d{1,3})?\W*$", re.IGNORECASE
)
_FOOT = re.compile(
    r"^\W*[-–—]\s*\d{1,3}\W*$|^\W*\d{1,3}\s*[-–—]\W*$|^\W*hal(?:aman)?\W{1,3}\d{1,3}\W*$",
    re.IGNORECASE,
)
_STRAY = re.compile(r"^[)\]}@|°~^]$")  # what a frame, a margin line or dust is taken for
_STRAY_IN_FRAME = re.compile(r"^[):;\]}@|°~^!ijl.,'\"]$")
_FRAMED = 4  # lines of a page that begin so, from which there is a frame
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "—": "-", "–": "-"})


@dataclass(frozen=True)
class Word:
    """One printed word: ``box`` is x0, y0, x1, y1 in the stored frame, ``sureness`` 0 to 1."""

    text: str
    page: int
    line: int
    box: Box
    sureness: float
    from_layer: bool = False


@dataclass(frozen=True)
class Line:
    """One printed line: where it begins and ends in the running text."""

    start: int
    end: int
    page: int
    text: str


class Script:
    """The running text of a document, with the way back from letters to words on pages.

    Words are joined by one space, lines by a line feed, pages too; ``\\s+`` crosses them all.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        """Take words in reading order."""
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.lines: list[Line] = []
        parts: list[str] = []
        length = 0
        for row in _rows(words):
            line_start = length
            for word in row:
                self.words.append(word)
                self.starts.append(length)
                parts.append(word.text + " ")
                length += len(word.text) + 1
            parts[-1] = parts[-1][:-1] + "\n"
            text = " ".join(word.text for word in row)
            self.lines.append(Line(line_start, length - 1, row[0].page, text))
        self.text = "".join(parts)

    def only(self, pages: Container[int]) -> "Script":
        """Give this script with all other pages blanked, every place unchanged."""
        part = Script([])
        kept = [at for at, word in enumerate(self.words) if word.page in pages]
        part.words = [self.words[at] for at in kept]
        part.starts = [self.starts[at] for at in kept]
        part.lines = [line for line in self.lines if line.page in pages]
        text = [" "] * len(self.text)
        for line in part.lines:
            text[line.start : line.end + 1] = self.text[line.start : line.end + 1]
        part.text = "".join(text)
        return part

    def words_in(self, start: int, end: int) -> list[Word]:
        """Give the words that have letters in text[start:end]."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_right(self.starts, max(start, end - 1))
        return [
            word
            for place, word in zip(self.starts[first:last], self.words[first:last], strict=True)
            if place < end and place + len(word.text) > start
        ]

    def sureness(self, start: int, end: int) -> float:
        """Give the sureness of the weakest word in text[start:end]; 0 when there is none."""
        return min((word.sureness for word in self.words_in(start, end)), default=0.0)

    def is_from_layer(self, start: int, end: int) -> bool:
        """Say whether text[start:end] was read from the PDF itself and not by eye."""
        words = self.words_in(start, end)
        return bool(words) and all(word.from_layer for word in words)

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Give (page, box) of text[start:end], one box for each printed line it touches."""
        found: dict[tuple[int, int], list[Box]] = {}
        for word in self.words_in(start, end):
            found.setdefault((word.page, word.line), []).append(word.box)
        return [(page, hull(boxes)) for (page, _), boxes in found.items()]

    def line_at(self, place: int) -> int:
        """Give the index of the line that holds a place of the running text."""
        return max(0, bisect_right([line.start for line in self.lines], place) - 1)

    def page_texts(self, pages: int) -> list[str]:
        """Give the text of each page, fill dashes dropped."""
        texts: list[list[str]] = [[] for _ in range(pages)]
        for line in self.lines:
            texts[line.page].append(line.text)
        return ["\n".join(lines) for lines in texts]


def hull(boxes: Sequence[Box]) -> Box:
    """Give the smallest upright box around all boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    raw: list[str] = []
    key: tuple[int, int] | None = None
    for word in words:
        if (word.page, word.line) != key:
            if raw and _FOOT.match(" ".join(raw)):
                rows[-1].clear()
            rows.append([])
            raw = []
            key = (word.page, word.line)
        raw.append(word.text)
        if text := clean_word(word.text):
            rows[-1].append(replace(word, text=text if word.from_layer else mended(text)))
    filled = [row for row in _unframed([row for row in rows if row]) if row]
    return [row for at, row in enumerate(filled) if not _is_page_number(filled, at)]


def _unframed(rows: list[list[Word]]) -> list[list[Word]]:
    """Drop the marks that stand alone where lines read by eye begin and end."""
    framed = Counter(
        row[0].page for row in rows if _STRAY_IN_FRAME.match(row[0].text) and len(row) > 1
    )
    return [
        _trimmed(row, _STRAY_IN_FRAME if framed[row[0].page] >= _FRAMED else _STRAY) for row in rows
    ]


def _trimmed(row: list[Word], stray: re.Pattern[str]) -> list[Word]:
    start, end = 0, len(row)
    while end - start > 1 and not row[start].from_layer and stray.match(row[start].text):
        start += 1
    while end - start > 1 and not row[end - 1].from_layer and stray.match(row[end - 1].text):
        end -= 1
    return row[start:end]


def _is_page_number(rows: Sequence[list[Word]], at: int) -> bool:
    """A lone number on the first line of a page after the first belongs to no sentence."""
    row = rows[at]
    is_first = at > 0 and rows[at - 1][0].page != row[0].page
    return is_first and bool(_PAGE_NUMBER.match(" ".join(word.text for word in row)))


def clean_word(word: str) -> str:
    """Drop fill dashes from a word; an empty answer means that it was only fill."""
    plain = word.translate(_QUOTES)
    if _FILL_ONLY.match(plain):
        return ""
    return _FILL_WITHIN.sub("", _FILL_AFTER.sub("", _FILL_BEFORE.sub("", plain)))


def script_of_text(text: str) -> Script:
    """Make a script from plain text, page by form feed: for tests and text without places."""
    words: list[Word] = []
    for page, sheet in enumerate(text.split("\f")):
        for number, line in enumerate(sheet.splitlines()):
            for at, word in enumerate(line.split()):
                box = (at * 50.0, number * 20.0, at * 50.0 + 45.0, number * 20.0 + 15.0)
                words.append(Word(word, page, number, box, 1.0, True))
    return Script(words)
