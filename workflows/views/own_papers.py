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

from documents.models import Paper, PaperMissed
from documents.shown import progress_of
from workflows import actions, office, statements
from workflows.actions.papers import may_hand_in
from workflows.consents import asks_consent
from workflows.forms.owner import DeedForm, ObjectionForm, StatementForm
from workflows.models import CorrectionItem
from workflows.owner.asking import REFUSALS, asked_paper, draft_of
from workflows.owner.getting import example_of, way_to
from workflows.owner.receipts import number_of
from workflows.points import with_spots
from workflows.views.own_drafts import keep_draft, rows_of
from workflows.views.owner import GET_AND_POST, OWN_PAGE, new_key, own_firm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from documents.models import DocumentType, PaperDraft
    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

HAND_IN = "workflows.hand_in_paper"


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def hand_in_paper(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show one paper of a firm and take a new version of it; the same key counts once."""
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
    if request.method != "POST":
        return _paper_page(request, vendor, document_type)
    files = request.FILES.getlist("files")
    draft = draft_of(vendor, document_type)
    form = DeedForm(request.POST) if document_type.is_read else None
    if draft is not None:
        keep_draft(request, draft)
    if form is not None and not form.is_valid():
        advice = _("Check what you filled in, then choose the photos again and send.")
        return _paper_page(request, vendor, document_type, form, advice if files else "")
    try:
        if draft is not None and draft.pages.exists():
            actions.add_files(
                vendor,
                draft=draft,
                files=files,
                form_key=new_key(request.POST.get("key", "")),
                by=request.user,
            )
            return redirect("workflows:check_draft", pk=vendor.pk, slug=document_type.pk)
        paper = actions.hand_in_paper(
            vendor,
            document_type=document_type,
            files=files,
            declared=form.declared() if form else {},
            upload_key=new_key(request.POST.get("key", "")),
            by=request.user,
        )
    except REFUSALS as refusal:
        return _paper_page(request, vendor, document_type, form, refusal.sentence, status=409)
    return redirect("workflows:receipt", pk=vendor.pk, paper=paper.pk)


@require_POST
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def object_to_value(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Keep an owner's "that is wrong" beside a value, for the officer who checks the paper."""
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
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


@require_POST
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def miss_paper(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Keep that the owner does not have this paper, and lead to how one gets it."""
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
    try:
        actions.miss_paper(vendor, document_type=document_type, by=request.user)
    except REFUSALS as refusal:
        messages.error(request, refusal.sentence)
    page = reverse("workflows:hand_in_paper", args=[vendor.pk, document_type.pk])
    return redirect(f"{page}#way")


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def agree_to_statement(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show a statement in full and keep the very text that the owner agreed to."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    document_type = asked_paper(vendor, slug)
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
    context = {
        "vendor": vendor,
        "document_type": document_type,
        "text": text,
        "form": form,
        "asks_consent": asks_consent(request.user, vendor),
    }
    return render(request, "workflows/agree_to_statement.html", context, status=status)


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
    draft = draft_of(vendor, document_type)
    if form is None and document_type.is_read:
        # Never ask twice: what was declared before, or saved on the way, stands in the form.
        form = DeedForm(initial={**(paper.declared if paper else {}), **_typed(draft)})
    context: dict[str, Any] = {
        "vendor": vendor,
        "document_type": document_type,
        "paper": paper,
        "progress": progress_of(paper) if paper else None,
        "asked_again": _asked_again(vendor, document_type),
        "may_send": may_hand_in(vendor) and not (paper and paper.frozen_at),
        "statement_url": _statement_url(vendor, document_type),
        "form": form,
        "key": new_key(request.POST.get("key", "")),
        "file_errors": [refusal] if refusal else [],
        "is_replacing": "replace" in request.GET,
        "address": reverse("workflows:hand_in_paper", args=[vendor.pk, document_type.pk]),
        "office": office.contact(),
        "draft": draft,
        "asks_consent": asks_consent(request.user, vendor),
        "example": example_of(document_type),
        "pages": rows_of(draft),
        "way": way_to(document_type, vendor.region),
        "missed": paper is None
        and PaperMissed.objects.filter(vendor=vendor, document_type=document_type).exists(),
        "receipt_number": number_of(paper) if paper else "",
    }
    return render(request, "workflows/hand_in_paper.html", context, status=status)


def _typed(draft: PaperDraft | None) -> dict[str, str]:
    return draft.declared if draft else {}


def _asked_again(vendor: Vendor, document_type: DocumentType) -> list[CorrectionItem]:
    items = list(
        CorrectionItem.objects.filter(
            request__case__vendor=vendor,
            request__sent_at__isnull=False,
            document_type=document_type,
            resolved_at__isnull=True,
        ).select_related("reason_code")[:20]
    )
    return list(with_spots(items))


def _statement_url(vendor: Vendor, document_type: DocumentType) -> str:
    if not document_type.is_statement or document_type.pk not in statements.STATEMENTS:
        return ""
    return reverse("workflows:agree_to_statement", args=[vendor.pk, document_type.pk])
