"""Finds the numbers by which offices know a firm: decrees, NIB and NPWP."""

import re
from collections.abc import Iterator

from documents.reading.findings import Finding
from documents.reading.numerals import D, digits, mended_code
from documents.reading.text import Script

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
    rf"\b(?:N\s?\.?P\s?\.?W\s?\.?P\.?(?:\s*1[56])?\b(?:\s*digit)?|nomor\s+pokok\s+wajib\s+pajak(?:\s*\(NPWP\))?)(?:\s+(?:baru|lama|badan|perusahaan|perseroan))?\W{{0,8}}"
    rf"({D}{{2}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}{{3}}\W{{0,2}}{D}\W{{0,3}}{D}{{3}}\W{{0,2}}{D}{{3}}{D}?|(?:{D}\s?){{15,16}})(?!\d)",
    re.IGNORECASE,
)


_POINTED = re.compile(
    rf"(?<![\d.])({D}{{2}}\.{D}{{3}}\.{D}{{3}}\.{D}\s?-\s?{D}{{3}}\.{D}{{3}})(?!\d)"
)


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
    """Find the NPWP, fifteen or sixteen digits, after its label or by its points alone.

    The sixteen digits of a firm are a zero and its fifteen: both printings say one number.
    """
    printed = (*_NPWP.finditer(script.text), *_POINTED.finditer(script.text))
    found = list({match.start(1): match for match in printed}.values())
    numbers = [digits(match[1]) for match in found]
    for match, number in zip(found, numbers, strict=True):
        if len(number) in (15, 16):
            value = number[1:] if number[0] == "0" and number[1:] in numbers else number
            yield Finding("npwp", value, match.start(1), match.end(1), "printed")
