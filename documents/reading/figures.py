"""Finds the numbers of a paper: capital, fields of business, decrees, NIB and NPWP."""

import re
from collections.abc import Iterator

from documents.reading.dates import all_dates
from documents.reading.fields import D
from documents.reading.findings import Finding
from documents.reading.numerals import amount, digits, in_words
from documents.reading.text import Script

_RUPIAH = re.compile(
    rf"Rp\W{{0,3}}({D}(?:{D}|\s?[.,](?:\s?(?={D}{{3}}))?|\s(?=\d{{3}}))*-*)[^\w(]{{0,6}}(?:\(([^()]{{4,160}})\))?"
)
LEAST_CAPITAL = 10_000  # rupiah: less is a sum cut short by a bad reading
_AUTHORIZED = re.compile(r"\bmodal\s+dasar\b", re.IGNORECASE)
_PARTNERS = re.compile(
    r"\bmodal\s+(?:perseroan|persekutuan|koperasi|usaha)\b[^.;]{0,40}?"
    r"\b(?:berjumlah|sebesar|adalah|ditetapkan)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:modal\s+disetor|(?:telah\s+)?(?:ditempatkan|diambil)\s+dan\s+disetor|disetor\s+penuh)\b",
    re.IGNORECASE,
)
_KBLI = (
    re.compile(rf"\bKBLI\b\W{{0,4}}(?:20\d\d\W{{1,3}})?((?:{D}\s?){{4}}{D})(?!\d)"),
    re.compile(rf"(?:^|\n)\W*(?:\d{{1,2}}|[a-z])[.),]\s*({D}{{5}})\s(?=\W{{0,3}}[A-Z])"),
    re.compile(rf"(?:^|\n)\W*({D}{{5}})\s?[-–:]\s(?=\W{{0,3}}[A-Z])"),
)
_KBLI_LISTED = re.compile(rf"(?:^|\n)\W*({D}{{5}})\s(?:[-–:]\s)?(?=[A-Z][a-z])")
_SK_NOTARY = re.compile(
    rf"\b(AHU\W{{0,3}}{D}{{3,7}}\W{{0,3}}AH\W{{0,2}}02\W{{0,2}}01\W{{0,3}}(?:TAHUN|TH)\W{{0,3}}{D}{{4}}|"
    rf"C\W{{0,2}}{D}{{2,6}}\W{{0,2}}HT\W{{0,2}}03\W{{0,2}}01\W{{0,3}}(?:TAHUN|TH)\W{{0,3}}{D}{{4}})",
    re.IGNORECASE,
)
_SK_AHU = re.compile(
    rf"\b(AHU\W{{0,3}}A?{D}{{5,7}}\W{{0,3}}AH\W{{0,2}}01\W{{0,2}}{D}{{2}}\W{{0,3}}"
    rf"(?:(?:TAHUN|TH)\W{{0,3}})?{D}{{4}})",
    re.IGNORECASE,
)
_NIB = re.compile(
    rf"\b(?:nomor\s+induk\s+berusaha|NIB)\b\W{{0,10}}((?:{D}[ .]?){{12}}{D})(?!\d)", re.IGNORECASE
)
_NPWP = re.compile(
    rf"\b(?:NPWP(?:\s*1[56])?|nomor\s+pokok\s+wajib\s+pajak)\b\W{{0,6}}"
    rf"({D}{{2}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}\W{{0,3}}{D}{{3}}\W{{0,2}}{D}{{3}}{D}?|(?:{D}\s?){{15,16}})(?!\d)",
    re.IGNORECASE,
)


def capitals(script: Script) -> Iterator[Finding]:
    """Find authorised and paid-up capital, each in digits and in words where printed."""
    for field, anchor, reach in (
        ("authorized_capital", _AUTHORIZED, 140),
        ("paid_up_capital", _PAID, 260),
        ("authorized_capital", _PARTNERS, 90),
    ):
        for match in anchor.finditer(script.text):
            found = _RUPIAH.search(script.text, match.end(), match.end() + reach + 200)
            if found and found.start() <= match.end() + reach:
                yield from _sum(field, found)
                break


def _sum(field: str, found: re.Match[str]) -> Iterator[Finding]:
    words = re.sub(r"\s*rupiah\s*$", "", (found[2] or "").strip(), flags=re.IGNORECASE)
    said, shown = in_words(words) if words else None, amount(found[1])
    if shown and shown >= LEAST_CAPITAL and is_well_grouped(found[1]):
        yield Finding(field, shown, found.start(1), found.end(1), "digits", 1.1)
    if said and said >= LEAST_CAPITAL:
        yield Finding(field, said, found.start(2), found.end(2), "words")


def is_well_grouped(raw: str) -> bool:
    """Say whether the thousands of a printed number are whole groups of three."""
    whole = re.sub(r",(?:-+|\d{2})$", "", raw.strip())
    parts = re.split(r"[.,\s]+", whole)
    return len(parts) == 1 or all(len(part) == 3 for part in parts[1:])


def kbli_codes(script: Script, *, is_listed: bool = False) -> list[Finding]:
    """Find the five-digit codes of the fields of business, in the order printed.

    ``is_listed``: the paper has a plain table of codes, a code at the head of each line.
    """
    found: dict[str, Finding] = {}
    for pattern in (*_KBLI, _KBLI_LISTED) if is_listed else _KBLI:
        for match in pattern.finditer(script.text):
            code = digits(match[1])
            if len(code) == 5 and sum(map(str.isdigit, match[1])) >= 3:
                found.setdefault(code, Finding("kbli", code, match.start(1), match.end(1), "code"))
    return sorted(found.values(), key=lambda one: one.start)


def notary_decrees(script: Script) -> Iterator[Finding]:
    """Find the decree that appointed the notary, and its date."""
    for match in _SK_NOTARY.finditer(script.text):
        number = re.sub(r"\s+", " ", match[1]).strip()
        yield Finding("notary_sk_number", number, match.start(), match.end(), "cover")
        found = all_dates(script.text[match.end() : match.end() + 50])
        for date in found[:1]:
            start, end = match.end() + date.start, match.end() + date.end
            yield Finding("notary_sk_date", date.day.isoformat(), start, end, "cover")
        return


def law_decrees(script: Script) -> Iterator[Finding]:
    """Find the decree or registration letter of the ministry of law."""
    for match in _SK_AHU.finditer(script.text):
        number = re.sub(r"\s+", " ", match[1]).strip().upper()
        yield Finding("sk_ahu_number", number, match.start(), match.end(), "printed")


def business_numbers(script: Script) -> Iterator[Finding]:
    """Find the NIB, thirteen digits."""
    for match in _NIB.finditer(script.text):
        yield Finding("nib", digits(match[1]), match.start(1), match.end(1), "printed")


def tax_numbers(script: Script) -> Iterator[Finding]:
    """Find the NPWP, fifteen or sixteen digits."""
    for match in _NPWP.finditer(script.text):
        number = digits(match[1])
        if len(number) in (15, 16):
            yield Finding("npwp", number, match.start(1), match.end(1), "printed")
