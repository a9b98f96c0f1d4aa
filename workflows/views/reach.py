"""How a firm is told things: the owner says it on their page, an officer on the owner's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import actions
from workflows.forms.messages import ReachForm
from workflows.reach import channels_of
from workflows.views.owner import own_firm
from workflows.views.vendorpage import owner_part, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

SAY = "workflows.say_reach"


@require_POST
@permission_required("workflows.own_page", raise_exception=True)
@permission_required(SAY, raise_exception=True)
def say_own_reach(request: SignedIn, pk: int) -> HttpResponse:
    """Take the owner's own word."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    _say(request, vendor)
    return redirect("workflows:own_page", pk=vendor.pk)


@require_POST
@permission_required("workflows.view_vendors", raise_exception=True)
@permission_required(SAY, raise_exception=True)
def say_reach(request: SignedIn, pk: int) -> HttpResponse:
    """Take the word of an owner from an officer who heard it."""
    vendor = visible_vendor(request, pk)
    _say(request, vendor)
    return redirect(owner_part(vendor.pk))


def _say(request: SignedIn, vendor: Vendor) -> None:
    if request.POST.get("act") == "vouch":
        actions.vouch_for_contact(vendor, by=request.user)
        messages.success(request, _("Thank you. Messages go there again."))
        return
    form = ReachForm(request.POST, channels=channels_of(vendor))
    if not form.is_valid():
        raise Http404
    actions.choose_channel(vendor, channel=form.cleaned_data["channel"], by=request.user)
    messages.success(request, _("Kept. This is how messages are sent from now on."))
