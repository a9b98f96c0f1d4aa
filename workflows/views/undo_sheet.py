"""A whole list taken back, after the page has said what that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onboarding.errors import Refused as RefusedByRoom
from onboarding.models import ReferralSheet
from workflows import actions
from workflows.errors import Refused
from workflows.forms.desk import ReasonForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

MOST_NAMED = 20


@require_http_methods(["GET", "POST"])
@permission_required("onboarding.undo_sheet", raise_exception=True)
def undo_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """Show which firms leave and which stay (GET); take the list back with a reason (POST)."""
    sheet = get_object_or_404(ReferralSheet.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_sheet(sheet, reason=form.cleaned_data["reason"], by=request.user)
        except (Refused, RefusedByRoom) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list was taken back."))
            return redirect("onboarding:sheet", pk)
    if sheet.state != ReferralSheet.State.ENTERED:
        return redirect("onboarding:sheet", pk)
    foreseen = actions.foresee_undoing(sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "referrals": foreseen.referrals,
        "leaving": foreseen.leaving.count(),
        "staying": foreseen.staying.count(),
        "named": foreseen.staying.order_by("name")[:MOST_NAMED],
    }
    return render(
        request, "workflows/undo_sheet.html", context, status=422 if form.is_bound else 200
    )
