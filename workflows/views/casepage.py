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

from onboarding.models import Status
from workflows import rights
from workflows.casefile import files_of, open_casefile
from workflows.errors import Refused
from workflows.forms.decisions import (
    ConfirmListingForm,
    HandOverForm,
    SendBackForm,
    decision_form,
)
from workflows.forms.review import CorrectionItemForm, ValueReviewForm, VerifyForm
from workflows.lateness import lateness_of
from workflows.models import Stage
from workflows.registerbook import lines_beside
from workflows.sentences import act_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse

    from documents.models import PageImage
    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.casefile import CaseFile
    from workflows.evidence import Line
    from workflows.models import AuditEvent, Case
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
    turn = turn_of(request.user, file)
    url = reverse("workflows:review_case", args=[pk])
    needs_originals = turn.is_mine or not request.user.may("workflows.work_queue")
    context = {
        "file": file,
        "case": file.case,
        "vendor": file.case.vendor,
        "turn": turn,
        "late": lateness_of(file.case.due_at, timezone.now()),
        "drawing": file.drawing,
        "groups": _groups([_linked(line, file, url) for line in file.lines]),
        "questions": [_linked_question(question, file, url) for question in file.questions],
        "page_links": _page_links(file, url),
        "originals": files_of(file.shown) if file.shown and needs_originals else [],
        "papers": [(row, _url(url, paper=row.paper.pk)) for row in file.papers],
        "events": told(file.events, file.case.vendor_id),
        "registers": lines_beside(file.round, file.case.vendor),
        "query": urlencode({key: value for key, value in query.items() if value.isdecimal()}),
        "review_url": url,
        "failed": list(bound.values()),
    }
    if turn.is_mine:
        # Whose form stands open: of the value that came back, or that was chosen.
        asked = request.POST.get("path") or request.GET.get("value", "")
        context |= FORMS_OF_STAGE[Stage(file.case.stage)](file, asked)
    return render(request, "workflows/review_case.html", {**context, **bound}, status=status)


def turn_of(user: User, file: CaseFile) -> Turn:
    """Ask the same rules as the acts do, so that a button and its act never disagree."""
    case = file.case
    act = ACT_OF_STAGE.get(Stage(case.stage), "")
    if not act or not user.may(act):
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


def told(events: Iterable[AuditEvent], vendor_id: int) -> list[dict[str, Any]]:
    """Turn events of a firm's trail into entries of a timeline; what happened to a firm that was
    merged into it names that firm's number."""
    return [
        {
            "at": event.at,
            "who": f"{event.by} ({event.by.get_role_display()})",
            "what": act_words(event.act),
            "of": event.vendor.number if event.vendor and event.vendor_id != vendor_id else "",
            "from": _status(event.from_status),
            "to": _status(event.to_status),
            "why": reason_words(event.reason),
        }
        for event in events
    ]


def _check(user: User, case: Case) -> None:
    if case.stage == Stage.VERIFY:
        rights.check_may_verify(user, case)
    elif case.stage == Stage.DECIDE:
        rights.check_may_decide(user, case)
    else:
        rights.check_no_kinship(user, case.vendor)


def _status(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code


def _verify_forms(file: CaseFile, asked: str) -> dict[str, Any]:
    kinds = [row.paper.document_type for row in file.papers]
    differs = file.differing > 0
    line = next((line for line in file.lines if line.path == asked), None)
    return {
        "item_form": CorrectionItemForm(papers=kinds, initial=_first_item(file)),
        "verify_form": VerifyForm(differs=differs),
        "value_form": ValueReviewForm(initial={"value": line.raw}) if line else None,
        "asked": asked,
        "may_review": True,
        "return_first": differs or bool(file.drafted) or bool(file.wrong_paper),
    }


def _first_item(file: CaseFile) -> dict[str, Any]:
    """What the next thing to correct will most likely be about; a wrong paper is asked for anew."""
    if file.shown is None:
        return {}
    known: dict[str, Any] = {"document_type": file.shown.document_type_id}
    if file.wrong_paper:
        with translation.override(settings.LANGUAGE_CODE):
            known |= {"reason_code": "DOC_WRONG_TYPE", "text": file.wrong_paper}
    return known


def _decide_forms(_file: CaseFile, _asked: str) -> dict[str, Any]:
    return {
        "approve_form": decision_form("approve"),
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
