"""One business named through the form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from onboarding import actions
from onboarding.errors import Refused
from onboarding.forms import ReferVendorForm
from onboarding.models import SheetRow
from onboarding.views.asked import asked_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

WHAT_CAME_OF_IT = {
    SheetRow.Verdict.CREATED: gettext_lazy("%(name)s was referred."),
    SheetRow.Verdict.LINKED: gettext_lazy(
        "%(name)s is already known. Your office is credited with this referral too."
    ),
    SheetRow.Verdict.REVIEW: gettext_lazy(
        "%(name)s was referred. It looks like a business that is already known; an officer will"
        " check whether it is the same."
    ),
}


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_http_methods(["GET", "POST"])
def refer_vendor(request: SignedIn) -> HttpResponse:
    """Name one business; doubts are shown once before it is sent."""
    key = request.POST.get("key", "")[:36] or str(uuid.uuid4())
    if request.method == "GET":
        return _page(request, ReferVendorForm(by=request.user, asked=asked_in(request)), key)
    form = ReferVendorForm(request.POST, by=request.user, asked=asked_in(request))
    if not form.is_valid() or form.is_to_be_looked_at():
        return _page(request, form, key)
    values = form.cleaned_data["values"]
    try:
        referral = actions.refer_vendor(
            values=values,
            agency=form.office(),
            form_key=key,
            request=form.answers(),
            programme=form.cleaned_data["programme"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form, key, status=409)
    sentence = WHAT_CAME_OF_IT[SheetRow.Verdict(referral.verdict)]
    messages.success(request, sentence % {"name": referral.vendor.name})
    return redirect("onboarding:referrals")


def _page(request: SignedIn, form: ReferVendorForm, key: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": key}
    return render(request, "onboarding/refer_vendor.html", context, status=status)
