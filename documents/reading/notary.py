"""Finds the notary of a deed: who opened it, whose cover it bears, who signed the copy.

The law degree after a name is the surest mark of a notary; a deed names other notaries in its
recitals, so only opening, cover and closing count, and on a decree the words around the name.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from documents.reading.dates import all_dates
from documents.reading.findings import Finding
from documents.reading.names import DEGREE, without_titles
from documents.reading.numerals import D, digits, mended_code
from documents.reading.opening import closing, opening
from documents.reading.regions import find_seat
from documents.reading.text import Line, Script

_WORD = r"[A-Z][A-Za-z'’.-]*"
_WITH_DEGREE = re.compile(
    rf"((?:{_WORD}\s+){{0,7}}{_WORD})\s*[,.;]?\s*(?={DEGREE.pattern})", re.DOTALL
)
_SAYA = re.compile(
    rf"(?:\bsaya|hadapanku)\b\W{{0,4}}(?:selaku\s+|Notaris\W{{1,3}})?((?:{_WORD}\s+){{0,7}}{_WORD})\s*,"
    r"[^;:]{0,90}?\bNotaris\b",
    re.DOTALL,
)
_IS_NOTARYS = re.compile(r"\b(?:notaris|dibuat|dihadapan|hadapan)\b", re.IGNORECASE)
_FORE = re.compile(
    r"^(?:(?:dan|oleh|nama|hadapan|dihadapan|kepada|saya|dengan|notaris|ppat|pejabat\s+pembuat\s+"
    r"akta\s+tanah|kantor|di|permohonan|akta|selaku|pengganti)\b[\s,.:&-]*)+",
    re.IGNORECASE,
)
_OF_DEGREES = ("HUKUM", "KENOTARIATAN", "NOTARIAT", "SARJANA", "MAGISTER", "SARJANA HUKUM")
_AREA = re.compile(
    r"(?:daerah|wilayah)\s+(?:kerja|jabatan)\W{1,4}|tempat\s+kedudukan\W{1,4}", re.IGNORECASE
)
_NOTARY_AT = re.compile(
    r"\bNotaris(?:\s*(?:dan|&|/|-)\s*(?:PPAT|Pejabat\s+Pembuat\s+Akta\s+Tanah))?[\s,]+"
    r"(?:(?:yang\s+)?ber(?:tempat\s+)?kedudukan\s+di|di|pada)\s+",
    re.IGNORECASE,
)
_SK_NOTARY = re.compile(
    rf"(?<!\w)((?:AHU|[A4]HU)\W{{0,3}}{D}{{3,7}}\W{{0,3}}A[HN]\W{{0,3}}{D}{{2}}\W{{0,3}}{D}{{2}}\W{{0,3}}(?:TAHUN|TH\w?)\W{{0,3}}{D}{{4}}|"
    rf"[CGM€¢]\W{{0,2}}{D}{{2,6}}\W{{0,2}}HT\W{{0,2}}{D}{{2}}\W{{0,2}}{D}{{2}}\W{{0,3}}(?:TAHUN|TH\w?)\W{{0,3}}{D}{{4}})",
    re.IGNORECASE,
)
_APPOINTS = re.compile(r"HT\W{0,2}[0O]3", re.IGNORECASE)
_GROUP = re.compile(rf"(?<=A[HN])(\W{{0,3}})({D}{{2}})(\W{{0,3}})({D}{{2}})(?=\W)", re.IGNORECASE)
_FIRMS = ("0101", "0102", "0103", "0114", "0115", "0116", "0130", "0131")  # groups of firms
_APPOINTMENTS = ("0201", "0202", "0203", "0204")  # groups under which notaries are appointed, moved
_ALIKE = 2  # digits of the group that an eye must have read right


def notaries(script: Script) -> Iterator[Finding]:
    """Find the notary's name: in the opening, on the cover, over the closing signature."""
    begin = opening(script)
    if begin < 0:
        yield from _cited(script)
        return
    first = next(_opening_names(script, begin), None)
    if first:
        yield first
    known = str(first.value) if first else ""
    for at, line in enumerate(script.lines):
        is_cover, is_closing = line.start < begin, line.start > closing(script)
        if (is_cover or is_closing) and (found := _signed(script, at, known, is_cover)):
            yield found


def _opening_names(script: Script, begin: int) -> Iterator[Finding]:
    until = begin + 1100
    party = re.compile(r"\b(?:di)?lahir(?:kan)?\b").search(script.text, begin, until)
    until = party.start() if party else until
    for match in _WITH_DEGREE.finditer(script.text, begin, until):
        if _IS_NOTARYS.search(script.text, match.start() - 40, match.end()) or re.search(
            r"\bsaya\b", script.text[match.start() - 25 : match.end()], re.IGNORECASE
        ):
            yield from _named(match[1], match.start(1), "opening", 1.2)
    for match in _SAYA.finditer(script.text, begin, until):
        yield from _named(match[1], match.start(1), "opening", 1.1)


