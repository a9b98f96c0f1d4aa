"""The part of a case's page on what is asked of the owner and which originals were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflows.actions.corrections import due_limits
from workflows.changes import changes_of_case
from workflows.forms.review import CorrectionItemForm, DueForm
from workflows.forms.sighting import SightingForm
from workflows.models import Letter, Stage
from workflows.points import beginning_of, with_spots
from workflows.sighted import sightings_of
from workflows.verdicts import DECIDED

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn
    from workflows.casefile import CaseFile


def asking_of_case(request: SignedIn, file: CaseFile, *, is_mine: bool) -> dict[str, Any]:
    """Return what the page of a case shows of corrections: the draft with its pictures, what
    became of the list before, the originals seen; and the forms of whoever checks now."""
    with_spots(file.drafted)
    papers = [row.paper for row in file.papers]
    context = {
        "sightings": sightings_of(papers),
        **changes_of_case(file),
        **_verdict(request, file),
    }
    if not is_mine or file.case.stage != Stage.VERIFY:
        return context
    context["sighting_form"] = SightingForm(papers=papers, prefix="seen", initial=_seen(file))
    path = request.GET.get("item", "")
    beginning = beginning_of(file, path)
    if beginning:
        kinds = [paper.document_type for paper in papers]
        context["item_form"] = CorrectionItemForm(papers=kinds, initial=beginning)
        context["is_asking"] = True
    if file.drafted:
        first, last = due_limits()
        due_on = file.drafted[0].request.due_on
        context |= {"due_form": DueForm(initial={"due_on": due_on}), "due_limits": (first, last)}
    return context


def _verdict(request: SignedIn, file: CaseFile) -> dict[str, Any]:
    """The minutes of the last decision, or whether they may be made; no query before one."""
    decided = [one for one in file.rounds if one.decision in DECIDED]
    if not decided or not request.user.may("workflows.view_letters"):
        return {}
    number = max(one.number for one in decided)
    letters = Letter.objects.visible_to(request.user).filter(
        case=file.case.pk, kind=Letter.Kind.VERDICT, content__round=number
    )
    letter = letters.exclude(state=Letter.State.CANCELLED).first()
    return {
        "verdict_letter": letter,
        "may_write_verdict": letter is None and request.user.may("workflows.write_verdict"),
    }


def _seen(file: CaseFile) -> dict[str, Any]:
    return {"paper": file.shown.pk} if file.shown else {}
