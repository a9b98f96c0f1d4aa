"""Finds what names a deed: its number and its day, each in all the places where they stand."""

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading.dates import (
    PrintedDate,
    all_dates,
    named_dates,
    weekday_number,
    worded_dates,
)
from documents.reading.findings import Finding
from documents.reading.numerals import D, digits, in_words
from documents.reading.opening import opening
from documents.reading.text import Line, Script

_NOMOR = r"(?:N\s?O\s?M\s?[O0E]\s?R|NO\b\.?)"
_NUMBER_LINE = re.compile(
    rf"^\W*(?:\w{{1,2}}\W+){{0,2}}(?:(?:salinan|minuta|akta|akte|turunan|grosse|dengan)\W{{0,4}})*{_NOMOR}(?:\s+akta)?"
    rf"\W{{0,6}}(?:[1lI|!]\s+(?=\d{{2}}))?({D}{{1,4}}|{D}(?:\s{D}){{1,3}})(?![\d])\W*(?:\(([a-z\s]+)\))?\W*"
    r"(?:/.{1,25}|(?:tanggal|tgl)\b.*|[A-Za-z])?$",
    re.IGNORECASE,
)
_WORDS_FIRST = re.compile(
    rf"^\W*(?:akta\W{{0,4}})?{_NOMOR}\W{{0,6}}([a-z]+(?:\s[a-z]+){{0,7}})\s*\(\s*({D}{{1,4}})\s*\)",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(rf"^\W*{_NOMOR}\W*$", re.IGNORECASE)
_BARE = re.compile(rf"^\W*({D}{{1,4}})(?![\d])\W*(?:\(([a-z\s]+)\))?\W*$", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?<!RI\s){_NOMOR}\W{{0,4}}({D}{{1,4}})\W{{1,4}}(?:\(([a-z\s]+)\)\W{{0,3}})?"
    r"(?=tanggal\b|tgl\b)",
    re.IGNORECASE,
)
_DEED_CITED = re.compile(
    rf"(?:\bakta\b[^.;]{{0,90}}?\b(?:nomor|nomer|no)\b|\bnomor\s+akta\b)\W{{0,4}}({D}{{1,4}})\b"
    r"(?:\W{0,3}\([a-z\s]+\))?[^;]{0,25}?\b(?:tanggal|tgl)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\bdi(?:tetapkan|keluarkan|terbitkan|berikan|tandatangani)\b|"
    r"\btanggal\s+(?:di)?(?:terbit|penerbitan|penetapan|pengesahan|tanda\s*tangan)\w*",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(
    r";|\.\s|\b(?:akta|nomor|peraturan|undang|dicetak|lahir)\b", re.IGNORECASE
)
_ISSUE = 80  # letters from ``ditetapkan`` in which its day stands
_ABOVE = 5  # lines over the opening in which a bare number is the deed's


def deed_numbers(script: Script) -> Iterator[Finding]:
    """Find the number on the cover, under the title (also in words) and where it is cited."""
    before = opening(script)
    if before < 0:
        yield from _cited_numbers(script)
        return
    heads = [line for line in script.lines if line.start < before]
    found = [one for at in range(len(heads)) for one in _titled(heads, at)]
    found = [_inner(one, found) for one in found]
    if not found:
        found = [one for line in heads for one in _numbers(line, _WITHIN, line.text, "title")]
    if not found:
        found = [one for line in heads[-_ABOVE:] for one in _bare(line)]
    yield from found


def _inner(one: Finding, found: list[Finding]) -> Finding:
    """The number over the opening counts for more than that of the cover."""
    is_last = one.start == max(other.start for other in found)
    return replace(one, weight=1.2) if is_last else one


def _titled(heads: list[Line], at: int) -> Iterator[Finding]:
    line = heads[at]
    if match := _WORDS_FIRST.match(line.text):
        yield _number(match[2], line.start + match.start(2), "title")
        if said := in_words(match[1]):
            yield _said(said, line, match, 1)
        return
    yield from _numbers(line, _NUMBER_LINE, line.text, "title")
    if _NUMBER_ALONE.match(line.text) and at + 1 < len(heads):
        yield from _bare(heads[at + 1])


def _numbers(line: Line, pattern: re.Pattern[str], text: str, way: str) -> Iterator[Finding]:
    match = pattern.search(text)
    if not match or not re.search(r"\d", match[1]):
        return
    yield _number(match[1], line.start + match.start(1), way)
    if match[2] and (said := in_words(match[2])):
        yield _said(said, line, match, 2)


def _said(said: int, line: Line, match: re.Match[str], group: int) -> Finding:
    start, end = line.start + match.start(group), line.start + match.end(group)
    return Finding("deed_number", str(said), start, end, "words")


def _bare(line: Line) -> Iterator[Finding]:
    yield from _numbers(line, _BARE, line.text, "title")


def _number(raw: str, start: int, way: str) -> Finding:
    return Finding("deed_number", digits(raw).lstrip("0") or "0", start, start + len(raw), way)


def _cited_numbers(script: Script) -> Iterator[Finding]:
    for match in _DEED_CITED.finditer(script.text):
        yield _number(match[1], match.start(1), "cited")
        return


def deed_dates(script: Script) -> Iterator[Finding]:
    """Find the deed's day: cover, opening in digits and in words, or cited after its number."""
    before = opening(script)
    if before >= 0:
        yield from _cover_dates(script, before)
        yield from _opening_dates(script, before)
        return
    for match in _DEED_CITED.finditer(script.text):
        found = all_dates(script.text[match.end() : match.end() + 40])
        for date in found[:1]:
            yield _dated("deed_date", date, match.end(), "cited")
        if found:
            return


def _cover_dates(script: Script, before: int) -> Iterator[Finding]:
    for line in script.lines:
        said = re.search(r"\b(?:tanggal|tgl)\b|T\s?A\s?N\s?G\s?G\s?A\s?L", line.text, re.IGNORECASE)
        if line.start >= before or not said or _is_decree(script, line, said.start()):
            continue
        below = script.lines[min(script.line_at(line.start) + 1, len(script.lines) - 1)]
        until = below.end if not all_dates(line.text) else line.end
        for found in all_dates(script.text[line.start : min(until, before)])[:1]:
            yield _dated("deed_date", found, line.start, "cover")


def _is_decree(script: Script, line: Line, at: int) -> bool:
    """The words before it tell whether a date is that of the notary's own decree."""
    number = script.line_at(line.start)
    above = script.lines[max(0, number - 1)].text if number else ""
    is_first = at < len("Tanggal : ")
    said = f"{above} {line.text[:at]}" if is_first else line.text[:at]
    return bool(re.search(r"menteri|\bS\.?K\b|keputusan|\bAHU\b|\bHT\b", said, re.IGNORECASE))


def _opening_dates(script: Script, before: int) -> Iterator[Finding]:
    said = script.text[before : before + 320]
    until = re.search(r"hadapan|menghadap|hadir|\bsaya\b", said, re.IGNORECASE)
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
    named = re.compile(
        r"(?:\bhari\b(?:\s+ini)?\W{0,3}(?:hari\W{1,3})?)([A-Za-z']{4,8})", re.IGNORECASE
    )
    places = [match.span(1) for match in named.finditer(script.text, before, before + 200)]
    early = re.compile(r"[A-Za-z']{4,8}").finditer(script.text, before, before + 50)
    for start, end in (*places, *(match.span() for match in early)):
        number = weekday_number(script.text[start:end])
        if number is not None:
            return number, start, end
    return None


def signing_dates(script: Script, field: str) -> Iterator[Finding]:
    """Find the date of a paper without opening, in the clause that says it was signed or issued."""
    for match in _SIGNED.finditer(script.text):
        found = all_dates(script.text[match.end() : match.end() + _ISSUE])
        between = script.text[match.end() : match.end() + found[0].start] if found else ""
        if found and not _OTHER_PAPER.search(between):
            yield _dated(field, found[0], match.end(), "signing")
            return


def town_dates(script: Script, field: str = "deed_date") -> Iterator[Finding]:
    """Find the last ``Jombang, 8 Juli 2022`` that stands alone on its line."""
    for line in reversed(script.lines):
        if not re.match(r"^\W*[A-Za-z][A-Za-z .]{2,30}[,.]\s*(?:tanggal\s+)?\d", line.text):
            continue
        for found in (*named_dates(line.text), *all_dates(line.text))[:1]:
            yield _dated(field, found, line.start, "town", weight=0.8)
            return


def _dated(
    field: str, found: PrintedDate, offset: int, way: str, *, weight: float = 1.0
) -> Finding:
    value = found.day.isoformat()
    return Finding(field, value, found.start + offset, found.end + offset, way, weight)
