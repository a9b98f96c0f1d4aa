"""Texts that break programs, made rather than copied: every kind of trouble in every dress.

Formulas, marks of other languages, numbers that are none, names that mean something to a machine,
letters that are not seen, that stack, that run from right to left, that do not exist.
"""

from __future__ import annotations

from itertools import product
from typing import Final

_FORMULAS: Final = [
    f"{before}{mark}{call}"
    for before, mark, call in product(
        ("", " ", "\t", "\r", "\u00a0", "\ufeff", "'"),
        ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"),
        ("1+1", 'HYPERLINK("http://contoh.invalid")', "SUM(1)*cmd|' /C calc'!A0"),
    )
]
_MARKS: Final = [
    before + payload + after
    for before, after in (("", ""), ('">', ""), ("'>", ""), ("</textarea>", ""), ("-->", "<!--"))
    for payload in (
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "<iframe src=javascript:alert(1)>", "javascript:alert(1)", "{{ 7*7 }}", "{% load x %}",
        "${7*7}", "#{7*7}", "<%= 7*7 %>", "&lt;script&gt;", "&#60;b&#62;", "<b>tebal", "]]>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    )
]  # fmt: skip
_ORDERS: Final = [
    "' OR 1=1 --", "'; DROP TABLE x; --", "1;SELECT 1", '" OR ""="', "%' AND '1'='1", "\\'", "\\",
    "$(touch x)", "`touch x`", "; ls -l", "| cat", "&& id", "%s%d%n%p", "%00", "%0d%0aX: y",
    "../../etc/passwd", "..\\..\\boot.ini", "file:///etc/passwd", "CON", "NUL", "COM1", "aux.txt",
    "{0}{1}{name}", "%(name)s", "(?=", "[", "*", ".*", "(a+)+$", "\\d", "\\u0000", "/dev/null",
    "/* ", "*/", "<?php 1 ?>", "\x1b[31m", '{"a": [', "null", "NULL", "nil", "None", "undefined",
    "nama\r\nX-Contoh: 1", "nama\nBcc: x@contoh.invalid", "\u202egnp.exe", "/./../.ssh", "~root",
    "true", "False", "NaN", "Infinity", "-Infinity", "hasOwnProperty", "constructor", "__proto__",
]  # fmt: skip
_NUMBERS: Final = [
    "0", "-0", "-1", "1e309", "1E+308", "1E-400", "0x1F", "0b1", "1_000", "1,000.00", "1.000,00",
    "١٢٣", "１２３", "½", "²", "Ⅻ", "999999999999999999999999", "00000000000000000000", "1.", ".1",
    "2147483648", "9223372036854775808", "-9223372036854775809", "1/0", "0.1e-7", "٣٫١٤", "𝟙𝟚",
    "1234567890123", "12.345.678.9-012.000", "31/02/2026", "2026-13-45", "24:60", "+62 +62",
]  # fmt: skip
_LETTERS: Final = [
    "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "パーティーへ行かないか", "社會科學院語學研究所",
    "찦차를 타고 온", "שלום", "مرحبا بالعالم", "ᚠᛇᚻ᛫ᛒᛦᚦ",
    "Ĭñţérñåţîöñåļ", "ｆｕｌｌ ｗｉｄｔｈ", "𝕋𝕙𝕖 𝕢𝕦𝕚𝕔𝕜", "🅰🅱",
    "ꦲꦤꦕꦫꦏ", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👾🙇💁🙅", "❤️", "🇮🇩", "️", "İı ẞß ﬁﬂ", "Ǆ ǅ ǆ", "̈a", "Z̸̡̢̛͇a̵̧̛͓l̶̢͎g̴̨̛o̸͚͝",
    "e\u0301\u0323", "\u1e69", "s\u0307\u0323", "\u212b", "\u2126", "\ufb03", "\u1100\u1161\u11a8",
    "\u2066kanan\u2069kiri", "to\u200bko", "to\u200d\u200cko", "\ud7ff", "\ue000", "\U0001f3fb",
    "ﷺ", "﷽", "\U000e0041\U000e0042", "\U0010ffff", "\ufffe", "\uffff", "\ufffd", "a\u0300" * 60,
    "A" * 5000, "kata " * 800, "\n" * 40, "\t" * 40, " " * 200, "🙂" * 700, "=" * 300, "(" * 500,
]  # fmt: skip
#: Control characters, every kind of space, joiners, and marks that turn the direction of a line.
_UNSEEN: Final = [
    f"{text[:2]}{chr(code)}{text[2:]}"
    for code in (
        *range(0x01, 0x20), *range(0x7F, 0xA1), 0xAD, 0x061C, 0x115F, 0x180E,
        *range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2070), 0x3000, 0x3164,
        0xFEFF, 0xFFA0, 0xFFF9,
    )
    for text in ("ab", "Toko Contoh")
]  # fmt: skip

NAUGHTY: Final = list(
    dict.fromkeys([*_FORMULAS, *_MARKS, *_ORDERS, *_NUMBERS, *_LETTERS, *_UNSEEN])
)
