"""What the owner is asked to correct: written by the officer, answered by the owner, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.models import PageImage, Paper
from workflows import actions
from workflows.casefile import open_casefile, papers_of
from workflows.errors import Refused
from workflows.forms.review import (
    AnswerForm,
    CorrectionItemForm,
    DueForm,
    ItemTextForm,
    ResolveForm,
)
from workflows.forms.sighting import SightingForm
from workflows.models import CorrectionItem
from workflows.points import place_of, with_spots
from workflows.views.casepage import case_page
from workflows.views.owner import own_firm
from workflows.views.review import case_url, visible_case

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

RETURN = "workflows.return_case"
GET_AND_POST = ["GET", "HEAD", "POST"]


@require_POST
@permission_required(RETURN, raise_exception=True)
def add_correction_item(request: SignedIn, pk: int) -> HttpResponse:
    """Write one thing to correct on the draft list, with the place that it is about."""
    case = visible_case(request, pk)
    shown = {key: request.GET.get(key, "") for key in ("paper", "page")}
    file = open_casefile(request.user, pk, **shown)
    form = CorrectionItemForm(request.POST, papers=[row.paper.document_type for row in file.papers])
    if not form.is_valid():
        return case_page(request, pk, status=422, item_form=form)
    said = form.cleaned_data
    place = place_of(file, said["path"])
    if place and said["document_type"] != place["paper"].document_type:
        place = {}
    try:
        actions.add_correction_item(
            case,
            reason_code=said["reason_code"],
            text=said["text"],
            document_type=said["document_type"],
            place=place,
            by=request.user,
        )
    except Refused as error:
        form.add_error(None, error.sentence)
        return case_page(request, pk, status=409, item_form=form)
    messages.success(request, _("Written on the list. Nothing is sent yet."))
    return redirect(case_url(request, pk) + "#list")


@require_POST
@permission_required(RETURN, raise_exception=True)
def remove_correction_item(request: SignedIn, pk: int, item: int) -> HttpResponse:
    """Take one thing off the draft list."""
    actions.remove_correction_item(_item(request, pk, item), by=request.user)
    messages.success(request, _("Taken off the list."))
    return redirect(case_url(request, pk) + "#list")


@require_http_methods(GET_AND_POST)
@permission_required(RETURN, raise_exception=True)
def change_correction_item(request: SignedIn, pk: int, item: int) -> HttpResponse:
    """Say a thing on the draft list in other words, or let one that was sent go."""
    found = _item(request, pk, item)
    is_sent = found.request.sent_at is not None
    posted = request.POST if request.method == "POST" else None
    form: BaseForm = ResolveForm(posted) if is_sent else ItemTextForm(posted, instance=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if is_sent:
                    actions.resolve_item(found, by=request.user, **form.cleaned_data)
                else:
                    actions.change_correction_item(found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, _("Kept."))
                return redirect(case_url(request, pk) + "#list")
    with_spots([found])
    context = {"case": found.request.case, "item": found, "form": form, "is_sent": is_sent}
    return render(request, "workflows/correction_item.html", context, status=status)


@require_POST
@permission_required(RETURN, raise_exception=True)
def set_correction_due(request: SignedIn, pk: int) -> HttpResponse:
    """Give the owner less or more time than usual."""
    form = DueForm(request.POST)
    case = visible_case(request, pk)
    if not form.is_valid():
        return case_page(request, pk, status=422, due_form=form)
    try:
        actions.set_correction_due(case, due_on=form.cleaned_data["due_on"], by=request.user)
    except Refused as refusal:
        form.add_error("due_on", refusal.sentence)
        return case_page(request, pk, status=409, due_form=form)
    messages.success(request, _("Kept. Nothing is sent yet."))
    return redirect(case_url(request, pk) + "#list")


@require_POST
@permission_required("workflows.record_sighting", raise_exception=True)
def record_sighting(request: SignedIn, pk: int) -> HttpResponse:
    """Write down that the original of a paper was seen."""
    case = visible_case(request, pk)
    form = SightingForm(request.POST, papers=papers_of(case), prefix="seen")
    if not form.is_valid():
        return case_page(request, pk, status=422, sighting_form=form)
    said = form.cleaned_data
    try:
        actions.record_sighting(
            case,
            paper_id=said["paper"],
            place=said["place"],
            sighted_on=said["sighted_on"],
            note=said["note"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return case_page(request, pk, status=409, sighting_form=form)
    messages.success(request, _("Written down."))
    return redirect(case_url(request, pk))


@require_safe
@permission_required("workflows.read_timeline", raise_exception=True)
def compare_versions(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Show an older version of a paper beside the one in force."""
    case = visible_case(request, pk)
    papers = Paper.objects.visible_to(request.user).filter(vendor=case.vendor_id)
    before = get_object_or_404(papers.select_related("document_type"), pk=paper)
    newest = papers.filter(document_type=before.document_type_id).order_by("version")
    now = newest.select_related("document_type").last()
    pages: dict[int, list[PageImage]] = {}
    for page in PageImage.objects.filter(paper__in=[before, now]):
        pages.setdefault(page.paper_id, []).append(page)
    sides = [(one, pages.get(one.pk, [])) for one in (before, now) if one]
    context = {"case": case, "document_type": before.document_type, "sides": sides}
    return render(request, "workflows/compare_versions.html", context)


@require_POST
@permission_required("workflows.resubmit_case", raise_exception=True)
def answer_item(request: SignedIn, pk: int, item: int) -> HttpResponse:
    """Take the owner's words on a point: what was done about it."""
    vendor = own_firm(request, pk)
    asked = CorrectionItem.objects.select_related("request__case__vendor", "document_type")
    found = get_object_or_404(asked, pk=item, request__case__vendor=vendor)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write in a few words what you did."))
        return redirect("workflows:own_page", pk=vendor.pk)
    try:
        actions.answer_item(found, answer=form.cleaned_data["answer"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Noted. The officer reads it."))
    return redirect("workflows:own_page", pk=vendor.pk)


def _item(request: SignedIn, pk: int, item: int) -> CorrectionItem:
    case = visible_case(request, pk)
    found = CorrectionItem.objects.visible_to(request.user).select_related(
        "request__case__vendor", "document_type", "reason_code"
    )
    return get_object_or_404(found, pk=item, request__case=case)
