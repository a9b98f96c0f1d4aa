"""The page of one case, the same for all who look: evidence to the left, the case to the right.

Which acts it offers depends on the stage and on whose hands the case is in; each act posts to a
view of its own, and comes back here when something has to be corrected, with nothing lost.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from workflows import rights, steps
from workflows.casefile import files_of, open_casefile
from workflows.casetime import parts_of_case
from workflows.declared import declared_beside
from workflows.errors import Refused
from workflows.forms.decisions import (
    ConfirmListingForm,
    HandOverForm,
    SendBackForm,
    decision_form,
)
from workflows.forms.review import CorrectionItemForm, ValueReviewForm, VerifyForm
from workflows.lateness import lateness_of_case
from workflows.looks import note_look
from workflows.models import Look, Stage
from workflows.pendings import pendings_of
from workflows.points import beginning_of
from workflows.reach import reach_of_case
from workflows.registerbook import lines_beside
from workflows.views.asking import asking_of_case
from workflows.views.beside import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from documents.models import PageImage
    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.casefile import CaseFile, Odd, PaperRow
    from workflows.evidence import Line
    from workflows.models import Case
    from workflows.questions import Question, Side

ACT_OF_STAGE = {
    Stage.VERIFY: "workflows.verify_case",
    Stage.DECIDE: "workflows.decide_case",
    Stage.HAND_OVER: "workflows.hand_over_case",
    Stage.CONFIRM_LISTING: "workflows.confirm_listing",
}


class Turn(NamedTuple):
    """What this person may do with the case now, and if not, why not."""

    is_mine: bool = False
    may_take: bool = False
    refusal: str = ""


def case_page(request: SignedIn, pk: int, *, status: int = 200, **bound: Any) -> HttpResponse:
    """Render a case; ``bound`` are forms that came back with something to correct."""
    query = {key: request.GET.get(key, "") for key in ("paper", "page")}
    file = open_casefile(request.user, pk, **query)
    pendings = pendings_of(request.user, [pk])
    being_finished = pendings.of_case.get(pk, "")
    turn = Turn(refusal=being_finished) if being_finished else turn_of(request.user, file)
    url = reverse("workflows:review_case", args=[pk])
    needs_originals = turn.is_mine or not request.user.may("workflows.work_queue")
    context = {
        "file": file,
        "case": file.case,
        "vendor": file.case.vendor,
        "turn": turn,
        "late": lateness_of_case(file.case, timezone.now()),
        "drawing": file.drawing,
        "groups": _groups([_linked(line, file, url) for line in file.lines]),
        "questions": [_linked_question(question, file, url) for question in file.questions],
        "page_links": _page_links(file, url),
        "originals": files_of(file.shown) if file.shown and needs_originals else [],
        "papers": [_paper_links(row, url) for row in file.papers],
        "paper_steps": _paper_steps(file, url),
        "pressed": pendings.bar,
        "is_odd": file.is_odd,
        "declared": declared_beside(file.shown, file.case.vendor, full=turn.is_mine),
        "registers": lines_beside(file.round, file.case.vendor),
        "query": urlencode({key: value for key, value in query.items() if value.isdecimal()}),
        "review_url": url,
        "seen": _seen(request, file, status),
        "failed": list(bound.values()),
        **parts_of_case(request, file),
        **parts_of(file.case),
        **reach_of_case(request, file),
    }
    if turn.is_mine:
        # Whose form stands open: of the value that came back, or that was chosen.
        asked = request.POST.get("path") or request.GET.get("value", "")
        context |= FORMS_OF_STAGE[Stage(file.case.stage)](file, asked)
    context |= asking_of_case(request, file, is_mine=turn.is_mine)
    note_look(request.user, file.case.vendor_id, Look.What.CASE)
    return render(request, "workflows/review_case.html", {**context, **bound}, status=status)


def _seen(request: SignedIn, file: CaseFile, status: int) -> str:
    """What the page shows, for its forms to bring back. A form that was filled in wrongly keeps
    what its page showed: nobody was told yet that the case has changed."""
    kept = request.POST.get("seen", "") if status == 422 else ""
    return kept or steps.seen(file.case, [row.paper.pk for row in file.papers])


def turn_of(user: User, file: CaseFile) -> Turn:
    """Ask the same rules as the acts do, so that a button and its act never disagree."""
    case = file.case
    act = ACT_OF_STAGE.get(Stage(case.stage), "")
    if not act or not user.may(act) or case.held_since:
        return Turn()
    if case.owner_id == user.pk:
        return Turn(is_mine=True)
    if case.owner_id:
        return Turn(refusal=_("%(name)s is working on this case.") % {"name": case.owner})
    try:
        _check(user, case)
    except Refused as error:
        return Turn(refusal=error.sentence)
    return Turn(may_take=True)


def _check(user: User, case: Case) -> None:
    if case.stage == Stage.VERIFY:
        rights.check_may_verify(user, case)
    elif case.stage == Stage.DECIDE:
        rights.check_may_decide(user, case)
    else:
        rights.check_no_kinship(user, case.vendor)


def _verify_forms(file: CaseFile, asked: str) -> dict[str, Any]:
    kinds = [row.paper.document_type for row in file.papers]
    line = next((line for line in file.lines if line.path == asked), None)
    return {
        "item_form": CorrectionItemForm(papers=kinds, initial=_first_item(file)),
        "verify_form": VerifyForm(differs=file.is_odd),
        "value_form": ValueReviewForm(initial={"value": line.raw}) if line else None,
        "asked": asked,
        "may_review": True,
        "return_first": file.is_odd or bool(file.drafted),
    }


def _first_item(file: CaseFile) -> dict[str, Any]:
    """What the next thing to correct will most likely be about: another paper than was asked for,
    the first value that differs, the first question that the paper contradicts."""
    if file.shown is None:
        return {}
    known: dict[str, Any] = {"document_type": file.shown.document_type_id}
    drafted = {item.path for item in file.drafted}
    differing = [one for one in file.lines if one.outcome.row == "b" and one.path not in drafted]
    with translation.override(settings.LANGUAGE_CODE):
        if file.wrong_paper:
            return known | {"reason_code": "DOC_WRONG_TYPE", "text": file.wrong_paper}
        if differing:
            return beginning_of(file, differing[0].path)
        asked = next((one for one in file.questions if one.outcome.row == "b"), None)
        if asked and not file.drafted:
            words = _("%(what)s: the paper does not agree with itself. Please send the right one.")
            known["text"] = words % {"what": asked.label}
    return known


def _decide_forms(file: CaseFile, _asked: str) -> dict[str, Any]:
    return {
        "approve_form": decision_form("approve", differs=file.is_odd),
        "reject_form": decision_form("reject"),
        "send_back_form": SendBackForm(prefix="back"),
    }


FORMS_OF_STAGE: dict[Stage, Callable[[CaseFile, str], dict[str, Any]]] = {
    Stage.VERIFY: _verify_forms,
    Stage.DECIDE: _decide_forms,
    Stage.HAND_OVER: lambda _file, _asked: {"hand_over_form": HandOverForm()},
    Stage.CONFIRM_LISTING: lambda _file, _asked: {"listing_form": ConfirmListingForm()},
}


class Group(NamedTuple):
    """Values that belong together; what is compared with the declaration has no title."""

    title: str
    lines: list[Line]


def _groups(lines: list[Line]) -> list[Group]:
    return [Group(title, list(some)) for title, some in groupby(lines, lambda line: line.group)]


def _linked(line: Line, file: CaseFile, url: str) -> Line:
    """A row points at its box; when that is on another page, at that page."""
    ask = _url(url, paper=file.shown.pk, page=file.number, value=line.path) if file.shown else ""
    link = _to_box(str(line.number), line.page, file, url) if line.box else ""
    return replace(line, link=link, ask=f"{ask}#value-{line.path}")


def _linked_question(question: Question, file: CaseFile, url: str) -> Question:
    def linked(side: Side) -> Side:
        link = _to_box(side.mark, side.page, file, url) if side.box else ""
        if side.firm:
            link = reverse("workflows:vendor", args=[side.firm])
        return replace(side, link=link)

    return replace(question, sides=tuple(linked(side) for side in question.sides))


def _to_box(mark: str, page: int | None, file: CaseFile, url: str) -> str:
    if page is None or file.shown is None:
        return ""
    there = "" if page == file.number else _url(url, paper=file.shown.pk, page=page)
    return f"{there}#box-{mark}"


def _paper_links(row: PaperRow, url: str) -> tuple[PaperRow, str, list[tuple[Odd, str]]]:
    """A paper's address, and of what differs on it the address of the spot."""
    own = _url(url, paper=row.paper.pk)
    spots = [] if row.is_shown else row.odd
    links = [f"{own}&page={odd.page}#{odd.target}" if odd.page else own for odd in spots]
    return row, own, list(zip(spots, links, strict=True))


def _paper_steps(file: CaseFile, url: str) -> dict[str, str]:
    """The papers before and after the one that is shown."""
    at = next((n for n, row in enumerate(file.papers) if row.is_shown), None)
    if at is None:
        return {}
    beside = {"previous": at - 1, "next": at + 1}
    return {
        which: _url(url, paper=file.papers[n].paper.pk)
        for which, n in beside.items()
        if 0 <= n < len(file.papers)
    }


def _page_links(file: CaseFile, url: str) -> dict[str, Any]:
    shown = file.shown
    if shown is None or not file.pages:
        return {}
    numbers = [page.number for page in file.pages]

    def link(number: int) -> str:
        return _url(url, paper=shown.pk, page=number) if number in numbers else ""

    page: PageImage | None = next((p for p in file.pages if p.number == file.number), None)
    return {
        "total": len(numbers),
        "previous": link(file.number - 1),
        "next": link(file.number + 1),
        "image": page,
    }


def _url(url: str, **query: Any) -> str:
    return f"{url}?{urlencode(query)}"
