"""Pages of a paper on their way: taken in piece by piece, put in order, checked, then sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import documents.actions
from documents.errors import PieceMisplaced
from documents.models import DraftPage, Paper, PaperDraft
from documents.sentences import refusal_sentence
from documents.views import sealed
from workflows import actions, errors
from workflows.consents import asks_consent
from workflows.forms.drafting import MOVES, ArrangeForm, PieceForm
from workflows.forms.owner import DeedForm
from workflows.owner.asking import REFUSALS, asked_paper, draft_of
from workflows.views.owner import GET_AND_POST, OWN_PAGE, own_firm

if TYPE_CHECKING:
    from documents.models import DocumentType
    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

HAND_IN = "workflows.hand_in_paper"


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def send_piece(request: SignedIn, pk: int, slug: str) -> JsonResponse:
    """Take in a piece of a photo; GET tells how many bytes of each photo are here.

    409 with ``received`` says where to go on; any other refusal has a ``sentence``.
    """
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
    if request.method != "POST":
        draft = draft_of(vendor, document_type)
        pages = draft.pages.all() if draft else ()
        return JsonResponse({"pages": [{"key": page.key, **_state(page)} for page in pages]})
    if not ratelimit.consume(request, action="photo_pieces", key=str(request.user.pk)):
        return _refuse(_("Too much is sent at once. It goes on by itself in a minute."), 429)
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(_("This photo could not be sent. Take it again."), 422)
    try:
        page = actions.add_piece(
            vendor, document_type=document_type, piece=form.as_piece(), by=request.user
        )
    except PieceMisplaced as misplaced:
        return _refuse(misplaced.sentence, 409, received=misplaced.received)
    except REFUSALS as refusal:
        return _refuse(refusal.sentence, 409 if isinstance(refusal, errors.Refused) else 422)
    return JsonResponse(_state(page))


def _state(page: DraftPage) -> dict[str, Any]:
    answer: dict[str, Any] = {"received": page.received, "size": page.size, "state": "coming"}
    if page.refusal:
        return answer | {"state": "refused", "sentence": refusal_sentence(page.refusal)}
    return answer | ({"state": "kept"} if page.is_kept else {})


def _refuse(sentence: str, status: int, **more: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence, **more}, status=status)


@require_POST
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def arrange_draft(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Move or remove a page, and keep what is filled in so far."""
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
    draft = draft_of(vendor, document_type)
    if draft is not None:
        keep_draft(request, draft)
        verb, key = ArrangeForm(request.POST).moved()
        if verb == "remove":
            documents.actions.remove_page(draft, key=key)
        elif verb:
            documents.actions.move_page(draft, key=key, step=MOVES[verb])
    return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)


def rows_of(draft: PaperDraft | None) -> list[dict[str, Any]]:
    """The pages of a draft as they are listed, each with what is wrong with it."""
    return [
        {"page": page, "sentence": refusal_sentence(page.refusal) if page.refusal else ""}
        for page in (draft.pages.all() if draft else ())
    ]


def keep_draft(request: SignedIn, draft: PaperDraft) -> None:
    """Keep what was typed well, the order of the pages, and what was taken away."""
    form = ArrangeForm(request.POST)
    for key in form.keys("removed"):
        documents.actions.remove_page(draft, key=key)
    typed = DeedForm(request.POST) if draft.document_type.is_read else None
    well = {} if typed is None else typed.typed_well()
    documents.actions.save_draft(
        draft, declared={**draft.declared, **well}, order=form.keys("order")
    )
    draft.refresh_from_db()


@require_http_methods(GET_AND_POST)
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def check_draft(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Show what is about to be sent, once more and whole; then send it."""
    vendor = own_firm(request, pk)
    document_type = asked_paper(vendor, slug)
    draft = draft_of(vendor, document_type)
    if draft is None or not draft.pages.exists():
        return _nothing_to_check(request, vendor, document_type)
    form = DeedForm(draft.declared) if document_type.is_read else None
    if form is not None and not form.is_valid():
        messages.error(request, _("Fill in what stands on the paper, then go on."))
        return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)
    sentence = ""
    if request.method == "POST":
        try:
            paper = actions.send_draft(vendor, draft=draft, by=request.user)
        except PaperDraft.DoesNotExist:  # the first of two taps has sent it
            return _nothing_to_check(request, vendor, document_type)
        except REFUSALS as refusal:
            sentence = refusal.sentence
        else:
            return redirect("workflows:receipt", pk=vendor.pk, paper=paper.pk)
    context = {
        "vendor": vendor,
        "document_type": document_type,
        "draft": draft,
        "asks_consent": asks_consent(request.user, vendor),
        "pages": list(draft.pages.all()),
        "rows": form.rows() if form else (),
        "sentence": sentence,
        "address": reverse("workflows:hand_in_paper", args=[vendor.pk, document_type.pk]),
    }
    return render(request, "workflows/check_draft.html", context, status=409 if sentence else 200)


def _nothing_to_check(
    request: SignedIn, vendor: Vendor, document_type: DocumentType
) -> HttpResponse:
    """A second tap, or "back" after sending: lead to what was received with this very draft."""
    key = request.POST.get("key", "")[:36]
    sent = Paper.objects.filter(vendor=vendor, upload_key=key).first() if key else None
    if sent is not None:
        return redirect("workflows:receipt", pk=vendor.pk, paper=sent.pk)
    return redirect("workflows:hand_in_paper", pk=vendor.pk, slug=document_type.pk)


@require_safe
@permission_required(HAND_IN, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def draft_picture(request: SignedIn, pk: int, page: int) -> FileResponse:
    """Send the small picture of a page on its way, drawn anew by us."""
    vendor = own_firm(request, pk)
    found = get_object_or_404(DraftPage.objects.exclude(small_as=""), draft__vendor=vendor, pk=page)
    if not default_storage.exists(found.small_as):
        raise Http404
    return sealed(FileResponse(default_storage.open(found.small_as), content_type="image/webp"))
