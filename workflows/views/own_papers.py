"""Sending a paper: photographed or chosen, taken in once, read by the machine, then shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import documents.errors
from documents.models import Paper, Requirement
from documents.shown import progress_of
from workflows import actions, errors, office, statements
from workflows.actions.papers import MAY_HAND_IN
from workflows.forms.owner import DeedForm, ObjectionForm, StatementForm
from workflows.models import CorrectionItem
from workflows.owner.papers import levels_of
from workflows.views.owner import GET_AND_POST, new_key, own_firm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from documents.models import DocumentType
    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

HAND_IN = "workflows.hand_in_paper"
OWN_PAGE = "workflows.own_page"
REFUSALS = (documents.errors.Refused, errors.Refused)


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def hand_in_paper(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show one paper of a firm and take a new version of it; the same key counts once."""
    vendor = own_firm(request, pk)
    document_type = _asked(vendor, slug)
    if request.method != "POST":
        return _paper_page(request, vendor, document_type)
    form = DeedForm(request.POST) if document_type.is_read else None
    if form is not None and not form.is_valid():
        advice = _("Check what you filled in, then choose the photos again and send.")
        return _paper_page(request, vendor, document_type, form, advice)
    try:
        actions.hand_in_paper(
            vendor,
            document_type=document_type,
            files=request.FILES.getlist("files"),
            declared=form.declared() if form else {},
            upload_key=new_key(request.POST.get("key", "")),
            by=request.user,
        )
    except REFUSALS as refusal:
        return _paper_page(request, vendor, document_type, form, refusal.sentence, status=409)
    messages.success(request, _("Received: %(paper)s.") % {"paper": document_type})
    return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)


@require_POST
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def object_to_value(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Keep an owner's "that is wrong" beside a value, for the officer who checks the paper."""
    vendor = own_firm(request, pk)
    document_type = _asked(vendor, slug)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what stands on the paper, then press the button."))
        return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)
    said = form.cleaned_data
    try:
        actions.object_to_value(
            vendor, paper_id=said["paper"], field=said["field"], note=said["note"], by=request.user
        )
    except REFUSALS as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Noted. The officer sees it beside the paper."))
    return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def agree_to_statement(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show a statement in full and keep the very text that the owner agreed to."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    document_type = _asked(vendor, slug)
    text = statements.text_of(slug, vendor) if document_type.is_statement else None
    if text is None:
        raise Http404
    form = StatementForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_to_statement(
                vendor, document_type=document_type, text=text, by=request.user
            )
        except REFUSALS as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Your statement is recorded."))
            return redirect("workflows:own_page", pk=vendor.pk)
    context = {"vendor": vendor, "document_type": document_type, "text": text, "form": form}
    return render(request, "workflows/agree_to_statement.html", context, status=status)


def _asked(vendor: Vendor, slug: str) -> DocumentType:
    """Return a paper that this firm's legal form is asked for today; any other is not found."""
    rules = list(
        Requirement.objects.filter(
            legal_form=vendor.legal_form, document_type_id=slug
        ).select_related("document_type")
    )
    if not any(levels_of(vendor.legal_form, rules).values()):
        raise Http404
    return rules[0].document_type


def _in_force(vendor: Vendor, document_type: DocumentType) -> Paper | None:
    return (
        Paper.objects.filter(vendor=vendor, document_type=document_type)
        .exclude(state=Paper.State.REPLACED)
        .select_related("reading", "document_type")
        .defer("reading__text", "reading__checks", "reading__evidence", "reading__further")
        .prefetch_related("pages", "files")
        .first()
    )


def _paper_page(
    request: SignedIn,
    vendor: Vendor,
    document_type: DocumentType,
    form: DeedForm | None = None,
    refusal: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    paper = _in_force(vendor, document_type)
    if form is None and document_type.is_read:
        # Never ask twice: what was declared with the version before stands in the form.
        form = DeedForm(initial=paper.declared if paper else None)
    context: dict[str, Any] = {
        "vendor": vendor,
        "document_type": document_type,
        "paper": paper,
        "progress": progress_of(paper) if paper else None,
        "asked_again": _asked_again(vendor, document_type),
        "may_send": vendor.status in MAY_HAND_IN and not (paper and paper.frozen_at),
        "statement_url": _statement_url(vendor, document_type),
        "form": form,
        "key": new_key(request.POST.get("key", "")),
        "file_errors": [refusal] if refusal else [],
        "is_replacing": "replace" in request.GET,
        "address": reverse("workflows:hand_in_paper", args=[vendor.pk, document_type.pk]),
        "office": office.contact(),
    }
    return render(request, "workflows/hand_in_paper.html", context, status=status)


def _asked_again(vendor: Vendor, document_type: DocumentType) -> list[CorrectionItem]:
    return list(
        CorrectionItem.objects.filter(
            request__case__vendor=vendor,
            request__sent_at__isnull=False,
            document_type=document_type,
            resolved_at__isnull=True,
        ).select_related("reason_code")[:20]
    )


def _statement_url(vendor: Vendor, document_type: DocumentType) -> str:
    if not document_type.is_statement or document_type.pk not in statements.STATEMENTS:
        return ""
    return reverse("workflows:agree_to_statement", args=[vendor.pk, document_type.pk])
