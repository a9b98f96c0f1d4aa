"""Everything about a case that a person looks at before deciding, gathered in few queries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404

from config.gate.keys import read_key
from documents.models import PageImage, Paper, PaperFile, ReadValue, ValueObjection, ValueReview
from onboarding.models import Referral, Vendor
from workflows import evidence, questions
from workflows.boxes import DRAWN_WIDTH, Box, boxes_on
from workflows.models import (
    AuditEvent,
    Case,
    CaseNote,
    CorrectionItem,
    DeadContact,
    Round,
    Stage,
)
from workflows.registerbook import words_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from documents.models import Reading
    from onboarding.models import User
    from workflows.evidence import Line
    from workflows.questions import Question

EVENTS_SHOWN = 20
TOLD_BY_LIST = ("enter_sheet", "screen_sheet")
MOST_LISTS = 20
#: Columns of a reading that would come with each of its values and are not needed there.
HEAVY = tuple(
    f"reading__{name}"
    for name in ("text", "fields", "confidence", "evidence", "further", "checks", "warnings")
)
LOOK_OF_PAPER = {
    Paper.State.RECEIVED: ("info", "clock"),
    Paper.State.READ: ("off", ""),
    Paper.State.UNREADABLE: ("warn", "alert"),
    Paper.State.ACCEPTED: ("ok", "check"),
    Paper.State.RETURNED: ("warn", "alert"),
    Paper.State.REPLACED: ("off", ""),
}


class Odd(NamedTuple):
    """Something on a paper that a person should look at: what, what stands there, and where."""

    label: str
    text: str
    target: str
    page: int | None


@dataclass(frozen=True)
class PaperRow:
    """One paper in the list beside the viewer."""

    paper: Paper
    kind: str
    icon: str
    differing: int
    is_wrong: bool = False
    is_shown: bool = False
    odd: tuple[Odd, ...] = ()


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
    wanted: str = ""
    pages: list[PageImage] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    firms: dict[int, Vendor] = field(default_factory=dict)
    items: list[CorrectionItem] = field(default_factory=list)

    @property
    def has_dead_contact(self) -> bool:
        """A message to this firm did not arrive."""
        return bool(self.rounds[0].has_dead_contact)  # type: ignore[attr-defined]  # annotated

    @property
    def signed_rounds(self) -> list[Round]:
        """Those that somebody verified or decided, newest first."""
        return [one for one in self.rounds if one.verified_by or one.decided_by]

    @property
    def round(self) -> Round:
        """The round in hand, already loaded."""
        return next(r for r in self.rounds if r.number == self.case.round_number)

    @property
    def reading(self) -> Reading | None:
        """What the machine kept of the shown paper; a statement has none."""
        return reading_of(self.shown) if self.shown else None

    @cached_property
    def questions(self) -> list[Question]:
        """What the shown paper answered about itself, contradictions first."""
        if self.reading is None:
            return []
        return questions.questions_of(self.reading, self.lines, self.firms)

    @cached_property
    def number(self) -> int:
        """The page that was asked for, else the first with something to look at, else the first."""
        if number := read_key(self.wanted, longest=4):
            return number
        odd = [side.page for one in self.questions if one.outcome.row for side in one.sides]
        odd += [line.page for line in self.lines if line.outcome.row]
        return next((page for page in odd if page), 1)

    @property
    def capture(self) -> str:
        """How the page in the viewer came to us, where the reader has said so."""
        told = self.reading.further.get("capture", []) if self.reading else []
        code = str(told[self.number - 1]) if 0 < self.number <= len(told) else ""
        return str(ValueReview.Capture(code).label) if code in ValueReview.Capture.values else ""

    @property
    def is_contradictory(self) -> bool:
        """Somebody must look at what the shown paper answered about itself."""
        return any(question.outcome.row for question in self.questions)

    @property
    def is_odd(self) -> bool:
        """Some value differs, a paper contradicts itself, or another paper came than was asked."""
        return self.differing > 0 or any(row.is_wrong for row in self.papers)

    @property
    def warnings(self) -> list[str]:
        """What the machine noticed on the shown paper."""
        return evidence.warnings_of(self.reading) if self.reading else []

    @property
    def wrong_paper(self) -> str:
        """What the shown paper looks like, when it is another kind than the one asked for."""
        if self.shown is None or self.reading is None:
            return ""
        return evidence.wrong_paper(self.reading, self.shown.document_type)

    @property
    def drawing(self) -> Drawing | None:
        """The page to draw, or None where there is no picture."""
        page = next((page for page in self.pages if page.number == self.number), None)
        if page is None:
            return None
        height = round(page.height * DRAWN_WIDTH / max(1, page.width))
        return Drawing(page, DRAWN_WIDTH, height, boxes_on(page, self.lines, self.questions))

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

    Raises ``Http404`` for a case out of sight. Costs at most six queries.
    """
    rounds = list(
        Round.objects.filter(case__in=Case.objects.visible_to(user).filter(pk=pk))
        .select_related(
            "case__vendor__region", "case__owner", "verified_by", "decided_by", "reason_code"
        )
        .annotate(**words_beside("case__vendor"), **_known_beside())
    )
    if not rounds:
        raise Http404
    case = rounds[0].case
    papers = list(papers_of(case))
    lines, firms = _lines_by_paper(papers)
    known = firms if user.sees_every_vendor() else {}
    rows = [_row(one, lines.get(one.pk, ()), known) for one in papers]
    shown = _chosen(rows, paper)
    read = [line for one in lines.values() for line in one]
    shown_lines = lines.get(shown.pk, []) if shown else []
    return CaseFile(
        case=case,
        rounds=rounds,
        papers=[replace(row, is_shown=row.paper == shown) for row in rows],
        differing=sum(row.differing for row in rows),
        doubtful=sum(line.outcome.row == "w" for line in read),
        agreeing=sum(line.outcome.kind == "ok" for line in read),
        shown=shown,
        wanted=page,
        pages=list(PageImage.objects.filter(paper=shown)) if shown else [],
        lines=shown_lines,
        firms=known,
        items=_items(case),
    )


