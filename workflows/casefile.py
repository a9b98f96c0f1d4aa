"""Everything about a case that a person looks at before deciding, gathered in few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404

from documents.models import PageImage, Paper, PaperFile, ReadValue
from workflows import evidence
from workflows.models import AuditEvent, Case, CorrectionItem, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from documents.models import Reading
    from onboarding.models import User
    from workflows.evidence import Box, CheckLine, Line

EVENTS_SHOWN = 20
LOOK_OF_PAPER = {
    Paper.State.RECEIVED: ("info", "clock"),
    Paper.State.READ: ("off", ""),
    Paper.State.UNREADABLE: ("warn", "alert"),
    Paper.State.ACCEPTED: ("ok", "check"),
    Paper.State.RETURNED: ("warn", "alert"),
    Paper.State.REPLACED: ("off", ""),
}


@dataclass(frozen=True)
class PaperRow:
    """One paper in the list beside the viewer."""

    paper: Paper
    kind: str
    icon: str
    differing: int
    is_shown: bool = False


class Drawing(NamedTuple):
    """The page in the viewer: its picture drawn 930 wide, with numbered boxes."""

    page: PageImage
    width: int
    height: int
    boxes: list[Box]


@dataclass(frozen=True)
class CaseFile:
    """A case with its rounds, papers, what was read, what was asked to be corrected, its trail."""

    case: Case
    rounds: list[Round]
    papers: list[PaperRow]
    differing: int
    doubtful: int
    agreeing: int
    shown: Paper | None = None
    number: int = 1
    pages: list[PageImage] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    items: list[CorrectionItem] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)

    @property
    def round(self) -> Round:
        """The round in hand, already loaded."""
        return next(r for r in self.rounds if r.number == self.case.round_number)

    @property
    def reading(self) -> Reading | None:
        """What the machine kept of the shown paper; a statement has none."""
        return reading_of(self.shown) if self.shown else None

    @property
    def checks(self) -> list[CheckLine]:
        """What the shown paper answered about itself."""
        return evidence.checks_of(self.reading) if self.reading else []

    @property
    def exceptions(self) -> list[CheckLine]:
        """The answers that somebody must look at."""
        return [check for check in self.checks if check.outcome.row]

    @property
    def warnings(self) -> list[str]:
        """What the machine noticed on the shown paper."""
        return evidence.warnings_of(self.reading) if self.reading else []

    @property
    def drawing(self) -> Drawing | None:
        """The page to draw, or None where there is no picture."""
        page = next((page for page in self.pages if page.number == self.number), None)
        if page is None:
            return None
        height = round(page.height * evidence.DRAWN_WIDTH / max(1, page.width))
        boxes = evidence.boxes_on(page, self.lines)
        return Drawing(page, evidence.DRAWN_WIDTH, height, boxes)

    @property
    def drafted(self) -> list[CorrectionItem]:
        """The list that was not sent yet."""
        return [item for item in self.items if item.request.sent_at is None]

    @property
    def sent(self) -> list[CorrectionItem]:
        """What was asked in earlier rounds, newest first."""
        return [item for item in self.items if item.request.sent_at is not None]


def open_casefile(user: User, pk: int, *, paper: str = "", page: str = "") -> CaseFile:
    """Gather a case in this person's sight; ``paper`` and ``page`` choose what is shown.

    Raises ``Http404`` for a case out of sight. Costs at most seven queries.
    """
    rounds = list(
        Round.objects.filter(case__in=Case.objects.visible_to(user).filter(pk=pk)).select_related(
            "case__vendor__region", "case__owner", "verified_by", "decided_by", "reason_code"
        )
    )
    if not rounds:
        raise Http404
    case = rounds[0].case
    papers = list(papers_of(case))
    values = _values_by_paper(papers)
    rows = [_row(one, values.get(one.pk, ())) for one in papers]
    shown = _chosen(rows, paper)
    read = [line for row in rows for line in evidence.lines_of(values.get(row.paper.pk, ()))]
    lines = evidence.lines_of(values.get(shown.pk, ())) if shown else []
    return CaseFile(
        case=case,
        rounds=rounds,
        papers=[PaperRow(r.paper, r.kind, r.icon, r.differing, r.paper == shown) for r in rows],
        differing=sum(row.differing for row in rows),
        doubtful=sum(line.outcome.row == "w" for line in read),
        agreeing=sum(line.outcome.kind == "ok" for line in read),
        shown=shown,
        number=int(page[:4]) if page.isdecimal() else _first_exception(lines),
        pages=list(PageImage.objects.filter(paper=shown)) if shown else [],
        lines=lines,
        items=_items(case),
        events=list(events_of(user, case.vendor_id)[:EVENTS_SHOWN]),
    )


def papers_of(case: Case) -> QuerySet[Paper]:
    """Return the papers in force, in the order in which they are asked for."""
    papers = Paper.objects.filter(vendor=case.vendor_id).exclude(state=Paper.State.REPLACED)
    return papers.select_related("document_type", "reading")


def files_of(paper: Paper) -> list[PaperFile]:
    """Return the originals of a paper."""
    return list(PaperFile.objects.filter(paper=paper))


def events_of(user: User, vendor_id: int) -> QuerySet[AuditEvent]:
    """Return a firm's trail, newest first."""
    return AuditEvent.objects.visible_to(user).filter(vendor=vendor_id).select_related("by")


def reading_of(paper: Paper) -> Reading | None:
    """Return a paper's reading, or None for a statement."""
    return getattr(paper, "reading", None)


def _items(case: Case) -> list[CorrectionItem]:
    """A case that never was returned has a list only while it is being verified."""
    if not case.returns and case.stage != Stage.VERIFY:
        return []
    items = CorrectionItem.objects.filter(request__case=case).order_by("-request__pk", "number")
    return list(items.select_related("request", "document_type", "reason_code"))


def _values_by_paper(papers: Sequence[Paper]) -> dict[int, list[ReadValue]]:
    readings = {
        reading.pk: paper.pk
        for paper in papers
        if paper.document_type.is_read and (reading := reading_of(paper))
    }
    found: dict[int, list[ReadValue]] = {}
    for value in ReadValue.objects.filter(reading__in=list(readings)):
        found.setdefault(readings[value.reading_id], []).append(value)
    return found


def _row(paper: Paper, values: Sequence[ReadValue]) -> PaperRow:
    kind, icon = LOOK_OF_PAPER[Paper.State(paper.state)]
    reading = reading_of(paper)
    verdicts = [value.verdict for value in values]
    verdicts += [check["verdict"] for check in reading.checks] if reading else []
    differing = verdicts.count(ReadValue.Verdict.DIFFERS)
    return PaperRow(paper, kind, icon, differing)


def _chosen(rows: Sequence[PaperRow], wanted: str) -> Paper | None:
    """The paper that was asked for; else one that differs, one that was read, or the first."""

    def weight(row: PaperRow) -> tuple[Any, ...]:
        return (str(row.paper.pk) == wanted, row.differing > 0, row.paper.document_type.is_read)

    return max(rows, key=weight).paper if rows else None


def _first_exception(lines: Sequence[Line]) -> int:
    """The page on which there is something to look at, else the first."""
    return next((line.page for line in lines if line.outcome.row and line.page), 1)
