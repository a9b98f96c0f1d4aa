"""One set of patterns for what must not leave in free text, so that the log and a pack for auditors
hide the same: numbers of persons however people group them, and addresses of e-mail.

Digits are written together, or in groups with one space, dot or dash between. What is ten digits or
longer without a gap is hidden whatever it is; times, numbers of letters and amounts with points
stay.
"""

from __future__ import annotations

import re
from typing import Final

_GAP: Final = r"[ \u00a0.\-]"
_CODE: Final = rf"\(?\+?62\)?{_GAP}?"
_SHAPES: Final = (
    r"\d{10,}",
    # NPWP of 15 digits: 10.000.000.0-770.077
    rf"\d{{2}}{_GAP}?\d{{3}}{_GAP}?\d{{3}}{_GAP}?\d{_GAP}?\d{{3}}{_GAP}?\d{{3}}",
    # NIK by what it says (region, birthday, serial), and 16 digits by fours
    rf"(?:\d{{2}}{_GAP}?){{6}}\d{{4}}",
    rf"(?:\d{{4}}{_GAP}?){{3}}\d{{4}}",
    # mobile numbers, and landlines of Indonesia
    rf"(?:{_CODE}|0)[ .()\-]?8[1-9](?:[ \u00a0.()\-]{{0,2}}\d){{6,11}}",
    rf"(?:{_CODE}{_GAP}?|0)[2-7]\d{{1,2}}[ .)\-]{{0,2}}\d{{3,4}}{_GAP}?\d{{3,4}}",
)
#: What looks like one and is none: a fingerprint, and a fraction below one.
_FINGERPRINT: Final = r"(?<![\da-f])[\da-f]{32,}(?![\da-f])|(?<![\d.,])0[.,]\d+"
_NUMBER: Final = re.compile(rf"(?P<kept>{_FINGERPRINT})|(?<!\d)(?:{'|'.join(_SHAPES)})(?!\d)")
#: An address of e-mail; its host is group 1.
EMAIL: Final = re.compile(r"[\w.+-]+@([\w-]+\.[\w.-]*\w)")


def cover_numbers(text: str, mark: str) -> str:
    """Put ``mark`` where a number of a person stands, also within a name of a file."""
    return _NUMBER.sub(lambda found: found[0] if found["kept"] else mark, text)
