"""Which cases have nothing that a person would stop at: asked for many at once, in few queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from documents.models import Paper, ReadValue, ValueObjection
from workflows import evidence, questions
from workflows.advice import is_for_approval
from workflows.casefile import reading_of
from workflows.models import CorrectionItem, Round, Stage
from workflows.registerbook import lines_beside, words_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from workflows.evidence import Line
    from workflows.models import Case

LOUD = frozenset({"bad", "warn"})


def to_judge(cases: QuerySet[Case]) -> QuerySet[Round]:
    """Return the first rounds of cases, with everything that stands on the case itself."""
    waiting = CorrectionItem.objects.filter(
        request__case=OuterRef("case"), resolved_at__isnull=True
    )
    return (
        Round.objects.filter(case__in=cases, number=1)
        .select_related("case__vendor__region")
        .annotate(is_asked=Exists(waiting), **words_beside("case__vendor"))
        .order_by("case__due_at", "case")
    )


class Greenness(NamedTuple):
    """Why a case is not green ("" where it is), and what confirmed it: values that the machine read
    as declared, registers that agree, originals that were seen."""

    why: str
    values: int = 0
    registers: int = 0
    originals: int = 0


def greenness_of(rounds: Sequence[Round]) -> dict[int, Greenness]:
    """Return the greenness of each case. Two queries for all.

    Green is: the first round, verified with the advice to approve and nothing to explain, no value
    that differs or is doubtful, no contradiction, no register that disagrees, no open point, and at
    least one thing that confirms: silence is not green. ``rounds`` come from ``to_judge``.
    """
    papers = _papers([one.case.vendor_id for one in rounds])
    values = _values([paper for some in papers.values() for paper in some])
    found = {}
    for one in rounds:
        own = papers.get(one.case.vendor_id, [])
        lines = {paper.pk: _lines_of(paper, values) for paper in own}
        against = [_of_case(one.case, one), *(_of_paper(paper, lines[paper.pk]) for paper in own)]
        confirmed = Greenness(
            "",
            values=sum(line.outcome.kind == "ok" for some in lines.values() for line in some),
            registers=sum(line.kind == "ok" for line in lines_beside(one, one.case.vendor)),
            originals=sum(paper.sighted_at is not None for paper in own),
        )
        why = next(filter(None, against), "")
        if not why and not any(confirmed[1:]):
            why = _("No machine, register or original has confirmed anything yet.")
        found[one.case_id] = confirmed._replace(why=why)
    return found


def _of_case(case: Case, current: Round) -> str:
    if case.stage != Stage.DECIDE:
        return _("It no longer waits for a decision.")
    if case.held_since or case.owner_id:
        return _("It is on hold or in somebody’s hands.")
    if case.is_change or case.round_number > 1 or case.returns or case.appealed_at:
        return _("It is not a first application in its first round.")
    is_asked: bool = getattr(current, "is_asked", False)
    return _("A point to correct is still open.") if is_asked else _of_round(case, current)


def _of_round(case: Case, current: Round) -> str:
    if not is_for_approval(current.recommendation):
        return _("The officer did not simply recommend approval.")
    if any(line.kind in LOUD for line in lines_beside(current, case.vendor)):
        return _("A register outside disagrees.")
    return ""


def _lines_of(paper: Paper, values: dict[int, list[ReadValue]]) -> list[Line]:
    reading = reading_of(paper) if paper.document_type.is_read else None
    return evidence.lines_of(reading, values.get(paper.pk, ()), paper) if reading else []


def _of_paper(paper: Paper, lines: list[Line]) -> str:
    if not paper.document_type.is_read:
        return ""
    reading = reading_of(paper)
    if reading is None or reading.refusal or paper.state == Paper.State.UNREADABLE:
        return _("A paper could not be read by the machine.")
    if evidence.is_wrong_paper(reading):
        return _("A paper may be another one than asked for.")
    if any(line.outcome.row for line in lines):
        return _("A value differs or is doubtful.")
    if any(question.outcome.row for question in questions.questions_of(reading, lines)):
        return _("A paper does not agree with itself.")
    return ""


def _papers(vendor_ids: Iterable[int]) -> dict[int, list[Paper]]:
    found: dict[int, list[Paper]] = {}
    papers = Paper.objects.filter(vendor__in=vendor_ids).exclude(state=Paper.State.REPLACED)
    for paper in papers.select_related("document_type", "reading").defer("reading__text"):
        found.setdefault(paper.vendor_id, []).append(paper)
    return found


def _values(papers: Sequence[Paper]) -> dict[int, list[ReadValue]]:
    own = {paper.reading.pk: paper.pk for paper in papers if reading_of(paper)}
    objections = ValueObjection.objects.filter(
        paper=OuterRef("reading__paper"), field=OuterRef("field")
    ).order_by("-pk")
    every = ReadValue.objects.filter(reading__in=own).annotate(
        objection=objections.values("note")[:1]
    )
    found: dict[int, list[ReadValue]] = {}
    for value in every if own else ():
        found.setdefault(own[value.reading_id], []).append(value)
    return found
