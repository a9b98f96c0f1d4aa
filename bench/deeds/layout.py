"""Sets marked text on pages word by word, because the truth must say where each value was printed.

Lengths are points, y runs down from the top of the page. A value is marked in the text with
`mark(field, text)`; `[[` and `]]` stand for nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

from bench.deeds.faces import Face

A4, FOLIO, LEGAL = (595.3, 841.9), (609.4, 935.4), (612.0, 1008.0)
BOLD = "*"
ABOVE, BELOW = 0.76, 0.22  # of the size: a word's box over and under its base line
_PIECES = re.compile(r"\[\[([^|\]]+)\|(.*?)\]\]|([^\[\]]+)", re.DOTALL)
_NAMES = {"company_name", "person_name", "notary_name"}


def mark(name: str, text: object) -> str:
    """Say that this text is the printed value of a field."""
    return f"[[{name}|{text}]]"


def bold(text: object) -> str:
    return mark(BOLD, text)


@dataclass(frozen=True)
class Look:
    """How one paper is set."""

    face: Face
    size: float = 12
    leading: float = 1.5
    page: tuple[float, float] = A4
    margins: tuple[float, float, float, float] = (85, 57, 71, 71)  # left, right, top, bottom
    align: str = "left"
    fill: str = "none"  # fill dashes: "none", "last" line of a paragraph, "all" lines
    bold_names: bool = False
    underline_headings: bool = False
    dashed_headings: bool = False
    numbering: str = ""  # "-{}-", "{}", "Halaman {} dari {}"
    numbers_at: str = "top"
    frame: bool = False
    margin_line: bool = False
    letterhead: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        return self.page[0] - self.margins[0] - self.margins[1]


@dataclass(frozen=True)
class Para:
    """Running text; with `label`, the label stands before it in a column of `column` points."""

    text: str
    align: str = ""
    is_bold: bool = False
    size: float = 1.0
    left: float = 0.0
    label: str = ""
    column: float = 0.0
    colon: bool = False
    before: float = 0.0  # empty lines above
    can_fill: bool = True
    is_heading: bool = False
    tight: bool = False  # single spacing, whatever the page has


@dataclass(frozen=True)
class Table:
    """Rows of cells; `widths` are shares of the line."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    is_ruled: bool = True
    size: float = 0.9


@dataclass(frozen=True)
class Gap:
    lines: float = 1.0


@dataclass(frozen=True)
class Break:
    """The next block begins a page."""


@dataclass(frozen=True)
class Spot:
    """Something drawn: "stamp", "signature", "stamp duty", "emblem", "code", "portrait"."""

    what: str
    x: float = 0.5  # of the line's width
    text: str = ""
    lines: float = 0.0  # room that it takes


Block = Para | Table | Gap | Break | Spot


@dataclass
class Word:
    """One printed word: `marks` are (value's number, first letter, after the last letter)."""

    text: str
    x: float
    y: float  # of the base line
    size: float
    is_bold: bool
    width: float
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    is_fill: bool = False


@dataclass
class Page:
    """What stands on one page; rules are (x0, y0, x1, y1, thickness)."""

    size: tuple[float, float]
    words: list[Word] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    spots: list[tuple[str, float, float, str]] = field(default_factory=list)


@dataclass
class Setting:
    """A set paper: its pages and its marked values (field, text), numbered as in `Word.marks`."""

    face: Face
    pages: list[Page]
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class _Piece:
    text: str
    is_bold: bool
    marks: tuple[tuple[int, int, int], ...]


