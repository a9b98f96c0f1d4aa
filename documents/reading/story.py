"""The whole reading, told in order: open, see each page, read the paper, check it, compare it."""

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from documents.reading import DEEDS, compare, display, order
from documents.reading.again import Sight
from documents.reading.capture import measure
from documents.reading.deed import Paper, read_paper
from documents.reading.display import Shown
from documents.reading.errors import EngineFailed
from documents.reading.eye import Habit, PageRead, read_page
from documents.reading.pages import Page, count_pages, file_type, open_pages
from documents.reading.question import Check
from documents.reading.text import Box, LookAgain, Script, Word

ONLY_PICTURES = "other"  # papers that a person reads: pages are drawn, nothing is read
ANY_DEED = "deed"  # any founding paper will do
NEWS_AFTER = (1, 2, 3, 5)  # pages read by eye, after which the fields are looked for
NEWS_EVERY = 5  # pages, from then on
BESIDE_VALUES = ("weekday", "shares")  # what a check compares a value with, no value itself
SECONDS_A_PAGE = 15.0  # when these are used up, the pages that are left are only drawn

Evidence = list[dict[str, object]]


@dataclass(frozen=True)
class Progress:
    """How far a reading is, and what is known so far from the pages already seen.

    ``fields``, ``confidence`` and ``evidence`` have the shape of the final answer.
    """

    done: int
    total: int
    fields: Mapping[str, object] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=list)


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Sheet:
    """One page as it was seen: what it says, how it is shown, what is wrong with it."""

    words: list[Word]
    shown: Shown
    size: tuple[float, float]
    warnings: list[str]
    capture: str  # layer, bilevel, photo or scan


Sheets = dict[int, Sheet]


def read_document(
    files: Sequence[Path | str],
    kind: str | None = None,
    declared: Mapping[str, object] | None = None,
    out_dir: Path | str | None = None,
    tell: Tell | None = None,
    *,
    news: bool = True,
    today: dt.date | None = None,
) -> dict[str, object]:
    """Read one document that may come as several files; raises a Refusal when it cannot.

    ``kind`` is what the document is said to be: a kind code, ``deed`` for any founding paper,
    ``other`` for page pictures only. ``tell`` hears of the number of pages, and then of each page
    seen, with ``news`` also of what is known by then; the pages that say most are seen first, the
    answer is in the order given. Page pictures are written to ``out_dir`` when given. A date
    after ``today`` is noticed. The answer is plain JSON; text and NIK in it are personal data.
    """
    started = time.monotonic()
    paths = [Path(file) for file in files]
    sight = Sight()
    out = Path(out_dir) if out_dir else None
    sheets = _see_pages(paths, kind, out, sight, tell or _nobody, news=news)
    warnings = [warning for number in sorted(sheets) for warning in sheets[number].warnings]
    if kind == ONLY_PICTURES:
        paper, script = _nothing_read(), Script([])
    else:
        script = _script(sheets, is_unsorted=_is_unsorted(paths, len(sheets)))
        paper = read_paper(script, _second_look(sight), today, warnings)
    matches = compare.matches(declared or {}, paper.values, paper.confidence)
    return {
        **_answer(sheets, paper, script),
        "matches": [vars(match) for match in matches],
        "warnings": [*warnings, *_kind_warnings(paper.kind, kind)],
        "seconds": round(time.monotonic() - started, 2),
    }


def _second_look(sight: Sight) -> LookAgain:
    """Where the engine fails on a spot, the first look stands alone."""

    def look(number: int, box: Box) -> str:
        try:
            return sight.look_again(number, box)
        except EngineFailed:
            return ""

    return look


def _nobody(progress: Progress) -> None:
    """Nobody listens."""


def _see_pages(
    paths: list[Path], kind: str | None, out: Path | None, sight: Sight, tell: Tell, *, news: bool
) -> Sheets:
    total, habit, sheets = count_pages(paths), Habit(), Sheets()
    is_photo, by_eye = _is_photo(paths), 0
    known = Progress(0, total)
    tell(known)
    until = time.monotonic() + SECONDS_A_PAGE * total
    numbers = range(total) if kind == ONLY_PICTURES else order.first_answer_order(total)
    for number, page in zip(numbers, open_pages(paths, numbers), strict=True):
        seen = PageRead() if kind == ONLY_PICTURES else _seen(page, number, habit, until)
        capture = _capture(page, seen, is_photo=is_photo)
        sheets[number] = _sheet(page, seen, number, capture, out)
        sight.keep(number, seen.view)
        by_eye += seen.view is not None
        is_time = by_eye in NEWS_AFTER or by_eye % NEWS_EVERY == 0
        if news and is_time and seen.view and len(sheets) < total:
            known = _known_so_far(sheets, total, is_unsorted=_is_unsorted(paths, total))
        tell(replace(known, done=len(sheets)))
    return sheets


def _seen(page: Page, number: int, habit: Habit, until: float) -> PageRead:
    """Better some pages unread, which a person is told, than none kept."""
    if time.monotonic() > until:
        return PageRead(warning="unread_page")
    return read_page(page, number, habit)