def papers_of(case: Case) -> QuerySet[Paper]:
    """Return the papers in force, in the order in which they are asked for."""
    papers = Paper.objects.filter(vendor=case.vendor_id).exclude(state=Paper.State.REPLACED)
    papers = papers.select_related("document_type", "reading")
    return papers.defer("reading__text")  # the longest column, shown nowhere


def files_of(paper: Paper) -> list[PaperFile]:
    """Return the originals of a paper."""
    return list(PaperFile.objects.filter(paper=paper))


def events_of(user: User, vendor_id: int) -> QuerySet[AuditEvent]:
    """Return a firm's trail, newest first: its own events, and those of the long lists that named
    it, which are told once for all firms."""
    lists = Referral.objects.filter(vendor=vendor_id, sheet__is_streamed=True)
    if not user.sees_every_vendor():
        lists = lists.filter(agency=user.agency_id or 0)
    batches = list(lists.values_list("sheet_id", flat=True)[:MOST_LISTS])
    own = _own_events(user, vendor_id)
    if not batches:
        return own
    told = AuditEvent.objects.filter(act__in=TOLD_BY_LIST, vendor=None, detail__sheet__in=batches)
    return AuditEvent.objects.filter(
        Q(pk__in=own.order_by().values("pk")) | Q(pk__in=told.order_by().values("pk"))
    ).select_related("by", "vendor")


def _own_events(user: User, vendor_id: int) -> QuerySet[AuditEvent]:
    seen = AuditEvent.objects.visible_to(user).filter(vendor__in=_one_firm(vendor_id))
    return seen.select_related("by", "vendor")


def _one_firm(vendor_id: int) -> QuerySet[Any, Any]:
    """A firm and those that were merged into it: their events stay theirs and are told here too."""
    return Vendor.objects.filter(
        Q(pk=vendor_id)
        | Q(merged_into=vendor_id)
        | Q(merged_into__merged_into=vendor_id)
        | Q(merged_into__merged_into__merged_into=vendor_id)
    ).values("pk")


def reading_of(paper: Paper) -> Reading | None:
    """Return a paper's reading, or None for a statement."""
    return getattr(paper, "reading", None)


