"""Understands numbers as deeds write them: in digits, in words, in both.

The words are the stronger half: one wrong letter leaves them readable, one wrong digit is
another number. Glued words (``duaribu``) and single wrong letters are common.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_UNITS = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 1_000_000}
_SCALES = {"ribu": 1000, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_NUMBER_WORDS = (*_UNITS, *_WHOLE, *_SCALES, "belas", "puluh", "ratus")
_BY_LENGTH = sorted(_NUMBER_WORDS, key=len, reverse=True)
_LOOKALIKE = str.maketrans("OoQDlI|!iSsBZzGg", "0000111115582266"[:16])


def digits(text: str) -> str:
    """Give the digits of a printed number, letters that look like digits taken as such."""
    return re.sub(r"\D", "", text.translate(_LOOKALIKE))


def amount(text: str) -> int | None:
    """Read ``1.000.000,-`` or ``1.000.000,00`` as whole rupiah."""
    whole = re.sub(r",(?:\d{2}|-+)?\W*$", "", text.strip())
    found = digits(whole)
    return int(found) if found else None


def in_words(text: str) -> int | None:
    """Read a number written in words; None when a part of it is no number word."""
    pieces = split_words(text)
    if not pieces:
        return None
    total, below_thousand, unit = 0, 0, 0
    for piece in pieces:
        if piece in _UNITS:
            unit = _UNITS[piece]
        elif piece in ("sepuluh", "sebelas", "seratus"):
            below_thousand, unit = below_thousand + unit + _WHOLE[piece], 0
        elif piece in ("belas", "puluh", "ratus"):
            times = {"belas": unit + 10, "puluh": unit * 10, "ratus": unit * 100}[piece]
            below_thousand, unit = below_thousand + times, 0
        elif piece in ("seribu", "sejuta"):
            total += _WHOLE[piece]
        else:
            total += (below_thousand + unit) * _SCALES[piece]
            below_thousand, unit = 0, 0
    return total + below_thousand + unit


def split_words(text: str) -> list[str]:
    """Split a phrase into number words, glued ones apart; [] when a part is none."""
    pieces: list[str] = []
    for word in re.findall(r"[a-z]+", text.lower()):
        found = _unglued(word)
        if not found:
            return []
        pieces.extend(found)
    return pieces


def is_number_word(word: str) -> bool:
    """Say whether a word is made of number words only."""
    return bool(_unglued(re.sub(r"[^a-z]", "", word.lower())))


@lru_cache(maxsize=4096)
def _unglued(word: str) -> tuple[str, ...]:
    if not word:
        return ()
    for candidate in _BY_LENGTH:
        if not word.startswith(candidate):
            continue
        rest = word[len(candidate) :]
        if not rest:
            return (candidate,)
        if tail := _unglued(rest):
            return (candidate, *tail)
    near = nearest(word)
    return (near,) if near else ()


def nearest(word: str) -> str:
    """Give the one number word that a misread word must be, or nothing."""
    if len(word) < 4:
        return ""
    allowed = 1 if len(word) < 7 else 2
    found = [name for name in _NUMBER_WORDS if Levenshtein.distance(word, name) <= allowed]
    return found[0] if len(found) == 1 else ""
