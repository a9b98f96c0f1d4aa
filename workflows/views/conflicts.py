"""Ties to firms: said on the firm's page, ended by a colleague; and the marks that find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.models import Vendor
from workflows import actions
from workflows.errors import Refused
from workflows.forms.conflicts import ConflictForm, EndConflictForm, FirmNumberForm, MarkForm
from workflows.models import Conflict, PersonalMark

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

DECLARE = "workflows.declare_conflict"
END = "workflows.end_conflict"
GET_AND_POST = ["GET", "HEAD", "POST"]
SHOWN = 100


@require_http_methods(GET_AND_POST)
@permission_required(DECLARE, raise_exception=True)
def own_ties(request: SignedIn) -> HttpResponse:
    """Show one's own ties and marks; take a new mark, or the number of a firm one is tied to."""
    if request.method != "POST":
        return _own_page(request)
    if "number" in request.POST:
        return _find_firm(request)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _own_page(request, mark_form=form, status=422)
    said = form.cleaned_data
    region = said["region"].pk if said["region"] else ""
    try:
        actions.add_mark(kind=said["kind"], value=said["value"], region=region, by=request.user)
    except Refused as refusal:
        form.add_error("value", refusal.sentence)
        return _own_page(request, mark_form=form, status=409)
    messages.success(request, _("Kept as a fingerprint."))
    return redirect("workflows:own_ties")


@require_POST
@permission_required(DECLARE, raise_exception=True)
def remove_mark(request: SignedIn, pk: int) -> HttpResponse:
    """Take back one's own mark."""
    mark = get_object_or_404(PersonalMark, pk=pk, user=request.user)
    actions.remove_mark(mark, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("workflows:own_ties")


@require_http_methods(GET_AND_POST)
@permission_required(DECLARE, raise_exception=True)
def declare_conflict(request: SignedIn, pk: int) -> HttpResponse:
    """Say that one is tied to a firm."""
    vendor = get_object_or_404(Vendor.objects.visible_to(request.user), pk=pk)
    own = Conflict.objects.filter(user=request.user, vendor=vendor, ended_at=None).first()
    form = ConflictForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.declare_conflict(vendor, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, _("Written down. A colleague handles this business."))
                return redirect("workflows:own_ties")
    may_end = request.user.may(END)
    others = Conflict.objects.visible_to(request.user).filter(vendor=vendor, ended_at=None)
    others = others.exclude(user=request.user).select_related("user")
    context = {
        "vendor": vendor,
        "form": form,
        "own": own,
        "others": others[:SHOWN] if may_end else [],
        "may_read": _may_read(request.user),
    }
    return render(request, "workflows/declare_conflict.html", context, status=status)


@require_http_methods(GET_AND_POST)
@permission_required(END, raise_exception=True)
def end_conflict(request: SignedIn, pk: int) -> HttpResponse:
    """Say of a colleague that a tie is over."""
    found = Conflict.objects.visible_to(request.user).select_related("vendor__region", "user")
    conflict = get_object_or_404(found, pk=pk, ended_at=None)
    form = EndConflictForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.end_conflict(conflict, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, _("Written down: the tie is over."))
                return redirect("workflows:vendor", pk=conflict.vendor_id)
    context = {"conflict": conflict, "vendor": conflict.vendor, "form": form}
    return render(request, "workflows/end_conflict.html", context, status=status)


def _find_firm(request: SignedIn) -> HttpResponse:
    form = FirmNumberForm(request.POST)
    if not form.is_valid():
        return _own_page(request, number_form=form, status=422)
    pk = form.cleaned_data["number"]
    if not Vendor.objects.visible_to(request.user).filter(pk=pk).exists():
        form.add_error("number", _("No business with this number is in your list."))
        return _own_page(request, number_form=form, status=422)
    return redirect("workflows:declare_conflict", pk=pk)


def _own_page(
    request: SignedIn,
    *,
    mark_form: Form | None = None,
    number_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    ties = Conflict.objects.filter(user=request.user).select_related("vendor", "ended_by")
    context = {
        "ties": ties[:SHOWN],
        "marks": PersonalMark.objects.filter(user=request.user).order_by("kind", "-pk"),
        "mark_form": mark_form or MarkForm(),
        "number_form": number_form or FirmNumberForm(),
        "failed": mark_form or number_form,
        "may_read": _may_read(request.user),
    }
    return render(request, "workflows/own_ties.html", context, status=status)


def _may_read(user: User) -> bool:
    return user.may("workflows.view_vendors")
