"""Finds the numbers of a paper: capital, decrees, NIB and NPWP."""

import re
from collections.abc import Iterator

from documents.reading.findings import Finding
from documents.reading.numerals import D, amount, digits, in_words, mended_code
from documents.reading.text import Script

_SUM = rf"{D}(?:{D}|\s?[.,](?:\s?(?={D}{{3}}))?|\s(?=\d{{3}}))*-*"
_RUPIAH = re.compile(rf"\bR\s?[pP]\W{{0,4}}({_SUM})[^\w(]{{0,6}}(?:\(\s*([^()]{{4,190}})\))?")
_WORDS_BEFORE = re.compile(r"([a-z\s]{8,190}?)\s+rupiah\W{0,4}$", re.IGNORECASE)
LEAST_CAPITAL = 10_000  # rupiah: less is a sum cut short by a bad reading
_AUTHORIZED = re.compile(r"(?<!dari )(?<!dari\n)\bm[oa0]d[oa]l\s+dasar\b", re.IGNORECASE)
_PARTNERS = re.compile(
    r"\bmodal\b(?!\s+(?:awal|sendiri|pinjaman))(?:(?!disetor|ditempatkan)[^.;]){0,90}?"
    r"\b(?:berjumlah|sebesar|adalah|ditetapkan|sejumlah|seluruhnya|terdiri|senilai|ialah|yaitu|yakni"
    r"|sebanyak|mencapai|bernilai|Rp)",
    re.IGNORECASE,
)
_WEALTH = re.compile(r"\bkekayaan\s+(?:awal|yayasan)\b", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:modal\s+(?:yang\s+)?(?:telah\s+)?(?:ditempatkan\s+(?:dan|/)\s+)?disetor|"
    r"(?:telah\s+)?(?:ditempatkan|diambil(?:\s+bagian)?)\s+(?:dan|serta)\s+(?:telah\s+)?disetor|"
    r"disetor\s+(?:penuh|tunai)|modal\s+ditempatkan)\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(r"tidak\s+(?:ditentukan|ditetapkan)", re.IGNORECASE)
_ONE_SHARE = re.compile(r"nominal|masing.{0,3}masing|per\s+saham|setiap\s+saham", re.IGNORECASE)
_IN_ALL = re.compile(r"seluruhnya|jumlah\w*|total|sebesar|yaitu", re.IGNORECASE)
_REACH = 420
SHARES = re.compile(
    r"(?:(?:ter|di)bagi\s+(?:atas|menjadi|(?:ke\s*)?dalam)|sebanyak|sejumlah|terdiri\s+(?:atas|dari))"
    r"\s+([\d.]+)\s.{0,80}?saham.{0,90}?"
    r"(?:nominal|berharga|(?:ber|se)?nilai|harga)\D{0,40}?R\s?[pP]\W{0,3}([\d.]+\d{3})",
    re.IGNORECASE | re.DOTALL,
)
_SK_AHU = re.compile(
    rf"\b([A4]HU\W{{0,3}}A?{D}{{5,7}}\W{{0,3}}A[HN]\W{{0,3}}{D}{{2}}\W{{0,3}}{D}{{2}}\W{{0,3}}"
    rf"(?:(?:TAHUN|TH\w?)\W{{0,3}})?{D}{{4}})",
    re.IGNORECASE,
)
_NOTARYS_OWN = re.compile(rf"A[HN]\W{{0,3}}{D}2\W{{0,3}}", re.IGNORECASE)
_NIB = re.compile(
    rf"\b(?:nomor\s+induk\s+berusaha|NIB)\b\W{{0,6}}(?:NIB\b)?\W{{0,8}}(?:nomor\W{{1,4}})?"
    rf"((?:{D}[ .-]?){{12}}{D})(?!\d)",
    re.IGNORECASE,
)
_NPWP = re.compile(
    rf"\b(?:N\.?P\.?W\.?P\b\.?(?:\s*1[56])?(?:\s*digit)?|nomor\s+pokok\s+wajib\s+pajak(?:\s*\(NPWP\))?)(?:\s+(?:baru|lama|badan|perusahaan|perseroan))?\W{{0,8}}"
    rf"({D}{{2}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}\W{{0,3}}{D}{{3}}\W{{0,2}}{D}{{3}}{D}?|(?:{D}\s?){{15,16}})(?!\d)",
    re.IGNORECASE,
)


_POINTED = re.compile(
    rf"(?<![\d.])({D}{{2}}\.{D}{{3}}\.{D}{{3}}\.{D}\s?-\s?{D}{{3}}\.{D}{{3}})(?!\d)"
)


def capitals(script: Script) -> Iterator[Finding]:
    """Find authorised and paid-up capital, each in digits and in words where printed."""
    whole = list(_capital(script, "authorized_capital", _AUTHORIZED, _PAID))
    if not whole:
        whole = list(_capital(script, "authorized_capital", _PARTNERS, _PAID))
    yield from whole
    yield from _capital(script, "paid_up_capital", _PAID, None)


def _capital(
    script: Script, field: str, anchor: re.Pattern[str], stop: re.Pattern[str] | None
) -> Iterator[Finding]:
    text = script.text
    for match in anchor.finditer(text):
        until = min(len(text), match.end() + _REACH)
        if stop and (other := stop.search(text, match.end(), until)):
            until = other.start()
        if _UNDECIDED.search(text, match.end(), min(until, match.end() + 160)):
            continue
        sums = [one for one in _RUPIAH.finditer(text, match.end(), until) if _is_sum(one)]
        if chosen := _chosen(text, match.end(), sums):
            yield from _sum(script, field, chosen)
            return


def _is_sum(found: re.Match[str]) -> bool:
    return (amount(found[1]) or 0) >= LEAST_CAPITAL or bool(found[2] and _said(found[2]))


def _chosen(text: str, start: int, sums: list[re.Match[str]]) -> re.Match[str] | None:
    """Take the sum of all shares, not the value of one."""
    raised = re.search(r"\bmenjadi\b", text[start : sums[-1].start()]) if sums else None
    if raised and re.search(r"\bsemula\b|\bdari\b", text[start : start + raised.start()]):
        sums = [one for one in sums if one.start() > start + raised.start()]
    whole = []
    for one in sums:
        before = text[max(start, one.start() - 45) : one.start()]
        named = [match.end() for match in _ONE_SHARE.finditer(before)]
        total = [match.end() for match in _IN_ALL.finditer(before)]
        is_one = named and "seluruhnya" not in before.lower() and "jumlah" not in before.lower()
        if not is_one or (total and named and total[-1] < named[0] < 0):
            whole.append(one)
    return whole[0] if whole else None


def _said(words: str) -> int | None:
    return in_words(re.sub(r"\W*rup\w+\W*$", "", words.strip(), flags=re.IGNORECASE))


def _sum(script: Script, field: str, found: re.Match[str]) -> Iterator[Finding]:
    shown = amount(found[1])
    if shown and shown >= LEAST_CAPITAL and is_well_grouped(found[1]):
        yield Finding(field, shown, found.start(1), found.end(1), "digits", 1.1)
    if found[2] and (said := _said(found[2])):
        yield Finding(field, said, found.start(2), found.end(2), "words")
        return
    window = max(0, found.start() - 200)
    before = _WORDS_BEFORE.search(script.text[window : found.start()])
    if before and (told := _last_words(before[1])):
        end = window + before.end(1)
        yield Finding(field, told[0], end - told[1], end, "words")


def _last_words(text: str) -> tuple[int, int] | None:
    """Read the longest run of number words at the end of a text, with its length."""
    starts = [match.start() for match in re.finditer(r"\b[a-z]", text, re.IGNORECASE)]
    for start in starts:
        said = in_words(text[start:])
        if said and said >= LEAST_CAPITAL:
            return said, len(text) - start
    return None


def is_well_grouped(raw: str) -> bool:
    """Say whether the thousands of a printed number are whole groups of three."""
    whole = re.sub(r",(?:-+|\d{2})?$", "", raw.strip()).rstrip(" .,")
    parts = re.split(r"[.,\s]+", whole)
    return len(parts) == 1 or all(len(part) == 3 for part in parts[1:])


def law_decrees(script: Script) -> Iterator[Finding]:
    """Find the decree or registration letter of the ministry of law."""
    for match in _SK_AHU.finditer(script.text):
        if _NOTARYS_OWN.search(match[1]):
            continue
        number = mended_code(re.sub(r"\s+", " ", match[1]).strip().upper())
        yield Finding("sk_ahu_number", number, match.start(1), match.end(1), "printed")


def business_numbers(script: Script) -> Iterator[Finding]:
    """Find the NIB, thirteen digits."""
    for match in _NIB.finditer(script.text):
        yield Finding("nib", digits(match[1]), match.start(1), match.end(1), "printed")


def tax_numbers(script: Script) -> Iterator[Finding]:
    """Find the NPWP, fifteen or sixteen digits, after its label or by its points alone."""
    found = list(_NPWP.finditer(script.text)) or list(_POINTED.finditer(script.text))
    for match in found:
        number = digits(match[1])
        if len(number) in (15, 16):
            yield Finding("npwp", number, match.start(1), match.end(1), "printed")
