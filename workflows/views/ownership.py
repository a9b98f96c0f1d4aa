"""The officer's side of an owner's rights: facts that are wrong, and a phone that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.models import Membership
from workflows import actions
from workflows.errors import Refused
from workflows.forms.rights import NewPhoneForm, SettleForm
from workflows.models import FactCorrection
from workflows.views.vendorpage import owner_part, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@require_POST
@permission_required("onboarding.correct_vendor", raise_exception=True)
def settle_correction(request: SignedIn, pk: int) -> HttpResponse:
    """Accept or refuse what an owner says is wrong."""
    open_ones = FactCorrection.objects.visible_to(request.user).select_related("vendor__region")
    correction = get_object_or_404(open_ones, pk=pk)
    vendor = visible_vendor(request, correction.vendor_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise Http404
    is_accepted = form.cleaned_data["is_accepted"] == "1"
    actions.settle_correction(
        correction, is_accepted=is_accepted, answer=form.cleaned_data["answer"], by=request.user
    )
    words = _("Corrected, as the owner asked.") if is_accepted else _("Answered: not changed.")
    messages.success(request, words)
    return redirect(owner_part(vendor.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workflows.confirm_contact", raise_exception=True)
@reauthentication_required(allow_get=True)
def move_owner(request: SignedIn, pk: int) -> HttpResponse:
    """Move the account of an owner who lost the phone to the number of the new one."""
    memberships = Membership.objects.visible_to(request.user)
    membership = get_object_or_404(memberships.select_related("user", "vendor__region"), pk=pk)
    vendor = visible_vendor(request, membership.vendor_id)
    form = NewPhoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_owner(membership, phone=form.cleaned_data["phone"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            words = _("Done. The old phone is signed out; codes go to the new number.")
            messages.success(request, words)
            return redirect(owner_part(vendor.pk))
    context = {"vendor": vendor, "membership": membership, "form": form}
    return render(request, "workflows/move_owner.html", context, status=status)
