"""Understands what a deed says about its capital, whatever words stand around the sums.

Each sum is told apart by its own clause: the price of one share, the part of one founder, or a
whole; so few words have to be known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading.findings import Finding
from documents.reading.money import Money, Number, counts, sums
from documents.reading.text import Script

_LEAST = 10_000  # rupiah: a smaller capital is a sum cut short by a bad reading
_WORDS_BY_EYE = 1.4  # words outweigh digits: a smeared letter leaves them readable
_REACH = 420  # letters after ``modal dasar`` in which its sum stands
_REACH_PAID = 900  # a list of founders may come before their total
_NEAR = 160  # letters between ``modal`` alone and the first sum
_AUTHORIZED = re.compile(r"(?<!\bdari\s)(?<!terhadap\s)\bm[oa0]d[oa]l\s+dasar\b", re.IGNORECASE)
_ALONE = re.compile(
    r"(?<!pasar )\bmodal\b(?!\s+(?:awal|sendiri|pinjaman|kerja|ventura|dasar|penyertaan))"
    r"|\binbreng\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:di(?:tempatkan|setor(?:kan)?)|(?:di|meng)ambil\s+bagian|menyetor(?:kan)?|penyetoran)\b",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"\bmodal\s+dasar\W+(?:modal\s+)?ditempatkan\W+(?:(?:dan\s+)?(?:modal\s+)?disetor\W*)?\n",
    re.IGNORECASE,
)
_THEN_PAID = re.compile(r"[\s,]*(?:(?:yang|dan|telah|sudah|seluruhnya)\s+)*\Z", re.IGNORECASE)
_UNDECIDED = re.compile(r"tidak\s+(?:di)?(?:tentu|tetap|sebut|nyata)\w*", re.IGNORECASE)
_ARTICLE = re.compile(r"\n\W*pasal\s+\w+\W*(?:\n|(?-i:[A-Z]))", re.IGNORECASE)
_ONE_SHARE = re.compile(
    r"masing.{0,3}masing|\b(?:per|se?tiap|tiap|satu)\W{1,2}(?:tiap\W)?(?:helai|lembar|buah|saham)"
    r"|\btiap.{1,3}tiap\b|@",
    re.IGNORECASE,
)
_NOMINAL = re.compile(r"\b(?:ber)?nominal\b|\bharga\b", re.IGNORECASE)
_IN_ALL = re.compile(
    r"\b(?:ke)?seluruh\w*|\b(?:ber|se)?jumlah\b(?![^.;]{0,45}\bsaham)|\btotal\b|\batau\s+se\w+",
    re.IGNORECASE,
)
_OF_EACH = re.compile(
    r"\W{0,4}(?:untuk\s+)?(?:per|se?tiap|tiap)\b(?:\W(?:tiap\b|satu\b|helai\b|lembar\b|buah\b|saham\w*))*"
    r"(?!\W*(?:\w+\s+){0,2}(?:(?:ber)?(?:nilai|nominal)|harga|sebesar|@))",
    re.IGNORECASE,
)
_FOUNDER = re.compile(
    r"\b(?i:Tuan|Nyonya|Nona|Tn|Ny|Nn|Sdri?)\b|\b[A-Z']{3,} [A-Z']{3,}\b|"
    r"\b(?i:(?:per?sero|sekutu)\s+(?:aktif|pasif|kom\w+|pengurus)|masing\W+masing)\b"
)
_RAISED = re.compile(r"\b(?:semula|dari)\b.*?(?<!bagi )\bmenjadi\b", re.IGNORECASE | re.DOTALL)
_CLASSES = re.compile(r"\bsaham\s+(?:seri|kelas|klas|biasa|preferen)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shares:
    """How many shares of what price make the authorised capital, as printed."""

    count: Number
    price: Number


def capitals(script: Script) -> Iterator[Finding]:
    """Find authorised and paid-up capital, each in digits and in words where printed."""
    whole, paid = _in_columns(script.text) or (
        _authorized(script.text) or _of_partners(script.text),
        _paid(script.text),
    )
    for field, found in (("authorized_capital", whole), ("paid_up_capital", paid)):
        if found and (shown := found.shown):
            yield Finding(field, shown.value, shown.start, shown.end, "digits", 1.1)
        if found and (said := found.said):
            is_sharp = script.is_from_layer(said.start, said.end)
            weight = 1.0 if is_sharp else _WORDS_BY_EYE
            yield Finding(field, said.value, said.start, said.end, "words", weight)


def shares(text: str) -> Shares | None:
    """Find number and price of the shares; nothing where there are several kinds of them."""
    for anchor in (*_AUTHORIZED.finditer(text), *_ALONE.finditer(text)):
        start, until = _clause(text, anchor)
        if _whole(text, start, until) is not None:
            return _shares(text, start, until)
    return None


def _shares(text: str, start: int, until: int) -> Shares | None:
    """The last number before the price belongs to it, else the first one after it."""
    prices = [one.shown for one in _prices(text, start, until) if one.shown]
    if len({one.value for one in prices}) != 1 or _CLASSES.search(text, start, until):
        return None
    price = prices[0]
    found = list(counts(text, start, until))
    if not found:
        return None
    before = [one for one in found if one[0].start < price.start]
    count, said = before[-1] if before else found[0]
    return Shares(count, price) if said in (None, count.value) else None


def _in_columns(text: str) -> tuple[Money, Money] | None:
    """Read a table whose head names the capitals and whose next line has the sums."""
    head = _COLUMNS.search(text)
    found = sums(text, head.end(), head.end() + _NEAR) if head else []
    return (found[0], found[-1]) if len(found) in (2, 3) else None


def _authorized(text: str) -> Money | None:
    for anchor in _AUTHORIZED.finditer(text):
        start, until = _clause(text, anchor)
        is_open = _UNDECIDED.search(text, start, min(until, start + _NEAR))
        if not is_open and (found := _whole(text, start, until)):
            return found
    return None


def _of_partners(text: str) -> Money | None:
    """Find the capital of a firm that calls it only ``modal``."""
    for anchor in _ALONE.finditer(text):
        start, until = _clause(text, anchor)
        if _UNDECIDED.search(text, max(0, anchor.start() - 30), min(until, start + _NEAR)):
            continue
        found = _whole(text, start, until)
        if found and next(iter(sums(text, start, until))).start - start <= _NEAR:
            return found
    return None


def _clause(text: str, anchor: re.Match[str]) -> tuple[int, int]:
    """Give what is said of a capital, up to what is said of its payment or the next article."""
    return anchor.end(), _until(text, anchor.end(), _REACH, _PAID)


def _until(text: str, start: int, reach: int, *stops: re.Pattern[str]) -> int:
    until = min(len(text), start + reach)
    for stop in (_ARTICLE, *stops):
        if found := stop.search(text, start, until):
            until = found.start()
    return until


def _paid(text: str) -> Money | None:
    """Find the paid-up capital: before ``telah disetor``, or after it, past its founders."""
    for anchor in _PAID.finditer(text):
        since = max(0, anchor.start() - _NEAR)
        before = sums(text, since, anchor.start())
        if (
            before
            and before[-1] not in _prices(text, since, anchor.start())
            and _THEN_PAID.match(text[before[-1].end : anchor.start()])
        ):
            return before[-1]
        start = anchor.end()
        if found := _whole(text, start, _until(text, start, _REACH_PAID, _AUTHORIZED)):
            return found
    return None


def _prices(text: str, start: int, until: int) -> list[Money]:
    found = sums(text, start, until)
    ends = [start, *(one.end for one in found)]
    return [one for one, end in zip(found, ends, strict=False) if _is_price(text, end, one)]


def _whole(text: str, start: int, until: int) -> Money | None:
    """Take the first sum that is neither the price of a share nor one founder's part."""
    prices = _prices(text, start, until)
    found = [one for one in sums(text, start, until) if one.value >= _LEAST and one not in prices]
    if not found:
        return None
    raised = _RAISED.search(text, start, until)
    if raised and found[0].start < raised.end() < found[-1].start:
        found = [one for one in found if one.start > raised.end()]
    ends = [start, *(one.end for one in found)]
    own = [
        one
        for one, end in zip(found, ends, strict=False)
        if not _FOUNDER.search(text, end, one.start)
    ]
    return (own or found)[0]


def _is_price(text: str, end_before: int, one: Money) -> bool:
    """Say whether a sum is the price of one share, by the words next to it on either side."""
    if _OF_EACH.match(text, one.end):
        return True
    before = text[max(end_before, one.start - 90) : one.start]
    summed = max((match.end() for match in _IN_ALL.finditer(before)), default=-1)
    priced = max((match.end() for match in _ONE_SHARE.finditer(before)), default=-1)
    return priced > summed or (summed < 0 and bool(_NOMINAL.search(before)))
