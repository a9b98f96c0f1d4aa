"""Understands numbers as deeds write them: in digits, in words, in both.

The words are the stronger half: one wrong letter leaves them readable, one wrong digit is
another number. Glued words (``duaribu``) and single wrong letters are common.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from documents.reading.lexicon import is_fixed, look_folded

D = r"[0-9OolI|SB]"  # a printed digit, or a letter that a bad reading makes of one
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
_TIMES = ("belas", "puluh", "ratus")
_MILLIONS = ("seribu", "sejuta")
_NUMBER_WORDS = (*_UNITS, *_WHOLE, *_SCALES, *_TIMES)
_BY_LENGTH = sorted(_NUMBER_WORDS, key=len, reverse=True)
_LOOKALIKE = str.maketrans("OoQDlI|!iSsBZzGg", "0000111115582266"[:16])
_BY_LOOK = {look_folded(word): word for word in _NUMBER_WORDS}
_LETTERLIKE = str.maketrans("01|5", "olls")


def digits(text: str) -> str:
    """Give the digits of a printed number, letters that look like digits taken as such."""
    return re.sub(r"\D", "", text.translate(_LOOKALIKE))


def mended_code(text: str) -> str:
    """Put digits for the letters that look like them beside digits, as in ``AH.02.O1``."""
    for letters, digit in (("OoQ", "0"), ("lI|", "1"), ("S", "5"), ("B", "8")):
        text = re.sub(rf"(?<=\d)[{letters}](?=[\d.\s-])|(?<=[.\s-])[{letters}](?=\d)", digit, text)
    return text


def amount(text: str) -> int | None:
    """Read ``1.000.000,-`` or ``1.000.000,00`` as whole rupiah."""
    whole = re.sub(r",(?:\d{2}|-+)?\W*$", "", text.strip())
    found = digits(whole)
    return int(found) if found else None


def in_words(text: str) -> int | None:
    """Read a number written in words; None when a part of it is no number word, or is missing."""
    pieces = split_words(text)
    if not pieces or not _is_whole(pieces):
        return None
    total, below_thousand, unit = 0, 0, 0
    for piece in pieces:
        if piece in _UNITS:
            unit = _UNITS[piece]
        elif piece in ("sepuluh", "sebelas", "seratus"):
            below_thousand, unit = below_thousand + unit + _WHOLE[piece], 0
        elif piece in _TIMES:
            times = {"belas": unit + 10, "puluh": unit * 10, "ratus": unit * 100}[piece]
            below_thousand, unit = below_thousand + times, 0
        elif piece in ("seribu", "sejuta"):
            total += _WHOLE[piece]
        else:
            total += (below_thousand + unit) * _SCALES[piece]
            below_thousand, unit = 0, 0
    return total + below_thousand + unit


def spelled(number: int) -> list[str]:
    """Give the words of a whole number, as ``in_words`` reads them."""
    for scale, name in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")):
        if number >= scale:
            many, rest = divmod(number, scale)
            head = ["seribu"] if (many, name) == (1, "ribu") else [*spelled(many), name]
            return [*head, *(spelled(rest) if rest else [])]
    units = list(_UNITS)
    if number < len(units):
        return [units[number]]
    if number < 20:
        return {10: ["sepuluh"], 11: ["sebelas"]}.get(number, [units[number % 10], "belas"])
    size, name = (100, "ratus") if number >= 100 else (10, "puluh")
    many, rest = divmod(number, size)
    head = ["seratus"] if (many, name) == (1, "ratus") else [units[many], name]
    return [*head, *(spelled(rest) if rest else [])]


def _is_whole(pieces: list[str]) -> bool:
    """Notice a lost word: two units in a row, or a scale with nothing to multiply."""
    before = ""
    for piece in pieces:
        if piece in _UNITS and before in _UNITS:
            return False
        if piece in _TIMES and before not in _UNITS:
            return False
        if piece in _SCALES and (not before or before in _SCALES or before in _MILLIONS):
            return False
        before = piece
    return True


def split_words(text: str) -> list[str]:
    """Split a phrase into number words, glued ones apart; [] when a part is none."""
    plain = text.lower().translate(_LETTERLIKE)
    if whole := _exactly(re.sub(r"[^a-z]", "", plain)):
        return list(whole)
    pieces: list[str] = []
    for word in re.findall(r"[a-z]+", plain):
        found = _unglued(word)
        if not found:
            return []
        pieces.extend(found)
    return pieces


def is_number_word(word: str) -> bool:
    """Say whether a word is made of number words only."""
    return bool(_unglued(re.sub(r"[^a-z]", "", word.lower().translate(_LETTERLIKE))))


@lru_cache(maxsize=4096)
def _exactly(word: str) -> tuple[str, ...]:
    """Split glued number words without a wrong letter."""
    for candidate in _BY_LENGTH:
        if not word.startswith(candidate):
            continue
        rest = word[len(candidate) :]
        tail = _exactly(rest) if rest else ()
        if tail or not rest:
            return (candidate, *tail)
    return ()


@lru_cache(maxsize=4096)
def _unglued(word: str) -> tuple[str, ...]:
    """Split glued number words of which the last, or one, may have a wrong letter."""
    if exact := _exactly(word):
        return exact
    if near := nearest(word):
        return (near,)
    for candidate in _BY_LENGTH:
        rest = word[len(candidate) :]
        if word.startswith(candidate) and rest and (tail := _unglued(rest)):
            return (candidate, *tail)
    return _unglued_near(word)


def _unglued_near(word: str) -> tuple[str, ...]:
    """Split glued words of which one has a wrong letter: ``duapuiuh``."""
    for candidate in _BY_LENGTH:
        if len(candidate) < 4 or len(word) < len(candidate) + 3:
            continue
        head, rest = word[: len(candidate)], word[len(candidate) :]
        if Levenshtein.distance(head, candidate) == 1 and (tail := _unglued(rest)):
            return (candidate, *tail)
    return ()


def nearest(word: str) -> str:
    """Give the one number word that a misread word must be, or nothing."""
    if len(word) < 3 or is_fixed(word):
        return ""
    if alike := _BY_LOOK.get(look_folded(word)):
        return alike
    allowed = 1 if len(word) < 7 else 2
    found = [name for name in _NUMBER_WORDS if Levenshtein.distance(word, name) <= allowed]
    if len(found) > 1:
        found = [name for name in found if Levenshtein.distance(word, name) == 1]
    return found[0] if len(found) == 1 else ""