def _is_photo(paths: list[Path]) -> bool:
    return not {"pdf", "tiff"} & {file_type(path) for path in paths}


def _is_unsorted(paths: list[Path], total: int) -> bool:
    """Pages that were photographed one by one may come in any order."""
    return len(paths) == total > 1


def _sheet(page: Page, seen: PageRead, number: int, capture: str, out: Path | None) -> Sheet:
    shown = display.shown_as(page, seen.quarters)
    if out is not None:
        display.draw(page, seen.quarters, shown, out, number)
    found = (seen.warning, *(measure(page.raster).faults if capture == "photo" else ()))
    warnings = [f"{code}:{number + 1}" for code in found if code]
    return Sheet(seen.words, shown, page.stored_size, warnings, capture)


def _capture(page: Page, seen: PageRead, *, is_photo: bool) -> str:
    """Say how a page came to be a picture, as far as its file and its pixels tell."""
    if any(word.from_layer for word in seen.words):
        return "layer"
    if np.isin(page.raster[::7, ::7], (0, 255)).all():
        return "bilevel"
    return "photo" if is_photo else "scan"


def _known_so_far(sheets: Sheets, total: int, *, is_unsorted: bool) -> Progress:
    script = _script(sheets, is_unsorted=is_unsorted)
    paper = read_paper(script)
    evidence = _places(script, sheets, paper)
    return Progress(len(sheets), total, paper.values, paper.confidence, evidence)


def _script(sheets: Sheets, *, is_unsorted: bool) -> Script:
    """Join the pages in the order in which their sentences run."""
    numbers = sorted(sheets)
    if is_unsorted:
        texts = [_text_of(sheets[number].words) for number in numbers]
        numbers = [numbers[at] for at in order.sentence_order(texts)]
    return Script(word for number in numbers for word in sheets[number].words)


def _text_of(words: list[Word]) -> str:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())


def _nothing_read() -> Paper:
    return Paper(kind=ONLY_PICTURES, values={}, confidence={}, places=[], checks=[])


def _kind_warnings(found: str, said: str | None) -> list[str]:
    if found == ONLY_PICTURES:
        return []
    if found == "unknown":
        return ["not_a_deed"] if said is None or said == ANY_DEED or said in DEEDS else []
    if said is None or said == found or (said == ANY_DEED and found in DEEDS):
        return []
    return ["wrong_kind"]


def _answer(sheets: Sheets, paper: Paper, script: Script) -> dict[str, object]:
    pages = [sheets[number] for number in sorted(sheets)]
    evidence = _places(script, sheets, paper)
    checks = [_check(evidence, script, sheets, check) for check in paper.checks]
    return {
        "kind": paper.kind,
        "pages": len(pages),
        "fields": paper.values,
        "confidence": paper.confidence,
        "page_size": [list(page.size) for page in pages],
        "display_size": [list(page.shown.size) for page in pages],
        "turned": [page.shown.turned for page in pages],
        "capture": [page.capture for page in pages],
        "evidence": evidence,
        "checks": checks,
        "readings": _readings(evidence, script, sheets, paper),
        "text": script.page_texts(len(pages)),
    }


def _check(evidence: Evidence, script: Script, sheets: Sheets, check: Check) -> dict[str, object]:
    """Tell a check with a spot for each answer; evidence is only what shows a value itself."""
    spots: Evidence = []
    for place in check.places:
        spots += _spots(script, sheets, place)[:1]
    places = [place for place in check.places if place[0] not in BESIDE_VALUES]
    return {
        "name": check.name,
        "verdict": check.verdict,
        "values": list(check.values),
        "evidence": [at for one in places for at in _point_at(evidence, script, sheets, one)],
        "spots": spots,
    }


def _places(script: Script, sheets: Sheets, paper: Paper) -> Evidence:
    evidence: Evidence = []
    for place in paper.places:
        _point_at(evidence, script, sheets, place)
    return evidence


def _readings(
    evidence: Evidence, script: Script, sheets: Sheets, paper: Paper
) -> dict[str, dict[str, object]]:
    """Tell of each value how it was found, and which boxes are its own."""
    return {
        key: told
        | {
            "evidence": [
                at
                for place in paper.spots.get(key, ())
                for at in _point_at(evidence, script, sheets, place)
            ]
        }
        for key, told in paper.readings.items()
    }


def _point_at(
    evidence: Evidence, script: Script, sheets: Sheets, place: tuple[str, int, int]
) -> list[int]:
    """Add the boxes of a place once, and give their positions in the list."""
    pointers = []
    for entry in _spots(script, sheets, place):
        if entry not in evidence:
            evidence.append(entry)
        pointers.append(evidence.index(entry))
    return pointers


def _spots(script: Script, sheets: Sheets, place: tuple[str, int, int]) -> Evidence:
    """Give the boxes of a place, one for each line that it runs over."""
    name, start, end = place
    return [
        {
            "field": name,
            "page": page,
            "box": [round(value, 1) for value in box],
            "display_box": display.shown_box(sheets[page].shown, box),
        }
        for page, box in script.boxes(start, end)
    ]
