"""Receipts of papers: shown after sending, printed, and checked by whoever holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from documents.models import Paper
from documents.shown import progress_of
from training.views.qr import qr_of
from workflows import chat
from workflows.letters import LETTERHEAD
from workflows.owner.papers import own_papers
from workflows.owner.receipts import SALT, moment, number_of, paper_of, receipt_of
from workflows.owner.turn import next_paper
from workflows.printing import print_page
from workflows.views.access import lead_to, open_to_all
from workflows.views.owner import OWN_PAGE, own_firm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn

COOKIE = "mitra_receipt"
AGE = 15 * 60


@require_safe
@permission_required(OWN_PAGE, raise_exception=True)
def receipt(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Say that a paper is here, what was received, and what comes next."""
    vendor = own_firm(request, pk)
    papers = Paper.objects.select_related("document_type", "vendor", "reading")
    papers = papers.prefetch_related("pages", "files")
    found = get_object_or_404(papers, vendor=vendor, pk=paper)
    shown = receipt_of(found)
    context = {
        "vendor": vendor,
        "paper": found,
        "receipt": shown,
        "qr": qr_of(shown.link, title=shown.number),
        "chat_url": chat.share_url(shown.text),
        "next": next_paper(own_papers(vendor)),
        "progress": progress_of(found) if found.state != Paper.State.REPLACED else None,
    }
    return render(request, "workflows/receipt.html", context)


@require_safe
@permission_required(OWN_PAGE, raise_exception=True)
def receipt_pdf(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Send the receipt as a page to be printed."""
    vendor = own_firm(request, pk)
    papers = Paper.objects.select_related("document_type", "vendor")
    found = get_object_or_404(papers, vendor=vendor, pk=paper)
    with translation.override("id"):
        shown = receipt_of(found)
        qr = segno.make(shown.link, error="m", micro=False).svg_data_uri(border=2)
        drawn = print_page(
            "receipt", {"receipt": shown, "vendor": vendor, "letterhead": LETTERHEAD, "qr": qr}
        )
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.number}.pdf"'
    return response


@require_safe
@open_to_all
def receive_receipt_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link of a QR for a cookie, so that it stands in no history."""
    found = paper_of(token)
    if found is None:
        return _unknown(request)
    page = "workflows:check_receipt"
    return lead_to(page, cookie=COOKIE, kept=str(found.pk), salt=SALT, age=AGE)


@require_safe
@open_to_all
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Say when which kind of paper of which firm was received, and nothing else."""
    pk = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=AGE)
    papers = Paper.objects.select_related("document_type", "vendor")
    found = papers.filter(pk=pk).first() if pk else None
    if found is None:
        return _unknown(request)
    context = {"paper": found, "number": number_of(found), "when": moment(found.received_at)}
    return render(request, "workflows/check_receipt.html", context)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "workflows/check_receipt.html", {"paper": None}, status=404)
