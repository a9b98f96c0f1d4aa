"""Finds what names a paper: its number, day, notary, firm and their seats.

Each function looks for one field by the wording around it, and gives every reading it finds.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from documents.reading.dates import (
    PrintedDate,
    all_dates,
    named_dates,
    weekday_number,
    worded_dates,
)
from documents.reading.findings import Finding
from documents.reading.names import DEGREE, without_form, without_titles
from documents.reading.numerals import digits, in_words
from documents.reading.regions import find_seat
from documents.reading.text import Script

D = r"[0-9OolI|SB]"
_OPENING = "pada hari ini"
_NUMBER_LINE = re.compile(
    rf"^\W*(?:nomor|nomer|no)\b\W{{0,4}}({D}{{1,4}})\W*(?:\(([a-z\s]+)\))?\W*$", re.IGNORECASE
)
_DEED_CITED = re.compile(
    rf"\bakta\s+(?:notaris\s+)?(?:nomor|no)\W{{0,3}}({D}{{1,4}})\s+tanggal\s+", re.IGNORECASE
)
_SAYA = re.compile(
    r"\bsaya\W{1,3}(?:Notaris\W{1,3})?([A-Z][A-Za-z'.\s]{2,60}?)\s*[,.]([^;:]{0,110}?)"
    r"\bNotaris[,\s]+(?:di|yang\s+berkedudukan\s+di|berkedudukan\s+di)\b",
    re.DOTALL,
)
_BY_NOTARY = re.compile(r"\b(?:[Nn]otaris|dibuat\s+oleh)\s+([A-Z][A-Z'.\s]{3,60}?)\s*,", re.DOTALL)
_NOTARY_HEAD = re.compile(r"^\W*N\s?O\s?T\s?A\s?R\s?I\s?S\W*$", re.IGNORECASE)
_NOTARY_AT = re.compile(r"^\W*Notaris\s+di\s+", re.IGNORECASE)
_AREA = re.compile(r"(?:daerah|wilayah)\s+kerja\W{1,4}|wilayah\s+jabatan\W{1,4}", re.IGNORECASE)
_SEATED = re.compile(
    r"\b(?:berkedudukan(?:\s+hukum)?\s+di|bertempat\s+kedudukan\s+di|tempat\s+kedudukan\W{1,4}|"
    r"alamat\s+kantor\W{1,4})\s*",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?<![A-Za-z])(P\.?\s?T\b\.?|C\.?\s?V\b\.?|KOPERASI\b|FIRMA\b)\s*[\"']?\s*"
    r"((?:[A-Z0-9&][A-Z0-9&'.-]*)(?:\s+[A-Z0-9&][A-Z0-9&'.-]*){0,9})"
)
_NOT_IN_NAME = re.compile(
    r"\s*\b(?:NOMOR|NOMER|NO|TANGGAL|AKTA|SALINAN|TENTANG|BERKEDUDUKAN|MENIMBANG|NPWP|KESATU|"
    r"KEDUA|PASAL|YANG|TBK)\b.*$",
    re.DOTALL,
)


def opening(script: Script) -> int:
    """Give where the deed itself begins (``Pada hari ini``), or -1."""
    lower = script.text.lower()
    if (at := lower.find(_OPENING)) >= 0:
        return at
    near = fuzz.partial_ratio_alignment(_OPENING, lower[:6000], score_cutoff=85)
    return near.dest_start if near else -1


def deed_numbers(script: Script) -> Iterator[Finding]:
    """Find the number on the cover, under the title (also in words) and where it is cited."""
    before = opening(script)
    for line in script.lines:
        if line.start >= before:
            break
        if match := _NUMBER_LINE.match(line.text):
            start, end = line.start + match.start(1), line.start + match.end(1)
            yield Finding("deed_number", _plain(match[1]), start, end, "title")
            if match[2] and (said := in_words(match[2])):
                start, end = line.start + match.start(2), line.start + match.end(2)
                yield Finding("deed_number", str(said), start, end, "words")
    if before < 0:
        for match in _DEED_CITED.finditer(script.text):
            yield Finding("deed_number", _plain(match[1]), match.start(1), match.end(1), "cited")


def _plain(number: str) -> str:
    return digits(number).lstrip("0") or "0"


def deed_dates(script: Script) -> Iterator[Finding]:
    """Find the deed's day: cover, opening in digits and in words, or cited after its number."""
    before = opening(script)
    if before >= 0:
        yield from _cover_dates(script, before)
        yield from _opening_dates(script, before)
        return
    for match in _DEED_CITED.finditer(script.text):
        for found in all_dates(script.text[match.end() : match.end() + 40])[:1]:
            yield _dated("deed_date", found, match.end(), "cited")


def _cover_dates(script: Script, before: int) -> Iterator[Finding]:
    for line in script.lines:
        if line.start < before and re.match(r"^\W*tanggal\b", line.text, re.IGNORECASE):
            for found in all_dates(line.text):
                if not _is_decree(script, line.start):
                    yield _dated("deed_date", found, line.start, "cover")


def _is_decree(script: Script, place: int) -> bool:
    """The line above tells whether a date is that of the notary's own decree."""
    above = script.lines[max(0, script.line_at(place) - 1)].text
    return bool(re.search(r"menteri|\bSK\b|keputusan|\bAHU\b|\bHT\b", above, re.IGNORECASE))


def _opening_dates(script: Script, before: int) -> Iterator[Finding]:
    said = script.text[before : before + 260]
    until = re.search(r"hadapan|menghadap|hadir", said, re.IGNORECASE)
    said = said[: until.start()] if until else said
    day_name = weekday(script)
    for dates, way, weight in (
        (all_dates(said), "opening", 1.2),
        (worded_dates(said), "words", 0.9),
    ):
        for found in dates[:1]:
            fits = day_name is not None and found.day.weekday() == day_name[0]
            yield _dated("deed_date", found, before, way, weight=weight + 0.5 * fits)


