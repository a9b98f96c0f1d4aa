"""Firms: the list, the search, the page of one, and the acts that officers and approvers take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import onboarding.actions
from config.gate.keys import read_key
from onboarding.errors import Refused as RefusedByRoom
from onboarding.models import Membership, Vendor
from onboarding.search import find_firms
from workflows import actions
from workflows.chat import chat_url
from workflows.errors import Refused
from workflows.finding import personal_kinds
from workflows.forms.desk import ReasonForm
from workflows.forms.vendors import (
    CorrectVendorForm,
    DelistForm,
    MakeLinkForm,
    RelistForm,
    SearchForm,
    VendorFilterForm,
)
from workflows.models import AccessLink, Listing
from workflows.moves import BY_SLUG
from workflows.numbers import sees_in_full
from workflows.paging import ROWS, newest_first
from workflows.views.vendorpage import owner_part, vendor_page, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

VIEW_VENDORS = "workflows.view_vendors"
PATHS = {
    AccessLink.Purpose.SIGN_IN: "workflows:receive_sign_in_link",
    AccessLink.Purpose.STATUS: "workflows:receive_status_link",
}


@require_http_methods(["GET", "POST"])
@permission_required(VIEW_VENDORS, raise_exception=True)
def vendors(request: SignedIn) -> HttpResponse:
    """List firms by filters (GET) or look for one (POST, so that no number stands in a URL)."""
    firms = Vendor.objects.visible_to(request.user).select_related("region")
    filters = VendorFilterForm(request.GET or None)
    search = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"filters": filters, "search": search}
    if request.method == "POST" and search.is_valid():
        wanted = search.cleaned_data["wanted"]
        found = find_firms(firms, wanted, most=ROWS + 1)
        if personal := personal_kinds(wanted):
            actions.note_search(kinds=personal, found=len(found), by=request.user)
        context |= {"rows": found[:ROWS], "is_search": True, "has_more": len(found) > ROWS}
    else:
        keep = _narrowing(filters)
        page = newest_first(firms.filter(**keep), request.GET.get("before", ""), keep=keep)
        context |= {"rows": page.rows, "next_url": page.next_url, "is_narrowed": bool(keep)}
    return render(request, "workflows/vendors.html", context)


@require_GET
@permission_required(VIEW_VENDORS, raise_exception=True)
def vendor(request: SignedIn, pk: int) -> HttpResponse:
    """Show one firm; one that was merged leads to the firm that took it in."""
    try:
        firm = visible_vendor(request, pk)
    except Http404:
        return _lead_on(request, pk)
    return vendor_page(request, firm)


def _lead_on(request: SignedIn, pk: int) -> HttpResponse:
    merged = Vendor.objects.filter(merged_into__isnull=False)
    gone = get_object_or_404(merged if request.user.sees_every_vendor() else merged.none(), pk=pk)
    words = _("%(number)s (%(name)s) was merged into this business.")
    messages.info(request, words % {"number": gone.number, "name": gone.name})
    return redirect("workflows:vendor", pk=gone.standing_firm().pk)


@require_http_methods(["GET", "POST"])
@permission_required("onboarding.correct_vendor", raise_exception=True)
def correct_vendor(request: SignedIn, pk: int) -> HttpResponse:
    """Correct what is known of a firm; the rules then judge it again."""
    firm = visible_vendor(request, pk)
    in_full = sees_in_full(request.user, firm)
    form = CorrectVendorForm(request.POST or None, instance=firm, in_full=in_full)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            onboarding.actions.correct_vendor(
                firm.refresh(),
                changes=form.changes(),
                shown=form.shown,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RefusedByRoom as error:
            form.add_error(None, getattr(error, "by_field", error.sentence))
            status = 409
        else:
            messages.success(request, _("Corrected. The rules have judged the business again."))
            return redirect("workflows:vendor", pk=pk)
    elif request.method == "POST":
        status = 422
    context = {"form": form, "vendor": firm.refresh(), "is_covered": not in_full}
    return render(request, "workflows/correct_vendor.html", context, status=status)


@require_POST
@permission_required("workflows.make_access_link", raise_exception=True)
def make_access_link(request: SignedIn, pk: int) -> HttpResponse:
    """Make a link and show it once: a page that is not stored, reached by no address."""
    firm = visible_vendor(request, pk)
    form = MakeLinkForm(request.POST)
    if not form.is_valid():
        raise Http404
    purpose = AccessLink.Purpose(form.cleaned_data["purpose"])
    link, token = actions.make_access_link(firm, purpose=purpose, by=request.user)
    url = settings.SITE_URL + reverse(PATHS[purpose], args=[token])
    text = _words_for_owner(firm, purpose, url)
    context = {
        "vendor": firm,
        "link": link,
        "is_sign_in": purpose == AccessLink.Purpose.SIGN_IN,
        "url": url,
        "text": text,
        "chat_url": chat_url(firm.phone, text),
    }
    return render(request, "workflows/make_access_link.html", context)


@require_POST
@permission_required("workflows.confirm_contact", raise_exception=True)
def confirm_contact(request: SignedIn, pk: int) -> HttpResponse:
    """Vouch that the person behind a contact owns the firm."""
    firm = visible_vendor(request, pk)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "vendor"),
        pk=read_key(request.POST.get("membership", "")) or 0,
        vendor=firm,
    )
    actions.confirm_contact(membership, by=request.user)
    messages.success(
        request, _("%(name)s now sees this business.") % {"name": membership.user.full_name}
    )
    return redirect(owner_part(pk))


@require_POST
@permission_required(VIEW_VENDORS, raise_exception=True)
def move_vendor(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Take one of the acts that need nothing but a reason; an unknown one is no door."""
    move = BY_SLUG.get(verb)
    if move is None:
        raise Http404
    _demand(request.user, move.act)
    firm = visible_vendor(request, pk)
    form = ReasonForm(request.POST, prefix=verb)
    if not form.is_valid():
        return vendor_page(request, firm, status=422, bound={verb: form})
    try:
        move.do(firm, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as error:
        form.add_error(None, error.sentence)
        return vendor_page(request, firm.refresh(), status=409, bound={verb: form})
    messages.success(request, f"{firm.name}: {move.done}")
    return redirect("workflows:vendor", pk=pk)


@require_POST
@permission_required(VIEW_VENDORS, raise_exception=True)
def change_listing(request: SignedIn, pk: int) -> HttpResponse:
    """Record the operator's word on a listing: taken off sale, or on sale again."""
    listings = Listing.objects.visible_to(request.user).select_related("vendor__region")
    listing = get_object_or_404(listings, pk=pk)
    comes_off = listing.state != Listing.State.OFF_SALE
    _demand(request.user, "workflows.delist_vendor" if comes_off else "workflows.confirm_listing")
    key = f"listing-{pk}"
    form = (DelistForm if comes_off else RelistForm)(request.POST, prefix=key)
    if not form.is_valid():
        return vendor_page(request, listing.vendor, status=422, bound={key: form})
    act = actions.delist_vendor if comes_off else actions.relist_vendor
    act(listing, by=request.user, **form.cleaned_data)
    messages.success(request, _("Taken off sale.") if comes_off else _("On sale again."))
    return redirect("workflows:vendor", pk=listing.vendor_id)


def _demand(user: User, act: str) -> None:
    if not user.may(act):
        raise PermissionDenied


def _narrowing(filters: VendorFilterForm) -> dict[str, str]:
    """The filters as lookups; one that is not understood narrows nothing."""
    if not filters.is_bound:
        return {}
    filters.is_valid()
    cleaned = getattr(filters, "cleaned_data", {})
    wanted = {
        "status": cleaned.get("status"),
        "region": cleaned["region"].pk if cleaned.get("region") else "",
        "legal_form": cleaned.get("legal_form"),
    }
    return {key: str(value) for key, value in wanted.items() if value}


def _words_for_owner(firm: Vendor, purpose: str, url: str) -> str:
    """What is pasted into WhatsApp: Indonesian, as everything that owners are told."""
    with translation.override("id"):
        if purpose == AccessLink.Purpose.SIGN_IN:
            words = _(
                "Link to sign in to Mitra BEJO for %(name)s: %(url)s\n"
                "It works once, within 24 hours. Do not give it to anyone. This service is free "
                "of charge."
            )
        else:
            words = _(
                "Follow %(name)s in Mitra BEJO: %(url)s\n"
                "This page shows the status only. This service is free of charge."
            )
        return words % {"name": firm.name, "url": url}
