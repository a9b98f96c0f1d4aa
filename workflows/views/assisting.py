"""Beginning and ending to act for an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding import roles
from onboarding.models import Vendor
from workflows import actions
from workflows.errors import Refused
from workflows.forms.assisting import AssistanceForm
from workflows.models import Assistance
from workflows.navigation import home_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workflows.assist_owner", raise_exception=True)
def assist_owner(request: SignedIn, pk: int) -> HttpResponse:
    """Write down the owner's consent, then open the owner's page."""
    vendor = get_object_or_404(Vendor.objects.visible_to(request.user), pk=pk)
    if Assistance.objects.running_by(request.user).filter(vendor=vendor).exists():
        return redirect("workflows:own_page", pk=pk)
    form = AssistanceForm(request.POST or None, initial={"consent_of": vendor.owner_name})
    status = 200
    if request.method == "POST" and form.is_valid():
        said = {key: form.cleaned_data[key] for key in ("consent_of", "way", "note")}
        try:
            actions.begin_assistance(vendor, **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Noted. You now act for this business."))
            return redirect("workflows:own_page", pk=pk)
    elif request.method == "POST":
        status = 422
    context = {"vendor": vendor, "form": form}
    return render(request, "workflows/assist_owner.html", context, status=status)


@require_POST
@permission_required("workflows.own_page", raise_exception=True)
def end_assistance(request: SignedIn, pk: int) -> HttpResponse:
    """End it: the helper goes back to work, the owner stays on the page."""
    assistance = get_object_or_404(Assistance.objects.visible_to(request.user), pk=pk)
    actions.end_assistance(assistance, by=request.user)
    messages.success(request, _("Ended."))
    if request.user.role == roles.VENDOR:
        return redirect("workflows:own_page", pk=assistance.vendor_id)
    return redirect(home_of(request.user.role))
