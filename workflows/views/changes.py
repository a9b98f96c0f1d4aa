"""A change at an approved business: reported by its owner, or asked for from the vendor page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.models import Paper
from workflows import actions, office
from workflows.actions.changing import kinds_for
from workflows.errors import Refused
from workflows.forms.changing import ChangeForm, ValidityForm
from workflows.forms.desk import ReasonForm
from workflows.lifecycle import AFTER_APPROVAL
from workflows.views.owner import GET_AND_POST, own_firm
from workflows.views.vendorpage import vendor_page, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

OWN_PAGE = "workflows.own_page"
OPEN_CHANGE = "workflows.open_change"


@require_http_methods(GET_AND_POST)
@permission_required(OPEN_CHANGE, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def report_change(request: SignedIn, pk: int) -> HttpResponse:
    """The owner says what changed; then the page asks for the papers."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    kinds = kinds_for(vendor) if vendor.status in AFTER_APPROVAL else []
    if not kinds:
        raise Http404
    form = ChangeForm(request.POST if request.method == "POST" else None, kinds=kinds)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_change_case(vendor, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Noted. Now send the paper that shows it."))
            return redirect("workflows:own_page", pk=vendor.pk)
    context = {"vendor": vendor, "form": form, "office": office.contact()}
    return render(request, "workflows/report_change.html", context, status=status)


@require_POST
@permission_required(OPEN_CHANGE, raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def take_back_change(request: SignedIn, pk: int) -> HttpResponse:
    """The owner says that nothing changed after all."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    actions.drop_change_case(vendor, reason=_("Taken back by the owner"), by=request.user)
    messages.success(request, _("Taken back. Everything stays as it was."))
    return redirect("workflows:own_page", pk=vendor.pk)


@require_POST
@permission_required(OPEN_CHANGE, raise_exception=True)
@permission_required("workflows.view_vendors", raise_exception=True)
def open_change_case(request: SignedIn, pk: int) -> HttpResponse:
    """The officer asks the owner for what changed."""
    vendor = visible_vendor(request, pk)
    form = ChangeForm(request.POST, prefix="change", kinds=kinds_for(vendor))

    def act() -> str:
        actions.open_change_case(vendor, **form.cleaned_data, by=request.user)
        return _("The owner is asked for the papers. The status of the business stays.")

    return _done(request, vendor, "change", form, act)


@require_POST
@permission_required(OPEN_CHANGE, raise_exception=True)
@permission_required("workflows.view_vendors", raise_exception=True)
def drop_change_case(request: SignedIn, pk: int) -> HttpResponse:
    """The officer ends a change that the owner has not sent off."""
    vendor = visible_vendor(request, pk)
    form = ReasonForm(request.POST, prefix="drop")

    def act() -> str:
        actions.drop_change_case(vendor, reason=form.cleaned_data["reason"], by=request.user)
        return _("The change is dropped. The papers in force before count.")

    return _done(request, vendor, "drop", form, act)


@require_POST
@permission_required("workflows.note_validity", raise_exception=True)
@permission_required("workflows.view_vendors", raise_exception=True)
def note_validity(request: SignedIn, pk: int) -> HttpResponse:
    """Write down until when a paper is valid."""
    vendor = visible_vendor(request, pk)
    papers = Paper.objects.visible_to(request.user).filter(vendor=vendor)
    in_force = papers.exclude(state=Paper.State.REPLACED).select_related("document_type")
    form = ValidityForm(request.POST, prefix="validity", papers=list(in_force))

    def act() -> str:
        actions.note_validity(vendor, **form.cleaned_data, by=request.user)
        return _("Written down. The owner is asked for the next one in time.")

    return _done(request, vendor, "validity", form, act)


def _done(request: SignedIn, vendor: Vendor, key: str, form: Any, act: Any) -> HttpResponse:
    """Act on a filled form; else show the vendor's page with what was typed."""
    if not form.is_valid():
        return vendor_page(request, vendor, status=422, bound={key: form})
    try:
        said = act()
    except Refused as error:
        form.add_error(None, error.sentence)
        return vendor_page(request, vendor.refresh(), status=409, bound={key: form})
    messages.success(request, f"{vendor.name}: {said}")
    return redirect("workflows:vendor", pk=vendor.pk)
