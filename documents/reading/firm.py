"""Finds what names the firm: every printing of its name, and its seat."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from documents.reading.findings import Finding
from documents.reading.names import DEGREE, without_form
from documents.reading.opening import opening
from documents.reading.regions import Seat, find_seat
from documents.reading.text import Script

FORMS = (
    r"(?:P\s?\.?\s?T\b\s?\.?|C\s?\.?\s?V\b\s?\.?|F\s?[Aa]\b\.?|(?i:KOPERASI|FIRMA|YAYASAN)\b|"
    r"PERSEROAN\s+TERBATAS\b|PERSEROAN\s+KOMANDITER\b|PERSEKUTUAN\s+KOMANDITER\b)"
)
_PART = r"[A-Z0-9&][A-Zl0-9&'./-]*"
_FIRM = re.compile(
    rf"(?<![A-Za-z])({FORMS})[\s:]*[\"'(]?\s*(?:{FORMS}\s*)?[\"']?\s*"
    rf"({_PART}(?:\s+(?:dan\s+(?=[A-Z]{{2}}))?{_PART}){{0,9}})"
)
_NAMED = re.compile(
    r"\b(?i:bernama|(?:dengan|memakai|diberi|menggunakan)\s+nama|nama(?:\s+(?:perseroan|persekutuan|"
    r"perusahaan|pelaku\s+usaha|badan\s+usaha|badan\s+hukum|koperasi|yayasan|firma|terbatas|"
    r"komanditer|perorangan|ini|tersebut|adalah|ialah|yaitu|bernama))+|"
    rf"nama\s*:?(?=\s*[\"']?\s*{FORMS}))"
    r"(?i:\s+(?:perseroan|persekutuan)\s+(?:terbatas|komanditer)\b)?[\s:]*[\"']?\s*"
    rf"({FORMS})?\s*[\"']?\s*"
    r"((?:[A-Z0-9&][A-Za-z0-9&'./-]*)(?:\s+[A-Z0-9&][A-Za-z0-9&'./-]*){0,9})"
)
_QUOTED = re.compile(rf"\"\s*({FORMS})\s*\"?\s*([A-Z0-9&][A-Z0-9&'./\s-]{{2,80}}?)\s*\"")
_NOT_IN_NAME = re.compile(
    r"(?:^|\s+)(?:NOMOR|NOMER|NO|TANGGAL|TGL|AKTA|SALINAN|TENTANG|BERKEDUDUKAN|MENIMBANG|NPWP|"
    r"KESATU|KEDUA|PASAL|YANG|TBK|NIB|ALAMAT|JALAN|JL|KABUPATEN|KOTA|PROVINSI|REPUBLIK|DAN HAK|"
    r"MENTERI|NOTARIS|MENETAPKAN|MEMUTUSKAN|MENGINGAT|ANGGARAN DASAR|SELAKU|DENGAN|DALAM|KPP|"
    r"N O M O R|PADA|PENDIRIAN|PERUBAHAN|STATUS|NAMA|KBLI|TERDAFTAR|DITETAPKAN)\b.*$",
    re.DOTALL,
)
_GENERAL = frozenset(
    {
        "TERBATAS", "KOMANDITER", "PERORANGAN", "PERSEROAN", "INDONESIA", "TERBUKA", "TERTUTUP",
        "YAYASAN", "KOPERASI", "FIRMA", "PERSEKUTUAN",
    }
)  # fmt: skip
_SEATED = re.compile(
    r"\b(?:ber)?(?:tempat\s+)?kedudukan(?:nya)?\b|\b(?:ber)?kantor\s+pusat\w*|\b(?:ber)?domisili\b",
    re.IGNORECASE,
)
_UP_TO_SEAT = re.compile(r"(?:(?!\b(?:notaris|bernama)\b|\.\s)[^;]){0,60}", re.IGNORECASE)
_AT = re.compile(r"\b(?:di|dalam|adalah)\b\s*|[:=]\s*|\b[L1]\s(?=[A-Z])", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\b(?:ber)?alamat(?:\s+(?:kantor|perseroan|perusahaan|korespondensi|usaha|lengkap|badan\s+usaha))?"
    r"\s*(?:[:;.]|\bdi\b)\s*",
    re.IGNORECASE,
)


def companies(script: Script, form: str = "") -> Iterator[Finding]:
    """Find every printed name of a firm; the one printed most is the paper's own.

    ``form``: the legal form of the paper where its kind tells it; other firms count less.
    """
    yield from sorted(_companies(script, form), key=lambda one: one.start)


def _companies(script: Script, form: str) -> Iterator[Finding]:
    begin = opening(script)
    seen: set[int] = set()
    for pattern, way, weight in (
        (_QUOTED, "quoted", 1.5),
        (_NAMED, "named", 1.5),
        (_FIRM, "printed", 1.0),
    ):
        for match in pattern.finditer(script.text):
            name, length = _own_name(script, match)
            if not _is_name(name) or match.start(2) in seen:
                continue
            seen.add(match.start(2))
            fits = not form or not match[1] or form_of(match[1]) == form
            at_head = match.start() < begin or begin < 0
            start = match.start(2)
            weighted = weight * (1.0 if fits else 0.3) * (1.6 if at_head else 1.0)
            yield Finding("company_name", name, start, start + length, way, weighted)


def form_of(printed: str) -> str:
    plain = re.sub(r"[\s.]", "", printed).upper()
    long = {"PERSEROANTERBATAS": "PT", "FA": "FIRMA"}
    return long.get(plain, "CV" if plain.endswith("KOMANDITER") else plain)


def _is_name(name: str) -> bool:
    return len(name) >= 3 and bool(re.search(r"[A-Z]{2}", name)) and name not in _GENERAL


def _own_name(script: Script, match: re.Match[str]) -> tuple[str, int]:
    raw = match[2]
    end_of_line = raw.find("\n")
    if end_of_line >= 0 and not _runs_on(script, match, raw, end_of_line):
        raw = raw[:end_of_line]
    raw = re.sub(r"(?<=[A-Z]{4})\.\s.*$", "", _NOT_IN_NAME.sub("", raw), flags=re.DOTALL).rstrip()
    name = re.sub(r"(?<=[A-Z])l|l(?=[A-Z])", "I", raw) if raw.upper() != raw else raw
    return without_form(re.sub(r"\bDAN\b", "DAN", name)), len(raw)


def _runs_on(script: Script, match: re.Match[str], raw: str, end_of_line: int) -> bool:
    """Tell a name that runs over the line from one with another heading or list below."""
    line = script.lines[script.line_at(match.start(2))]
    below = raw[end_of_line + 1 :].split()
    after = script.text[match.end() : match.end() + 12].split("\n")[0]
    joined = re.sub(r"\s+", " ", raw)
    if re.search(rf"{re.escape(joined)}", script.text.replace("\n", "\0")):
        return True
    is_heading = not re.search(r"[a-z]{3}", line.text)
    is_list = not re.fullmatch(r"[A-Z&][A-Z&'.-]+", below[0])
    return not (is_heading or is_list or not re.search(r"[a-z(\"',;.]", after))


def company_seats(script: Script) -> Iterator[Finding]:
    """Find the firm's seat: the first ``berkedudukan di`` that is not the notary's."""
    begin = max(0, opening(script))
    for pattern, reach in ((_SEATED, _seat_said), (_ADDRESSED, _seat_in_address)):
        for match in pattern.finditer(script.text, begin):
            if _is_notarys(script.text, match):
                continue
            if seat := reach(script.text, match.end()):
                yield Finding("company_seat", seat.name, seat.start, seat.end, "body")
                return


def _seat_said(text: str, start: int) -> Seat | None:
    """Find the region by its type in the same clause, or by its name alone after ``di``."""
    clause = _UP_TO_SEAT.match(text, start)
    until = clause.end() if clause else start
    places = [start, *(match.end() for match in _AT.finditer(text, start, until))]
    for place in places:
        if seat := find_seat(text, place, 0):
            return seat
    seat = find_seat(text, start, until - start)
    return seat if seat and seat.is_known else None


def _seat_in_address(text: str, start: int) -> Seat | None:
    seat = find_seat(text, start, 130)
    return seat if seat and seat.is_known else None


def _is_notarys(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 70) : match.start()]
    if re.search(r"\bbernama\b|\bnama\b", before, re.IGNORECASE):
        return False
    return bool(re.search(r"\bnotaris\b", before, re.IGNORECASE) or DEGREE.search(before))


def card_seats(script: Script) -> Iterator[Finding]:
    """Find the seat on a card that is only an address: the first typed region on it."""
    for match in re.finditer(r"\b(?:KABUPATEN|KAB\b\.?|KOTA)\s", script.text, re.IGNORECASE):
        seat = find_seat(script.text, match.start(), 45)
        if seat and seat.is_known:
            yield Finding("company_seat", seat.name, seat.start, seat.end, "card")
            return


def own_names(found: list[Finding], value: str) -> list[Finding]:
    """Give the printings that mean the firm of this name, misread ones too."""
    return [one for one in found if fuzz.ratio(str(one.value), value) >= 80]