class Setter:
    """Sets blocks one after the other and turns the page when it is full."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pages: list[Page] = []
        self.values: list[tuple[str, str]] = []
        self.y = 0.0
        self._turn()

    def set(self, blocks: list[Block]) -> Setting:
        for block in blocks:
            self._one(block)
        while len(self.pages) > 1 and not (self.pages[-1].words or self.pages[-1].spots):
            self.pages.pop()
        for number, page in enumerate(self.pages, 1):
            _furnish(page, self.look, number, len(self.pages))
        return Setting(self.look.face, self.pages, self.values)

    def _one(self, block: Block) -> None:
        match block:
            case Para():
                self._paragraph(block)
            case Table():
                self._table(block)
            case Gap():
                self.y += block.lines * self.look.size * self.look.leading
            case Break():
                if self.pages[-1].words or self.pages[-1].spots:
                    self._turn()
            case Spot():
                x = self.look.margins[0] + block.x * self.look.width
                self.pages[-1].spots.append((block.what, x, self.y, block.text))
                self.y += block.lines * self.look.size

    def _turn(self) -> None:
        self.pages.append(Page(self.look.page))
        self.y = self.look.margins[2] + len(self.look.letterhead) * self.look.size * 1.2

    def _room_for(self, height: float) -> None:
        if self.y + height > self.look.page[1] - self.look.margins[3]:
            self._turn()

    def _pieces(self, text: str, bold_all: bool) -> list[_Piece]:
        """Cut marked text into words; each knows which values it carries, letter by letter."""
        letters: list[tuple[str, bool, int]] = []
        for name, marked, plain in _PIECES.findall(text):
            number = -1
            if name and name != BOLD:
                number = len(self.values)
                self.values.append((name, " ".join(marked.split())))
            is_bold = bold_all or name == BOLD or (self.look.bold_names and name in _NAMES)
            letters += [(letter, is_bold, number) for letter in (marked or plain)]
        words: list[list[tuple[str, bool, int]]] = [[]]
        for letter in letters:
            if letter[0].isspace():
                words.append([])
            else:
                words[-1].append(letter)
        return [_piece(word) for word in words if word]

    def _paragraph(self, para: Para) -> None:
        look, size = self.look, self.look.size * para.size
        height = size * (1.15 if para.tight else look.leading)
        left = look.margins[0] + para.left
        right = look.page[0] - look.margins[1]
        self.y += para.before * height
        pieces = self._pieces(para.text, para.is_bold)
        start = left + para.column
        lines = list(_broken(pieces, right - start, look.face, size)) or [[]]
        labels = self._label(para, size)
        lines += [[]] * (len(labels) - len(lines))
        for number, line in enumerate(lines):
            self._room_for(height)
            base = self.y + height * 0.8
            if number < len(labels):
                words = self._placed(labels[number], left, base, size, 0)
                self.pages[-1].words += words
            if number == 0 and para.colon:
                self._colon(left + para.column, base, size)
            self._line(para, line, (start, right, base, size), number == len(lines) - 1)
            self.y += height

    def _label(self, para: Para, size: float) -> list[list[_Piece]]:
        """The label's lines; one that is too long for its column is broken."""
        width = para.column - self.look.face.width(" : ", size)
        pieces = self._pieces(para.label, para.is_bold)
        return list(_broken(pieces, max(width, 10), self.look.face, size))

    def _colon(self, x: float, base: float, size: float) -> None:
        x -= self.look.face.width(": ", size) + 1
        self.pages[-1].words += self._placed([_Piece(":", False, ())], x, base, size, 0)

    def _line(
        self,
        para: Para,
        line: list[_Piece],
        place: tuple[float, float, float, float],
        is_last: bool,
    ) -> None:
        start, right, base, size = place
        face, align = self.look.face, para.align or self.look.align
        free = right - start - _length(line, face, size)
        fills = para.can_fill and (
            self.look.fill == "all" or (self.look.fill == "last" and is_last)
        )
        spread = free / max(1, len(line) - 1) if align == "justify" and not is_last else 0.0
        x = start + {"center": free / 2, "right": free}.get(align, 0.0)
        words = self._placed(line, x, base, size, spread)
        page = self.pages[-1]
        if para.is_heading and self.look.underline_headings and words:
            page.rules.append((x, base + 2, words[-1].x + words[-1].width, base + 2, 0.8))
        page.words += words
        if align == "center":
            if fills and para.is_heading and self.look.dashed_headings:
                page.words += self._dashes(start, x, base, size)
                page.words += self._dashes(right - free / 2, right, base, size)
        elif fills and not spread:
            page.words += self._dashes(right - free, right, base, size)

    def _placed(
        self, line: list[_Piece], x: float, base: float, size: float, spread: float
    ) -> list[Word]:
        face, words = self.look.face, []
        for piece in line:
            width = face.width(piece.text, size, piece.is_bold)
            words.append(Word(piece.text, x, base, size, piece.is_bold, width, list(piece.marks)))
            x += width + face.width(" ", size) + spread
        return words

    def _dashes(self, x0: float, x1: float, base: float, size: float) -> list[Word]:
        face = self.look.face
        space, dash = face.width(" ", size), face.width("-", size)
        number = int((x1 - x0 - 2 * space) / dash)
        if number < 2:
            return []
        return [Word("-" * number, x0 + space, base, size, False, number * dash, is_fill=True)]

    def _table(self, table: Table) -> None:
        look, size = self.look, self.look.size * table.size
        height, pad = size * 1.25, 3.0
        self.y += 4
        edges = [look.margins[0]]
        for share in table.widths:
            edges.append(edges[-1] + share * look.width)
        for row in table.rows:
            cells = [
                list(_broken(self._pieces(cell, False), right - left - 2 * pad, look.face, size))
                for cell, left, right in zip(row, edges, edges[1:], strict=False)
            ]
            tall = max(1, *(len(cell) for cell in cells)) * height + pad
            self._room_for(tall)
            for number in range(max(len(cell) for cell in cells)):
                for cell, left in zip(cells, edges, strict=False):
                    if number < len(cell):
                        base = self.y + number * height + height * 0.8
                        self.pages[-1].words += self._placed(
                            cell[number], left + pad, base, size, 0
                        )
            if table.is_ruled:
                self._rule(edges, tall)
            self.y += tall
        self.y += height / 2

    def _rule(self, edges: list[float], tall: float) -> None:
        top, bottom = self.y, self.y + tall
        rules = self.pages[-1].rules
        rules += [(edges[0], y, edges[-1], y, 0.6) for y in (top, bottom)]
        rules += [(x, top, x, bottom, 0.6) for x in edges]