def _items(case: Case) -> list[CorrectionItem]:
    """A case that never was returned has a list only while it is being verified."""
    if not case.returns and case.stage != Stage.VERIFY:
        return []
    items = CorrectionItem.objects.filter(request__case=case).order_by("-request__pk", "number")
    return list(items.select_related("request", "document_type", "reason_code"))


def _lines_by_paper(papers: Sequence[Paper]) -> tuple[dict[int, list[Line]], dict[int, Vendor]]:
    """Lay out every paper that the machine read; also the firms of papers that checks name.

    Both come with the values read, in one query: a paper that is the same deed was read too.
    """
    read = [paper for paper in papers if paper.document_type.is_read and reading_of(paper)]
    own = {paper.pk: paper.reading for paper in read}
    named = {pk for one in own.values() for check in one.checks for pk in check.get("papers", ())}
    objections = ValueObjection.objects.filter(
        paper=OuterRef("reading__paper"), field=OuterRef("field")
    ).order_by("-pk")
    every = ReadValue.objects.filter(reading__paper__in=[*own, *named]).annotate(
        objection=objections.values("note")[:1]
    )
    values: dict[int, list[ReadValue]] = {}
    firms: dict[int, Vendor] = {}
    for value in every.select_related("reading__paper__vendor").defer(*HEAVY):
        paper = value.reading.paper
        if paper.pk in own:
            values.setdefault(paper.pk, []).append(value)
        else:
            firms[paper.pk] = paper.vendor
    lines = {
        paper.pk: evidence.lines_of(paper.reading, values.get(paper.pk, ()), paper)
        for paper in read
    }
    return lines, firms


def _row(paper: Paper, lines: Sequence[Line], firms: Mapping[int, Vendor]) -> PaperRow:
    kind, icon = LOOK_OF_PAPER[Paper.State(paper.state)]
    reading = reading_of(paper)
    asked = [check["verdict"] for check in reading.checks] if reading else []
    differing = asked.count(ReadValue.Verdict.DIFFERS)
    differing += sum(line.outcome.row == "b" for line in lines)
    is_wrong = reading is not None and evidence.is_wrong_paper(reading)
    odd = tuple(_odd(reading, lines, firms)) if reading and differing else ()
    return PaperRow(paper, kind, icon, differing, is_wrong, odd=odd)


def _odd(reading: Reading, lines: Sequence[Line], firms: Mapping[int, Vendor]) -> Iterator[Odd]:
    """What differs on a paper, so that it is seen also while another paper lies open."""
    for line in lines:
        if line.outcome.row == "b":
            read = " ".join(piece.text for piece in line.read)
            yield Odd(str(line.label), read, f"value-{line.path}", line.page)
    for question in questions.questions_of(reading, list(lines), dict(firms)):
        if question.outcome.row == "b":
            texts = " / ".join(str(side.text) for side in question.sides)
            page = next((side.page for side in question.sides if side.page), None)
            yield Odd(str(question.label), texts, f"check-{question.letter}", page)


def _known_beside() -> dict[str, Any]:
    """The last note of a colleague, whether the firm had a case before and an address that is dead
    come with the rounds, so that they are known without asking."""
    others = Case.objects.filter(vendor=OuterRef("case__vendor")).exclude(pk=OuterRef("case"))
    notes = CaseNote.objects.filter(case=OuterRef("case")).order_by("-pk")
    return {
        "note_text": Subquery(notes.values("text")[:1]),
        "note_by": Subquery(notes.values("by__full_name")[:1]),
        "note_at": Subquery(notes.values("at")[:1]),
        "has_case_before": Exists(others),
        "has_dead_contact": Exists(DeadContact.objects.of_row("case__vendor__")),
    }


def _chosen(rows: Sequence[PaperRow], wanted: str) -> Paper | None:
    """The paper that was asked for; else one that differs, one that nobody accepted yet beside
    others that were, one that was read, or the first."""

    def weight(row: PaperRow) -> tuple[Any, ...]:
        is_odd = row.differing > 0 or row.is_wrong
        is_new = row.paper.state != Paper.State.ACCEPTED
        is_asked = str(row.paper.pk) == wanted
        return (is_asked, is_odd, is_new, row.paper.document_type.is_read)

    return max(rows, key=weight).paper if rows else None
