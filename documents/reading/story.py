"""The whole reading, told in order: open, see each page, read the paper, check it, compare it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from documents.reading import compare, display
from documents.reading.deed import Paper, read_paper
from documents.reading.display import Shown
from documents.reading.eye import Habit, PageRead, read_page
from documents.reading.kinds import DEEDS
from documents.reading.pages import count_pages, open_pages
from documents.reading.text import Script, Word

ONLY_PICTURES = "other"  # papers that a person reads: pages are drawn, nothing is read
ANY_DEED = "deed"  # any founding paper will do

Tell = Callable[[int, int], None]


@dataclass
class _Sheets:
    """What has been gathered from the pages so far."""

    words: list[Word] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_document(
    files: Sequence[Path | str],
    kind: str | None = None,
    declared: Mapping[str, object] | None = None,
    out_dir: Path | str | None = None,
    tell: Tell | None = None,
) -> dict[str, object]:
    """Read one document that may come as several files; raises a Refusal when it cannot.

    ``kind`` is what the document is said to be: a kind code, ``deed`` for any founding paper,
    ``other`` for page pictures only. ``tell(done, total)`` is called after each page. Page
    pictures are written to ``out_dir`` when given. The answer is plain JSON; text and NIK in
    it are personal data.
    """
    started = time.monotonic()
    sheets = _see_pages([Path(file) for file in files], kind, out_dir, tell)
    if kind == ONLY_PICTURES:
        return _answer(sheets, _nothing_read(), [], started)
    script = Script(sheets.words)
    paper = read_paper(script)
    matches = compare.matches(declared or {}, paper.values, paper.confidence)
    sheets.warnings += _kind_warnings(paper.kind, kind)
    return _answer(sheets, paper, matches, started, script)


def _see_pages(
    paths: list[Path], kind: str | None, out_dir: Path | str | None, tell: Tell | None
) -> _Sheets:
    total, habit, sheets = count_pages(paths), Habit(), _Sheets()
    for number, page in enumerate(open_pages(paths)):
        seen = PageRead() if kind == ONLY_PICTURES else read_page(page, number, habit)
        shown, picture = display.show(page, seen.quarters)
        if out_dir is not None:
            display.save(picture, Path(out_dir), number)
        sheets.words += seen.words
        sheets.shown.append(shown)
        sheets.sizes.append(page.stored_size)
        if seen.warning:
            sheets.warnings.append(f"{seen.warning}:{number + 1}")
        if tell is not None:
            tell(number + 1, total)
    return sheets


def _nothing_read() -> Paper:
    return Paper(kind=ONLY_PICTURES, values={}, confidence={}, places=[], checks=[])


def _kind_warnings(found: str, said: str | None) -> list[str]:
    if found == "unknown":
        return ["not_a_deed"] if said is None or said == ANY_DEED or said in DEEDS else []
    if said is None or said == found or (said == ANY_DEED and found in DEEDS):
        return []
    return ["wrong_kind"]


def _answer(
    sheets: _Sheets,
    paper: Paper,
    matches: list[compare.Match],
    started: float,
    script: Script | None = None,
) -> dict[str, object]:
    script = script or Script([])
    evidence: list[dict[str, object]] = []
    for name, start, end in paper.places:
        _point_at(evidence, script, sheets.shown, (name, start, end))
    checks = []
    for check in paper.checks:
        pointers = [
            at for place in check.places for at in _point_at(evidence, script, sheets.shown, place)
        ]
        checks.append(
            {
                "name": check.name,
                "verdict": check.verdict,
                "values": list(check.values),
                "evidence": pointers,
            }
        )
    return {
        "kind": paper.kind,
        "pages": len(sheets.shown),
        "seconds": round(time.monotonic() - started, 2),
        "fields": paper.values,
        "confidence": paper.confidence,
        "page_size": [list(size) for size in sheets.sizes],
        "display_size": [list(shown.size) for shown in sheets.shown],
        "turned": [shown.turned for shown in sheets.shown],
        "evidence": evidence,
        "checks": checks,
        "matches": [vars(match) for match in matches],
        "text": script.page_texts(len(sheets.shown)),
        "warnings": sheets.warnings,
    }


def _point_at(
    evidence: list[dict[str, object]],
    script: Script,
    shown: list[Shown],
    place: tuple[str, int, int],
) -> list[int]:
    """Add the boxes of a place once, and give their positions in the list."""
    name, start, end = place
    pointers = []
    for page, box in script.boxes(start, end):
        entry: dict[str, object] = {
            "field": name,
            "page": page,
            "box": [round(value, 1) for value in box],
            "display_box": display.shown_box(shown[page], box),
        }
        if entry not in evidence:
            evidence.append(entry)
        pointers.append(evidence.index(entry))
    return pointers
