"""Away from the desk: plan the days, name who covers, call it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflows import actions
from workflows.errors import Refused
from workflows.forms.queueing import LeaveForm
from workflows.models import Leave

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

WORK_QUEUE = "workflows.work_queue"
SHOWN = 50


@require_http_methods(["GET", "POST"])
@permission_required(WORK_QUEUE, raise_exception=True)
def leaves(request: SignedIn) -> HttpResponse:
    """Show who is away and who covers, and plan days of one's own."""
    form = LeaveForm(request.POST or None, request=request)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=200 if request.method == "GET" else 422)
    said = form.cleaned_data
    try:
        leave = actions.plan_leave(
            from_on=said["from_on"], until_on=said["until_on"], cover=said["to"], by=request.user
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form, status=409)
    words = _("%(name)s covers for you. What you hold goes over on the first day.")
    messages.success(request, words % {"name": leave.cover.full_name})
    return redirect("workflows:leaves")


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def end_leave(request: SignedIn, pk: int) -> HttpResponse:
    """Call one's leave off, or come back earlier."""
    leave = get_object_or_404(Leave.objects.visible_to(request.user), pk=pk)
    actions.end_leave(leave, by=request.user)
    messages.success(request, _("Ended. What went over stays with your colleague."))
    return redirect("workflows:leaves")


def _page(request: SignedIn, form: LeaveForm, *, status: int = 200) -> HttpResponse:
    planned = Leave.objects.visible_to(request.user).filter(
        until_on__gte=timezone.localdate(), ended_at__isnull=True
    )
    context = {"form": form, "leaves": planned.select_related("user", "cover")[:SHOWN]}
    return render(request, "workflows/leaves.html", context, status=status)
