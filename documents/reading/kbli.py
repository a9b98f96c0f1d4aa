"""Finds fields of business by their KBLI 2020 codes, and weighs each by the title beside it.

Code and title are printed apart, so one confirms the other. The official list is the one that
the other rooms use: codes and titles of BPS, see the README beside it.
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from documents.reading.findings import Finding
from documents.reading.numerals import D, digits
from documents.reading.text import Script

_LIST = Path(__file__).parents[2] / "onboarding" / "reference" / "kbli-2020.csv"
ALIKE = 72  # likeness from which a printed title is the official one
CLOSE = 6  # by how much a rival's title must be likelier before a code counts as misread
CERTAIN = 90  # likeness from which a title alone may mend a code read by eye
_CODE = re.compile(rf"(?:(?<=KBLI)|(?<![\w.,/-]))({D}(?:\s?{D}){{4}})(?![\w]|[.,/-]\d|\s?\d)")
_SAID = re.compile(rf"\bKBLI\b\W{{0,4}}(\d{D}{{3}}\d)[\dji]?(?!\w)", re.IGNORECASE)
_KBLI_BEFORE = re.compile(
    r"(?:KBLI|KLUI|kode\s+klasifikasi)\b[^\d\n]{0,24}(?:20\d\d\W{1,4})?\s*(?:kode|nomor|no)?\W*$",
    re.IGNORECASE,
)
_NOT_CODE = re.compile(
    r"(?:kode\s*pos|Rp\.?|telp?\.?|telepon|fax|nomor|no\.?|jakarta|surabaya)\W*$", re.IGNORECASE
)
_CODED = re.compile(r"\bkode(?:\s+usaha)?\W{1,4}$", re.IGNORECASE)
_CODE_BEFORE = re.compile(
    r"(?<!\d)(\d{5})\W{1,3}(?:(?:dan|serta|&)\s+)?(?:KBLI\s+)?$", re.IGNORECASE
)
_LISTED = re.compile(r"(?:^|\n)\W*(?:\(?\w{1,3}[.)]\W*)?$")
_LISTING = re.compile(r"KBLI|klasifikasi|kegiatan\s+usaha|bidang", re.IGNORECASE)
_TITLE_AFTER = re.compile(r"[\s\W]{0,6}([A-Za-z][A-Za-z,()/&\s-]{5,120})")
_REACH = 130


@lru_cache(maxsize=1)
def official_titles() -> dict[str, str]:
    """Give the titles of the 2020 list by code, as they are printed there."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Give the official titles by code, in small letters."""
    return {code: _plain(title) for code, title in official_titles().items()}


def is_known(code: str) -> bool:
    """Say whether the official list has this code."""
    return code in titles()


def kbli_codes(script: Script) -> list[Finding]:
    """Find the five-digit codes of the fields of business, in the order printed, each once.

    The way tells how much speaks for a code: ``titled`` when its title stands beside it,
    ``code`` when it is printed alone, ``mended`` when its title put a misread digit right.
    """
    found: dict[str, Finding] = {}
    after_label = {match.start(1): match for match in _SAID.finditer(script.text)}
    bare = {match.start(1): match for match in _CODE.finditer(script.text)}
    for match in (after_label | bare).values():
        for one in _judged(script, match):
            known = found.get(str(one.value))
            if known is None or (known.way != "titled" and one.way == "titled"):
                found[str(one.value)] = one
    return sorted(found.values(), key=lambda one: one.start)


def _judged(script: Script, match: re.Match[str]) -> Iterator[Finding]:
    text, code = script.text, digits(match[1])
    before = text[max(0, match.start() - _REACH) : match.start()]
    is_coded = _CODED.search(before) and is_known(code)
    is_said = bool(_KBLI_BEFORE.search(before) or is_coded or _is_next(before))
    if sum(map(str.isdigit, match[1])) < 3:
        return
    after = _TITLE_AFTER.match(text, match.end(), match.end() + _REACH)
    beside = [_plain(after[1]), _plain(after[1].split("\n")[0])] if after else []
    beside += [_plain(_last_item(before)), _plain(before.split("\n")[-1])]
    likeness = _likest(code, beside)
    if likeness >= ALIKE:
        rival = max((_likest(other, beside) for other in _rivals(code)), default=0.0)
        way = "titled" if rival < likeness else "code"
        if rival <= likeness + CLOSE or script.is_from_layer(*match.span(1)):
            yield Finding("kbli", code, *match.span(1), way)
        else:
            yield _mended(script, match, code, beside)
        return
    if not is_said and _NOT_CODE.search(before):
        return
    one = _mended(script, match, code, beside)
    is_beside = after and "\n" not in text[match.end() : after.start(1)]
    is_listed = is_beside and _LISTED.search(before)
    if is_said or (is_listed and is_known(str(one.value)) and _LISTING.search(text)):
        yield one


def _is_next(before: str) -> bool:
    """Say whether a known code stands just before, as in ``KBLI 56210, 95110 dan 47112``."""
    match = _CODE_BEFORE.search(before)
    return bool(match and is_known(match[1]))


def _likest(code: str, beside: list[str]) -> float:
    return max((_likeness(titles().get(code, ""), one) for one in beside), default=0.0)


@lru_cache(maxsize=256)
def _rivals(code: str) -> tuple[str, ...]:
    """Give the codes that one misread digit makes of a code; their titles are often alike."""
    return tuple(
        other
        for at in range(len(code))
        for digit in "0123456789"
        if (other := code[:at] + digit + code[at + 1 :]) != code and other in titles()
    )


def _mended(script: Script, match: re.Match[str], code: str, beside: list[str]) -> Finding:
    start, end = match.span(1)
    if not script.is_from_layer(start, end):
        for title in beside:
            near = _code_of(title)
            if near and sum(a != b for a, b in zip(near, code, strict=True)) <= 2:
                return Finding("kbli", near, start, end, "mended")
    return Finding("kbli", code, start, end, "code")


def _code_of(title: str) -> str:
    """Give the one code that a title surely names, or nothing."""
    if len(title) < 10:
        return ""
    found = process.extract(title, titles(), scorer=fuzz.ratio, limit=2, score_cutoff=80)
    if not found or found[0][1] < CERTAIN or (len(found) > 1 and found[1][1] > found[0][1] - 4):
        return ""
    return str(found[0][2])


def _likeness(official: str, printed: str) -> float:
    """Compare a title with what is printed, which may be cut short or go on."""
    if len(official) < 5 or len(printed) < 5:
        return 0.0
    whole = fuzz.ratio(official, printed)
    shared = min(len(official), len(printed))
    head = fuzz.ratio(official[:shared], printed[:shared])
    tail = 0.95 * fuzz.partial_ratio(official, printed) if len(printed) >= 12 else 0.0
    return 0.9 * max(whole, head, tail) + 0.1 * whole


def _last_item(before: str) -> str:
    """Give what stands before a code in its own list entry."""
    items = re.split(r"[;:\n]\W*(?:\(?[a-z0-9]{1,3}[.)])\s|;|:\s(?=[A-Z])", before)
    return re.sub(r"\(?\W*(?:kode\W*)?KBLI\b.*$", "", items[-1], flags=re.IGNORECASE | re.DOTALL)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]+", " ", text.lower()).strip()