def _signed(script: Script, at: int, known: str, is_cover: bool) -> Finding | None:
    """Read a line that is only a name with its degrees, also when broken after the first words."""
    line = script.lines[at]
    match = _WITH_DEGREE.search(line.text)
    if not match or match.start() > len("Notaris & PPAT : ") or "saksi" in line.text.lower():
        return None
    way, weight = ("cover", 1.0) if is_cover else ("closing", 0.9)
    found = next(_named(match[1], line.start + match.start(1), way, weight), None)
    if found is None or not known or at == 0:
        return found
    return _with_line_above(script.lines[at - 1], found, known)


def _with_line_above(above: Line, found: Finding, known: str) -> Finding:
    joined = without_titles(f"{above.text} {found.value}")
    alone = fuzz.ratio(str(found.value), known)
    if fuzz.ratio(joined, known) <= alone or above.page < 0:
        return found
    return Finding("notary_name", joined, above.start, found.end, found.way, found.weight)


def _cited(script: Script) -> Iterator[Finding]:
    """A decree names the notary who asked for it and before whom the deed was made."""
    for match in _WITH_DEGREE.finditer(script.text):
        before = script.text[max(0, match.start() - 60) : match.end(1)]
        if _IS_NOTARYS.search(before):
            yield from _named(match[1], match.start(1), "cited", 1.0)


def _named(raw: str, start: int, way: str, weight: float) -> Iterator[Finding]:
    if re.match(r"Sarjana|Magister|Spesialis", raw):
        return
    fore = _FORE.match(raw)
    skipped = fore.end() if fore else 0
    name = without_titles(raw[skipped:])
    if name in _OF_DEGREES:
        return
    if re.search(r"[A-Z]{3}", name) and re.fullmatch(r"[A-Z'. -]+", name):
        yield Finding("notary_name", name, start + skipped, start + len(raw.rstrip()), way, weight)


def notary_seats(script: Script) -> Iterator[Finding]:
    """Find the notary's seat: after the name, in the cover's area, over the signature."""
    text, begin = script.text, opening(script)
    end = closing(script)
    for name in notaries(script):
        if name.way in ("opening", "cited"):
            yield from _seat_after(text, name.end, name.way)
        if name.way == "opening":
            break
    for match in _AREA.finditer(text, 0, max(0, begin)):
        yield from _seat(text, match.end(), 45, "cover")
    for match in _NOTARY_AT.finditer(text):
        if match.start() < begin:
            yield from _seat(text, match.end(), 45, "cover")
        elif begin >= 0 and match.start() > end:
            yield from _seat(text, match.end(), 45, "closing")


def _seat_after(text: str, start: int, way: str) -> Iterator[Finding]:
    """The seat follows ``di``; the notary's province and title may stand between."""
    for match in re.finditer(r"\b(?:di|kedudukan|pada)\b\W{0,3}", text[start : start + 260]):
        seat = find_seat(text, start + match.end(), 4)
        if seat and (seat.is_known or way == "opening"):
            yield Finding("notary_seat", seat.name, seat.start, seat.end, way, 1.2)
            return


def _seat(text: str, start: int, reach: int, way: str) -> Iterator[Finding]:
    seat = find_seat(text, start, reach)
    if seat and seat.is_known:
        yield Finding("notary_seat", seat.name, seat.start, seat.end, way)


def notary_decrees(script: Script) -> Iterator[Finding]:
    """Find the decree that appointed the notary, and its date: on the cover, or in the opening."""
    begin = opening(script)
    until = begin + 900 if begin >= 0 else len(script.text)
    for match in _SK_NOTARY.finditer(script.text, 0, until):
        number = re.sub(r"\s+", " ", match[1]).strip()
        if not _APPOINTS.search(number):
            is_sharp = begin < 0 or script.is_from_layer(*match.span(1))
            number = _as_appointment(number, is_sharp=is_sharp)
        if not number:
            continue
        number = mended_code(number)
        number = re.sub(r"^[€¢]", "C", number)
        yield Finding("notary_sk_number", number, match.start(), match.end(), "cover")
        yield from _appointed_on(script.text, match)
        return


def _as_appointment(number: str, *, is_sharp: bool) -> str:
    """Give an AHU number whose group is that of notaries, as far as an eye may misread it."""
    group = _GROUP.search(number)
    if group is None:
        return ""
    seen = digits(group[2] + group[4])
    if seen in _APPOINTMENTS:
        return number
    alike = sum(one == other for one, other in zip(seen, _APPOINTMENTS[0], strict=False))
    if seen in _FIRMS or is_sharp or alike < _ALIKE:
        return ""
    return number[: group.start()] + f"{group[1]}02{group[3]}01" + number[group.end() :]


def _appointed_on(text: str, decree: re.Match[str]) -> Iterator[Finding]:
    """The date stands after the number, or between ``tertanggal`` and ``Nomor`` before it."""
    before = max(0, decree.start() - 50)
    early = all_dates(text[before : decree.start()])
    is_early = early and re.fullmatch(
        r"\W*(?:Nomor|No)?\W*(?:\w\W+)?",
        text[before + early[-1].end : decree.start()],
        re.IGNORECASE,
    )
    late = all_dates(text[decree.end() : decree.end() + 60])
    for offset, dates in ((before, early[-1:] if is_early else []), (decree.end(), late[:1])):
        for date in dates:
            start, end = offset + date.start, offset + date.end
            yield Finding("notary_sk_date", date.day.isoformat(), start, end, "cover")
            return
