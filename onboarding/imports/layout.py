"""Which of an office's columns is which of ours: by its title, by its content, or as remembered.

A layout is sure when every required column is known by its title and nothing in the cells
contradicts; any other is a proposal that a person confirms once. All indexes count from 0.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise, takewhile
from typing import Any, TypeAlias

from onboarding.imports.cells import cell_text
from onboarding.imports.columns import (
    AMBIGUOUS,
    LONGEST_TITLE,
    REQUIRED,
    SAID_ELSEWHERE,
    TITLES,
    fold_title,
    key_of,
)
from onboarding.imports.content import is_counting, kind_of_cell, kind_of_column
from onboarding.imports.opening import OpenSheet

HEADER_ROWS = 20
LOOKED_AT = 200
FEWEST_TITLES = 2  # one known title alone is as likely a cell of a letterhead
SAMPLES = 3
BY_TITLE = ("title", "like_title")
ADDED_BY_US = "masalah"  # the column of problems in a list that was handed back
LONGEST_SAMPLE = 60
MOST_COLUMNS = 200
CONTRADICTED = 0.8
FEWEST_TO_CONTRADICT = 3
#: Kinds whose cells cannot be mistaken; the others only support a title.
TELLING = frozenset({"nib", "nik", "npwp", "phone", "email", "region", "legal_form", "kbli"})
#: Kinds that a column of another kind never looks like, however badly it is filled in.
UNLIKE_OTHERS = frozenset({"nib", "nik", "phone", "email", "region", "legal_form"})
NEEDED = tuple(key for key in REQUIRED if key not in SAID_ELSEWHERE)

Asked: TypeAlias = Mapping[str, int | str]


@dataclass(frozen=True)
class Guess:
    """One column of theirs: our key or `""`, why we think so, and cells to recognise it by."""

    index: int
    title: str
    key: str
    reason: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How one sheet is to be read; `header` is the last row of titles as shown, 0 for none.

    `asked_as` is the signature under which a remembered layout was found.
    """

    sheet: str
    header: int
    titles: tuple[str, ...]
    columns: tuple[Guess, ...]
    is_sure: bool
    asked_as: str = ""

    @property
    def titled(self) -> set[str]:
        """Our keys that are known by their titles."""
        return {guess.key for guess in self.columns if guess.reason in BY_TITLE}

    @property
    def places(self) -> dict[str, int]:
        """Our key to the index of their column."""
        return {guess.key: guess.index for guess in self.columns if guess.key}

    @property
    def signature(self) -> str:
        """What a sheet with the same titles in the same order shares with this one; where a
        title is missing, what the cells hold stands for it."""
        if self.asked_as:
            return self.asked_as
        own = [g for g in self.columns if fold_title(g.title) != ADDED_BY_US]
        folded = "|".join(fold_title(g.title) or f"={g.key}" for g in own)
        return hashlib.sha256(folded.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """What is printed, stored with the sheet and shown to the person who confirms."""
        return {
            "sheet": self.sheet,
            "header": self.header,
            "titles": list(self.titles),
            "places": self.places,
            "is_sure": self.is_sure,
            "signature": self.signature,
            "columns": [
                {"index": g.index, "title": g.title, "key": g.key, "reason": g.reason,
                 "samples": list(g.samples)}
                for g in self.columns
            ],
        }  # fmt: skip


def understand(
    sheet: OpenSheet,
    *,
    mapping: Asked | None = None,
    remembered: Mapping[str, Mapping[str, int]] | None = None,
) -> Layout | None:
    """How a sheet is to be read, or None when nothing in it looks like a list of firms."""
    top = [(number, _texts(cells)) for number, cells in islice(sheet.rows(), LOOKED_AT)]
    header, titles = _find_header(top)
    body = [texts for number, texts in top if number > header and _is_body(texts)]
    width = min(max((len(row) for row in [titles, *body]), default=0), MOST_COLUMNS)
    titles = [title[:LONGEST_TITLE] for title in (*titles, *[""] * width)][:width]
    columns = [[row[i] if i < len(row) else "" for row in body] for i in range(width)]
    guesses = _guess(titles, columns)
    if mapping is not None:
        guesses = _placed(guesses, _resolve(mapping, titles), "mapping")
        known = bool({g.key for g in guesses} - {""})
        return Layout(sheet.name, header, tuple(titles), tuple(guesses), True) if known else None
    layout = Layout(sheet.name, header, tuple(titles), tuple(guesses), _is_sure(guesses, columns))
    places = (remembered or {}).get(layout.signature)
    if places == {}:
        return None  # a person said that this is no list
    if places is not None:
        guesses = _placed(guesses, places, "remembered")
        return replace(layout, columns=tuple(guesses), is_sure=True, asked_as=layout.signature)
    enough = len(layout.places) >= FEWEST_TITLES
    return layout if enough and (header or _is_told_by_content(guesses)) else None


def _is_body(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and not (len(filled) > FEWEST_TITLES and is_counting(filled))


def _texts(cells: Sequence[object]) -> list[str]:
    return [cell_text("", cell)[0] for cell in cells[:MOST_COLUMNS]]


def _find_header(top: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The row with most titles that we know, over two rows when that makes more of them."""
    best, header, titles = FEWEST_TITLES - 1, 0, list[str]()
    first = list(takewhile(lambda pair: not _is_telling(pair[1]), top[:HEADER_ROWS]))
    for last, cells in chain(first, _over_two_rows(first)):
        known = len({_key(cell) for cell in cells} - {""}) + sum(map(_is_vague, cells))
        if known > best:
            best, header, titles = known, last, cells
    return (header, titles) if header else _header_of_unknown_titles(top)


def _is_telling(texts: Sequence[str]) -> bool:
    """Whether a row is one of firms: titles stand above the first of them."""
    return sum(kind_of_cell(cell) in TELLING for cell in texts if cell) >= FEWEST_TITLES


def _over_two_rows(top: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for (_number, upper), (below, lower) in pairwise(top):
        is_letterhead = len(set(upper) - {""}) < FEWEST_TITLES
        if not is_letterhead and not any(kind_of_cell(cell) in TELLING for cell in lower if cell):
            yield below, _joined(upper, lower)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Titles over two rows: the upper one stands above all the lower ones up to the next."""
    joined, last = [], ""
    for index in range(max(len(upper), len(lower))):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if index < len(lower) else ""
        last = above or (last if below else "")
        joined.append(last if below in ("", last) else f"{last} {below}".strip())
    return joined


def _is_vague(title: str) -> bool:
    return fold_title(title) in AMBIGUOUS


def _key(title: str) -> str:
    if not title or len(title) > LONGEST_TITLE:
        return ""
    return key_of(title)[0]


def _header_of_unknown_titles(top: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """Titles that we do not know stand right above the first rows that look like firms."""
    above: tuple[int, list[str]] = (0, [])
    for number, texts in top[:HEADER_ROWS]:
        if _is_telling(texts):
            return above
        above = (number, texts) if sum(bool(text) for text in texts) > FEWEST_TITLES else (0, [])
    return 0, []


def _guess(titles: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Guess]:
    kinds = [kind_of_column(cells) for cells in columns]
    keys: dict[int, tuple[str, str]] = {}
    by_title = [key_of(title) if title else ("", "") for title in titles]
    for index in sorted(range(len(titles)), key=lambda i: (_doubt(by_title[i], kinds[i]), i)):
        key, reason = by_title[index]
        if key and key not in _taken(keys) and not _contradicts(key, kinds[index], columns[index]):
            keys[index] = (key, reason)
    _tell_names(titles, kinds, keys)
    for index, (kind, _share) in enumerate(kinds):
        if kind in TITLES and index not in keys and kind not in _taken(keys):
            keys[index] = (kind, "content")
    for index, named in enumerate(by_title):
        if named[0] and index not in keys and named[0] not in _taken(keys):
            keys[index] = named  # contradicted, but nothing better is known
    return [
        Guess(i, title, *keys.get(i, ("", "")), samples=_samples(columns[i]))
        for i, title in enumerate(titles)
    ]


def _doubt(named: tuple[str, str], kind: tuple[str, float]) -> int:
    """Of two columns with the same title the one whose cells agree comes first."""
    key, reason = named
    return (0 if kind[0] == key else 1) + (0 if reason == "title" else 2)


def _taken(keys: Mapping[int, tuple[str, str]]) -> set[str]:
    return {key for key, _reason in keys.values()}


def _contradicts(key: str, kind: tuple[str, float], cells: Sequence[str]) -> bool:
    other, share = kind
    if key not in TELLING or other not in UNLIKE_OTHERS or other == key or share < CONTRADICTED:
        return False
    if {key, other} == {"nik", "npwp"}:
        return False  # a person's NPWP is the NIK; exchanged cells are told row by row
    return sum(map(bool, cells)) >= FEWEST_TO_CONTRADICT


def _tell_names(
    titles: Sequence[str],
    kinds: Sequence[tuple[str, float]],
    keys: dict[int, tuple[str, str]],
) -> None:
    """`Nama` alone is the firm or its owner: what is left over tells, or what the cells hold."""
    vague = [i for i, title in enumerate(titles) if fold_title(title) in AMBIGUOUS]
    free = [key for key in AMBIGUOUS["nama"] if key not in _taken(keys)]
    if len(vague) == 1 and len(free) == 1:
        keys[vague[0]] = (free[0], "title")
        return
    for index in sorted(vague, key=lambda i: (kinds[i][0] != "name", i)):
        if free:
            keys[index] = (free.pop(0), "content")


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    filled = dict.fromkeys(cell[:LONGEST_SAMPLE] for cell in cells if cell)
    return tuple(islice(filled, SAMPLES))


def _is_sure(guesses: Sequence[Guess], columns: Sequence[Sequence[str]]) -> bool:
    by_title = {g.key for g in guesses if g.reason in BY_TITLE}
    if not by_title.issuperset(NEEDED):
        return False
    if any(g.key in TELLING and g.reason == "content" for g in guesses):
        return False
    return not any(_is_left_out(guess, guesses, columns[guess.index]) for guess in guesses)


def _is_left_out(guess: Guess, guesses: Sequence[Guess], cells: Sequence[str]) -> bool:
    """A second column with cells of its own under the title of one that is taken."""
    if guess.key or not any(cells):
        return False
    key = _key(guess.title)
    return bool(key) and any(
        g.key == key and fold_title(g.title) == fold_title(guess.title) for g in guesses
    )


def _is_told_by_content(guesses: Sequence[Guess]) -> bool:
    return len({g.key for g in guesses if g.key in TELLING}) >= FEWEST_TITLES


def _resolve(mapping: Asked, titles: Sequence[str]) -> dict[str, int]:
    """A mapping by index, title or the letter of the column, as indexes."""
    folded = [fold_title(title) for title in titles]
    places: dict[str, int] = {}
    for key, said in mapping.items():
        if isinstance(said, int):
            index = said
        elif fold_title(said) in folded:
            index = folded.index(fold_title(said))
        else:
            index = _of_letter(said)
        if key in TITLES and 0 <= index < len(titles):
            places[key] = index
    return places


def _of_letter(letters: str) -> int:
    if not re.fullmatch(r"[A-Za-z]{1,2}", letters):
        return -1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _placed(guesses: Sequence[Guess], places: Mapping[str, int], reason: str) -> list[Guess]:
    keys = {index: key for key, index in places.items()}
    return [
        Guess(g.index, g.title, keys.get(g.index, ""), reason if g.index in keys else "", g.samples)
        for g in guesses
    ]
