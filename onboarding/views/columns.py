"""The columns of an office's own list, confirmed by a person once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onboarding import actions
from onboarding.actions.columns import TO_BE_CHOSEN
from onboarding.errors import Refused
from onboarding.list_forms import ColumnsForm
from onboarding.models import ReferralSheet

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_http_methods(["GET", "POST"])
def confirm_columns(request: SignedIn, pk: int) -> HttpResponse:
    """Show each column with samples and our guess; what is chosen is remembered."""
    sheet = get_object_or_404(ReferralSheet.objects.visible_to(request.user), pk=pk)
    if sheet.state not in TO_BE_CHOSEN:
        return redirect("onboarding:sheet", pk)
    form = ColumnsForm(request.POST or None, layout=sheet.layout)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_columns(sheet, places=form.places, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Thank you. The list is being read with these columns."))
            return redirect("onboarding:sheet", pk)
    status = 422 if form.is_bound else 200
    context = {"sheet": sheet, "form": form}
    return render(request, "onboarding/confirm_columns.html", context, status=status)
