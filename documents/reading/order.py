"""Decides which pages are read first, and which page follows which when photos come unsorted.

What an officer asks first stands on a deed's first and last pages, so these are read first; and
a person who photographs a deed page by page may send the pages in any order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading.kinds import kind_of

FIRST, LAST = 3, 2  # pages of a long document that are read before all others
HEAD = 4000  # letters of a page in which its signs are looked for
HEAD_OF_COVER = 600
LIKE = 88
_CLOSINGS = ("demikianlah akta ini", "diberikan sebagai salinan", "dibuat sebagai minuta")
_TITLE = re.compile(
    r"^\W*(?:salinan\W+)?akta\W+(?:pendirian|perubahan|pernyataan|berita)",
    re.IGNORECASE | re.MULTILINE,
)
_LETTERHEAD = re.compile(r"\W*N\s?O\s?T\s?A\s?R\s?I\s?S\b")
_PRINTED = re.compile(r"^\W*(?:hal(?:aman)?\W*)?(\d{1,3})\W*$", re.IGNORECASE)
_ARTICLE = re.compile(r"^\W*pasal\s+(\d{1,2})\b\W*$", re.IGNORECASE | re.MULTILINE)
_ANNEXES = ("sk_ahu", "nib", "npwp", "ktp")
_COVER, _OPENING, _MIDDLE, _CLOSING, _ANNEX = range(5)


@dataclass(frozen=True)
class _Signs:
    """What a page says of its own place in the deed."""

    part: int
    printed: int | None
    article: int | None


def first_answer_order(total: int) -> list[int]:
    """Give page numbers (from 0): cover and first pages, then the last ones, then the rest."""
    early = [*range(min(FIRST, total)), *range(max(0, total - LAST), total)]
    return list(dict.fromkeys([*early, *range(total)]))


def sentence_order(texts: Sequence[str]) -> list[int]:
    """Give page numbers in the order in which a person would lay the pages out.

    The order given is kept unless the pages contradict it. Else: cover, opening, then by the
    printed page numbers or the articles where every page between has one, the closing last, and
    papers of another kind behind the deed.
    """
    signs = [_signs(text) for text in texts]
    if _is_told_in_order(signs):
        return list(range(len(texts)))
    middle = [one for one in signs if one.part == _MIDDLE]
    keys = [(one.part, _place(one, middle)) for one in signs]
    return sorted(range(len(texts)), key=keys.__getitem__)


def _is_told_in_order(signs: Sequence[_Signs]) -> bool:
    """Say whether nothing that a page says of its place speaks against the order given."""
    deed = [one for one in signs if one.part != _ANNEX]
    told = (
        [one.part for one in signs if one.part != _MIDDLE],
        [one.article for one in deed if one.article is not None],
        [one.printed for one in deed if one.printed is not None],
    )
    return all(list(one) == sorted(one) for one in told) and _encloses(signs)


def _encloses(signs: Sequence[_Signs]) -> bool:
    """Pages with an article or a number stand between the opening and the closing."""
    parts = [one.part for one in signs]
    placed = [at for at, one in enumerate(signs) if one.part == _MIDDLE and one.article is not None]
    if not placed:
        return True
    opens = parts.index(_OPENING) if _OPENING in parts else -1
    closes = parts.index(_CLOSING) if _CLOSING in parts else len(parts)
    return opens < placed[0] and placed[-1] < closes


def _place(one: _Signs, middle: Sequence[_Signs]) -> int:
    """A place inside the middle of the deed; 0 keeps the order given."""
    if one.part != _MIDDLE:
        return 0
    for numbers in ([page.printed for page in middle], [page.article for page in middle]):
        if None not in numbers and len(set(numbers)) == len(numbers):
            return numbers[middle.index(one)] or 0
    return 0


def _signs(text: str) -> _Signs:
    lines = [line for line in text.splitlines() if line.strip()]
    edges = [match for line in (lines[:1] + lines[-1:]) if (match := _PRINTED.match(line))]
    article = _ARTICLE.search(text)
    return _Signs(
        part=_part(text),
        printed=int(edges[0][1]) if edges else None,
        article=int(article[1]) if article else None,
    )


def _part(text: str) -> int:
    plain = " ".join(text[:HEAD].lower().split())
    if len(plain) < len(_CLOSINGS[0]):
        return _MIDDLE
    if kind_of(text) in _ANNEXES:
        return _ANNEX
    if fuzz.partial_ratio("pada hari ini", plain) >= LIKE:
        return _OPENING
    if _TITLE.search(text[:HEAD_OF_COVER]) or (
        len(plain) < HEAD_OF_COVER and _LETTERHEAD.match(text)
    ):
        return _COVER
    if any(fuzz.partial_ratio(words, plain) >= LIKE for words in _CLOSINGS):
        return _CLOSING
    return _MIDDLE
