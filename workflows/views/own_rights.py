"""What owners may ask about their data: see it, copy it, correct it, agree or not, who looked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows import actions, office
from workflows.casefile import events_of
from workflows.consents import WORDINGS
from workflows.errors import Refused
from workflows.forms.rights import FactCorrectionForm, PurposeForm
from workflows.models import Consent, Erasure, FactCorrection
from workflows.owner.kept import MOST, copy_of, files_of_firm, kept_of, looks_of
from workflows.owner.zipped import PIECE, zipped
from workflows.signin import lead_to_proof
from workflows.views.owner import GET_AND_POST, OWN_PAGE, own_firm
from workflows.views.vendorpage import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from documents.models import PaperFile
    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn


@require_safe
@permission_required(OWN_PAGE, raise_exception=True)
def own_data(request: SignedIn, pk: int) -> HttpResponse:
    """Show everything kept about the firm and its owner, and what the owner may do about it."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    standing = {
        one.purpose: one for one in Consent.objects.filter(vendor=vendor, withdrawn_at__isnull=True)
    }
    context = {
        "vendor": vendor,
        "facts": [pair for pair in facts_of(vendor, full=True) if pair[1]],
        "groups": kept_of(vendor),
        "corrections": FactCorrection.objects.filter(vendor=vendor)[:20],
        "consents": [
            {
                "purpose": purpose,
                "label": Consent.Purpose(purpose).label,
                "wording": wording,
                "given": standing.get(purpose),
                "leaves": purpose == Consent.Purpose.PROCESSING,
            }
            for purpose, wording in WORDINGS.items()
        ],
        "looks": looks_of(vendor),
        "erasure": Erasure.objects.filter(vendor=vendor).first(),
        "office": office.contact(),
    }
    return render(request, "workflows/own_data.html", context)


@require_POST
@permission_required(OWN_PAGE, raise_exception=True)
def copy_own_data(request: SignedIn, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Send everything as one ZIP: a page to read, a file for programs, every original."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    asked = lead_to_proof(request, reverse("workflows:own_data", args=[pk]))
    if asked is not None:
        return asked
    if not ratelimit.consume(request, action="own_copy", user=request.user):
        messages.warning(request, _("You took several copies just now. Try again in an hour."))
        return redirect("workflows:own_data", pk=vendor.pk)
    files = list(files_of_firm(vendor))
    actions.note_copy(vendor, papers=len(files), by=request.user)
    facts = [(str(label), value) for label, value in facts_of(vendor, full=True) if value]
    events = events_of(request.user, vendor.pk).order_by("-pk")[:MOST]
    copied = copy_of(vendor, facts, events.iterator(), by=request.user)
    page = {"vendor": vendor, "facts": facts, "groups": kept_of(vendor), "at": timezone.now()}
    inside = [
        ("data-saya.html", render_to_string("workflows/own_copy.html", page)),
        ("data-saya.json", json.dumps(copied, ensure_ascii=False, indent=1)),
    ]
    response = StreamingHttpResponse(
        zipped(_entries(inside, files)), content_type="application/zip"
    )
    name = f"data-{vendor.number}-{timezone.localdate().isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


@require_http_methods(GET_AND_POST)
@permission_required(OWN_PAGE, raise_exception=True)
def propose_correction(request: SignedIn, pk: int) -> HttpResponse:
    """Take in what the owner says is wrong among the facts."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    form = FactCorrectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("fact", "value", "reason")}
        try:
            actions.propose_correction(vendor, **values, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Sent. An officer looks at it and answers here."))
            return redirect(_part(vendor, "facts"))
    context = {"vendor": vendor, "form": form}
    return render(request, "workflows/propose_correction.html", context, status=status)


@require_POST
@permission_required(OWN_PAGE, raise_exception=True)
def change_consent(request: SignedIn, pk: int) -> HttpResponse:
    """Give one consent or take it back; the one on which all rests leads to leaving."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Http404
    purpose = form.cleaned_data["purpose"]
    if form.cleaned_data["act"] == "give":
        actions.give_consent(vendor, purpose=purpose, by=request.user)
        messages.success(request, _("Thank you. You can take it back here at any time."))
    elif purpose == Consent.Purpose.PROCESSING:
        return redirect("workflows:withdraw_own_firm", pk=vendor.pk)
    else:
        actions.withdraw_consent(vendor, purpose=purpose, by=request.user)
        messages.success(request, _("Taken back. From now on it does not count."))
    return redirect(_part(vendor, "consents"))


@require_POST
@permission_required(OWN_PAGE, raise_exception=True)
def ask_erasure(request: SignedIn, pk: int) -> HttpResponse:
    """Take in the wish that the data goes; the head of the office decides."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    asked = lead_to_proof(request, _part(vendor, "erasure"))
    if asked is not None:
        return asked
    try:
        actions.ask_erasure(vendor, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Asked. The office answers here within three days."))
    return redirect(_part(vendor, "erasure"))


def _part(vendor: Vendor, part: str) -> str:
    return f"{reverse('workflows:own_data', args=[vendor.pk])}#{part}"


def _entries(
    inside: list[tuple[str, str]], files: list[PaperFile]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    for name, text in inside:
        yield name, iter([text.encode()])
    for file in files:
        if not default_storage.exists(file.stored_as):
            continue
        paper = file.paper
        name = f"{paper.document_type_id}-v{paper.version}-{file.position}.{file.kind}"
        yield f"dokumen/{name}", _pieces(file.stored_as)


def _pieces(stored_as: str) -> Iterator[bytes]:
    with default_storage.open(stored_as) as stored:
        while piece := stored.read(PIECE):
            yield piece
