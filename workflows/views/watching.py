"""Numbers shown with a reason, and alerts of browsing that is out of the ordinary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflows import actions, numbers
from workflows.errors import Refused
from workflows.forms.desk import ReasonForm
from workflows.forms.watching import SettleAlertForm
from workflows.models import BrowsingAlert
from workflows.paging import newest_first
from workflows.views.vendorpage import vendor_page, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

VIEW_ALERTS = "workflows.view_alerts"


@require_POST
@permission_required(numbers.REVEAL, raise_exception=True)
@reauthentication_required(allow_get=True)
def reveal_numbers(request: SignedIn, pk: int) -> HttpResponse:
    """Show the numbers of a firm in full for some minutes, because of what was written."""
    firm = visible_vendor(request, pk)
    form = ReasonForm(request.POST, prefix="reveal")
    if not form.is_valid():
        return vendor_page(request, firm, status=422, bound={"reveal": form})
    actions.reveal_numbers(firm, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The numbers are shown for a short while. The owner can see that."))
    return redirect("workflows:vendor", pk=pk)


@require_safe
@permission_required(VIEW_ALERTS, raise_exception=True)
def alerts(request: SignedIn) -> HttpResponse:
    """Show who opened more than the work asks for, what is not settled first."""
    return _page(request)


@require_POST
@permission_required("workflows.settle_alerts", raise_exception=True)
def settle_alert(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what was found."""
    alert = get_object_or_404(BrowsingAlert.objects.visible_to(request.user), pk=pk)
    form = SettleAlertForm(request.POST, prefix=f"alert-{pk}")
    if not form.is_valid():
        return _page(request, bound={pk: form}, status=422)
    try:
        actions.settle_alert(alert, note=form.cleaned_data["note"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, bound={pk: form}, status=409)
    messages.success(request, _("Settled."))
    return redirect(reverse("workflows:alerts"))


def _page(
    request: SignedIn, *, bound: dict[int, SettleAlertForm] | None = None, status: int = 200
) -> HttpResponse:
    found = BrowsingAlert.objects.visible_to(request.user).select_related("person", "settled_by")
    is_open = request.GET.get("part") != "all"
    rows = found.filter(settled_at__isnull=True) if is_open else found
    keep = {} if is_open else {"part": "all"}
    page = newest_first(rows, request.GET.get("before", ""), keep=keep)
    may_settle = request.user.may("workflows.settle_alerts")
    url = reverse("workflows:alerts")
    context = {
        "tabs": [
            {"url": url, "label": _("To be looked into"), "is_current": is_open},
            {"url": f"{url}?part=all", "label": _("All"), "is_current": not is_open},
        ],
        "alerts": [
            (
                one,
                (bound or {}).get(one.pk) or SettleAlertForm(prefix=f"alert-{one.pk}")
                if may_settle and one.settled_at is None
                else None,
            )
            for one in page.rows
        ],
        "failed": next(iter((bound or {}).values()), None),
        "next_url": page.next_url,
    }
    return render(request, "workflows/alerts.html", context, status=status)