def weekday(script: Script) -> tuple[int, int, int] | None:
    """Give the day of the week in the opening (0 is Monday) and where it stands."""
    before = opening(script)
    if before < 0:
        return None
    for match in re.finditer(r"[A-Za-z']{4,8}", script.text[before : before + 50]):
        number = weekday_number(match[0])
        if number is not None:
            return number, before + match.start(), before + match.end()
    return None


def signing_dates(script: Script, field: str, anchor: str) -> Iterator[Finding]:
    """Find the date of a paper without opening: after ``anchor``, or ``Town, 8 Juli 2022``."""
    for match in re.finditer(anchor, script.text, re.IGNORECASE | re.MULTILINE):
        found = all_dates(script.text[match.end() : match.end() + 40])
        if found:
            yield _dated(field, found[0], match.end(), "signing")


def town_dates(script: Script) -> Iterator[Finding]:
    """Find the last ``Jombang, 8 Juli 2022`` that stands alone on its line."""
    for line in reversed(script.lines):
        if not re.match(r"^\W*[A-Za-z][A-Za-z .]{2,30}[,.]\s*\d", line.text):
            continue
        for found in named_dates(line.text):
            yield _dated("deed_date", found, line.start, "signing")
            return


def _dated(
    field: str, found: PrintedDate, offset: int, way: str, *, weight: float = 1.0
) -> Finding:
    value = found.day.isoformat()
    return Finding(field, value, found.start + offset, found.end + offset, way, weight)


def notaries(script: Script) -> Iterator[Finding]:
    """Find the notary's name: in the opening, on the cover, over the closing signature."""
    for match in _SAYA.finditer(script.text):
        yield from _named_notary(match[1], match.start(1), match.end(1), "opening", 1.2)
        break
    for at, line in enumerate(script.lines):
        is_head, is_closing = _NOTARY_HEAD.match(line.text), _NOTARY_AT.match(line.text)
        if not (is_head or is_closing):
            continue
        for below in script.lines[at + 1 : at + (2 if is_head else 5)]:
            if is_head or DEGREE.search(below.text):
                first = re.split(r",", below.text)[0]
                end = below.start + len(first)
                yield from _named_notary(first, below.start, end, "cover", 1.0)
                break
    if opening(script) < 0:
        for match in _BY_NOTARY.finditer(script.text):
            yield from _named_notary(match[1], match.start(1), match.end(1), "cited", 1.0)


def _named_notary(raw: str, start: int, end: int, way: str, weight: float) -> Iterator[Finding]:
    name = without_titles(raw)
    if len(name) >= 3 and re.fullmatch(r"[A-Z'. -]+", name):
        yield Finding("notary_name", name, start, end, way, weight)


def notary_seats(script: Script) -> Iterator[Finding]:
    """Find the notary's seat: after the name, in the cover's area, over the signature."""
    text = script.text
    anchors = [(match.end(), "opening") for match in list(_SAYA.finditer(text))[:1]]
    anchors += [(match.end(), "cover") for match in _AREA.finditer(text)]
    for line in script.lines:
        if match := _NOTARY_AT.match(line.text):
            anchors.append((line.start + match.end(), "closing"))
    anchors += [
        (match.end(), "cited") for match in _SEATED.finditer(text) if _is_notarys(text, match)
    ]
    for place, way in anchors:
        seat = find_seat(text, place, 45)
        if seat and (seat.is_known or way == "opening"):
            yield Finding("notary_seat", seat.name, seat.start, seat.end, way)


def _is_notarys(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 70) : match.start()]
    return bool(re.search(r"\bnotaris\b", before, re.IGNORECASE) or DEGREE.search(before))


def company_seats(script: Script) -> Iterator[Finding]:
    """Find the firm's seat: the first ``berkedudukan di`` that is not the notary's."""
    for match in _SEATED.finditer(script.text):
        if _is_notarys(script.text, match):
            continue
        reach = 120 if "alamat" in match[0].lower() else 45
        seat = find_seat(script.text, match.end(), reach)
        if seat:
            yield Finding("company_seat", seat.name, seat.start, seat.end, "body")
            return


def card_seats(script: Script) -> Iterator[Finding]:
    """Find the seat on a card that is only an address: the first typed region on it."""
    for match in re.finditer(r"\b(?:KABUPATEN|KAB\.|KOTA)\s", script.text):
        seat = find_seat(script.text, match.start(), 45)
        if seat and seat.is_known:
            yield Finding("company_seat", seat.name, seat.start, seat.end, "card")
            return


def companies(script: Script) -> Iterator[Finding]:
    """Find every printed name of a firm; the one printed most is the paper's own."""
    for match in _FIRM.finditer(script.text):
        name, length = _own_name(script, match)
        if len(name) >= 3 and re.search(r"[A-Z]{2}", name):
            start = match.start(2)
            yield Finding("company_name", name, start, start + length, "printed")


def _own_name(script: Script, match: re.Match[str]) -> tuple[str, int]:
    raw = match[2]
    end_of_line = raw.find("\n")
    if end_of_line >= 0:
        line = script.lines[script.line_at(match.start())]
        below = raw[end_of_line + 1 :].split()
        after = script.text[match.end() : match.end() + 12].split("\n")[0]
        is_heading = not re.search(r"[a-z]{3}", line.text)
        is_list = not re.fullmatch(r"[A-Z&][A-Z&'.-]+", below[0])
        if is_heading or is_list or not re.search(r"[a-z(\"',]", after):
            raw = raw[:end_of_line]
    raw = _NOT_IN_NAME.sub("", raw)
    return without_form(raw), len(raw)
