"""Reads sums of money with the words beside them: ``Rp. 1.000,- (seribu rupiah)`` either way round.

A sum needs no ``Rp``: ``rupiah`` behind it, or in its words, tells as much.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading.numerals import D, amount, in_words

_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_DIGITS = rf"{D}(?:{D}|\s?[.,](?:\s?(?={D}{{3}}))?|\s(?=\d{{3}}))*-*"
_GROUPED = rf"\d{{1,3}}(?:\s?[.,]\s?{D}{{3}})+(?:,-+|,\d\d(?!\d))?"
_MONEY = re.compile(
    rf"(?:\b(?:R\s?p|IDR)\W{{0,4}}({_DIGITS})|(?<![\w.,/-])({_GROUPED}))"
    r"(?:\s*(ribu|juta|mil[iy]ar|triliun)\b)?[^\w(\[]{0,6}"
    r"(?:[(\[]\s*([^()\[\]]{4,190})[)\]]|terbilang\W{0,3}([a-z\s-]{4,190}?)\s+rupiah\b)?"
    r"(?:[^\w(]{0,4}(rupiah)\b)?",
    re.IGNORECASE,
)
_RUPIAH = re.compile(r"\brupiah\b", re.IGNORECASE)
_BEFORE = re.compile(r"([a-z\s-]{4,190}?)\s+rupiah\W{0,4}$", re.IGNORECASE)
_LONGEST = 200  # letters of a sum in words
_LEAST = 100  # rupiah: no share is worth less


@dataclass(frozen=True)
class Number:
    """A number and where it stands in the running text."""

    value: int
    start: int
    end: int


@dataclass(frozen=True)
class Money:
    """A printed sum: in digits, in words or both, and where it begins and ends."""

    start: int
    end: int
    shown: Number | None
    said: Number | None

    @property
    def value(self) -> int:
        """The sum in rupiah, by its digits where they can be read."""
        best = self.shown or self.said
        return best.value if best else 0


def sums(text: str, start: int, until: int) -> list[Money]:
    """Give the sums printed in text[start:until], in their order."""
    shown = [one for match in _MONEY.finditer(text, start, until) if (one := _shown(text, match))]
    said = [
        one
        for match in _RUPIAH.finditer(text, start, until)
        if not any(other.start <= match.start() <= other.end for other in shown)
        and (one := _said_alone(text, start, match))
    ]
    return sorted(shown + said, key=lambda one: one.start)


def _shown(text: str, match: re.Match[str]) -> Money | None:
    group = 1 if match[1] else 2
    words = 4 if match[4] else 5
    said = _number_in_words(match[words], match.start(words)) if match[words] else None
    if group == 2 and not match[6] and "rup" not in (match[4] or "rup" * bool(match[5])).lower():
        return None
    start = match.start()
    if said is None and (before := _words_before(text, start)):
        said, start = before, before.start
    number = _scaled(match[group], match[3])
    shown = Number(number, *match.span(group)) if number >= _LEAST else None
    end = match.start() + len(match[0].rstrip(" \n\t;:.,"))
    return Money(start, end, shown, said) if shown or said else None


def _scaled(raw: str, scale: str | None) -> int:
    """Read the digits; 0 where a point was misread, so that the groups are not of three."""
    if scale:
        whole, _, part = raw.replace(".", ",").partition(",")
        times = _SCALES[scale.lower()]
        return int(f"{whole}{part[:3]:0<3}") * times // 1000 if whole.isdigit() else 0
    return (amount(raw) or 0) if is_well_grouped(raw) else 0


def is_well_grouped(raw: str) -> bool:
    """Say whether the thousands of a printed number are whole groups of three."""
    whole = re.sub(r",(?:-+|\d{2})?$", "", raw.strip()).rstrip(" .,")
    parts = re.split(r"[.,\s]+", whole)
    return len(parts) == 1 or all(len(part) == 3 for part in parts[1:])


def _number_in_words(words: str, start: int) -> Number | None:
    plain = re.sub(r"\W*rup\w+\W*$", "", words, flags=re.IGNORECASE)
    said = in_words(plain.strip())
    return Number(said, start, start + len(words)) if said else None


def _words_before(text: str, start: int) -> Number | None:
    """Read ``seratus juta rupiah`` where it stands before ``(Rp. 100.000.000,-)``."""
    window = max(0, start - _LONGEST)
    before = _BEFORE.search(text[window:start])
    return _last_words(before[1], window + before.end(1)) if before else None


def _said_alone(text: str, start: int, rupiah: re.Match[str]) -> Money | None:
    window = max(start, rupiah.start() - _LONGEST)
    said = _last_words(text[window : rupiah.start()].rstrip(), rupiah.start() - 1)
    return Money(said.start, rupiah.end(), None, said) if said else None


def _last_words(text: str, end: int) -> Number | None:
    """Read the longest run of number words at the end of a text that ends at ``end``."""
    run = re.search(r"[A-Za-z\s-]*$", text)
    tail = run[0] if run else ""
    for match in re.finditer(r"\b[a-z]", tail, re.IGNORECASE):
        said = in_words(tail[match.start() :])
        if said and said >= _LEAST:
            return Number(said, end - len(tail) + match.start(), end)
    return None


def counts(text: str, start: int, until: int) -> Iterator[tuple[Number, int | None]]:
    """Give each number of shares in text[start:until], with the number its words say."""
    for match in _COUNT.finditer(text, start, until):
        group = 1 if match[1] else 3
        if is_well_grouped(match[group]) and (value := amount(match[group])):
            said = in_words(match[group + 1]) if match[group + 1] else None
            yield Number(value, *match.span(group)), said


_COUNT = re.compile(
    r"(?<![\w.,])\(?(\d[\d.]*)\)?\s*(?:[(\[]([a-z\s-]+)[)\]]\s*)?"
    r"(?:(?:lembar|helai|buah|unit)\b\s*(?:saham\b)?|saham\b)|"
    r"\bsaham\b(?:\W{1,3}saham)?(?:[^\d.;]{0,20}\b(?:sebanyak|sejumlah|berjumlah)|\s*:)\s+"
    r"(\d[\d.]*)\s*(?:[(\[]([a-z\s-]+)[)\]])?",
    re.IGNORECASE,
)