def _piece(letters: list[tuple[str, bool, int]]) -> _Piece:
    numbers = sorted({number for _, _, number in letters if number >= 0})
    marks = []
    for number in numbers:
        places = [place for place, letter in enumerate(letters) if letter[2] == number]
        marks.append((number, places[0], places[-1] + 1))
    text = "".join(letter for letter, _, _ in letters)
    return _Piece(text, letters[0][1] or letters[-1][1], tuple(marks))


def _length(line: list[_Piece], face: Face, size: float) -> float:
    widths = sum(face.width(piece.text, size, piece.is_bold) for piece in line)
    return widths + face.width(" ", size) * max(0, len(line) - 1)


def _broken(pieces: list[_Piece], width: float, face: Face, size: float):
    """Lines of words, each no wider than `width` unless one word alone is."""
    space, line, used = face.width(" ", size), [], 0.0
    for piece in pieces:
        wide = face.width(piece.text, size, piece.is_bold)
        if line and used + space + wide > width:
            yield line
            line, used = [], 0.0
        used += wide + (space if line else 0.0)
        line.append(piece)
    if line:
        yield line


def _furnish(page: Page, look: Look, number: int, total: int) -> None:
    """What stands on every page: its number, the frame, the margin line, the letterhead."""
    width, height = page.size
    left, right, top, bottom = look.margins
    steps = count()
    for text in look.letterhead:
        base = top * 0.55 + next(steps) * look.size * 1.15
        _centered(page, look, text, base, look.size * 0.95)
    if look.letterhead:
        y = top * 0.55 + next(steps) * look.size * 1.15 - look.size * 0.6
        page.rules.append((left, y, width - right, y, 1.2))
    if look.numbering and (number > 1 or look.numbers_at == "bottom"):
        base = top * 0.5 if look.numbers_at == "top" else height - bottom * 0.45
        if not (look.letterhead and look.numbers_at == "top"):
            _centered(page, look, look.numbering.format(number, total), base, look.size * 0.9)
    if look.frame:
        x0, y0, x1, y1 = left - 14, top - 16, width - right + 12, height - bottom + 16
        page.rules += [(x0, y0, x1, y0, 1), (x0, y1, x1, y1, 1), (x0, y0, x0, y1, 1)]
        page.rules.append((x1, y0, x1, y1, 1))
    if look.margin_line:
        page.rules += [(left - 9, 0, left - 9, height, 0.9)]


def _centered(page: Page, look: Look, text: str, base: float, size: float) -> None:
    words = text.split()
    space = look.face.width(" ", size)
    x = (page.size[0] - look.face.width(text, size)) / 2
    for word in words:
        wide = look.face.width(word, size)
        page.words.append(Word(word, x, base, size, False, wide))
        x += wide + space
