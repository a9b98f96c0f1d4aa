"""Approving many: the green cases of a region, the sample that is opened, the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflows import actions, tasks
from workflows.actions.approving import SAMPLE, green_cases
from workflows.errors import Refused
from workflows.forms.approving import BatchCountForm, BatchForm
from workflows.models import BulkApproval, Case

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

DECIDE = "workflows.decide_case"
GET_AND_POST = ["GET", "HEAD", "POST"]
KEPT = 10


@require_http_methods(GET_AND_POST)
@permission_required(DECIDE, raise_exception=True)
@reauthentication_required(allow_get=True)
def approvals(request: SignedIn) -> HttpResponse:
    """List the cases that could be approved together, and draw a batch of them."""
    form = BatchForm(request.POST if request.method == "POST" else request.GET)
    region = form.cleaned_data["region"] if form.is_valid() else None
    if request.method == "POST":
        approval = actions.draw_approval(region=region, by=request.user)
        messages.success(request, _("The batch is drawn. Open every case of its sample first."))
        return redirect("workflows:approval", pk=approval.pk)
    own = BulkApproval.objects.filter(drawn_by=request.user).select_related("region")[:KEPT]
    batches = list(own)
    context = {
        "form": form,
        "region": region,
        "cases": green_cases(request.user, region=region),
        "batches": batches,
        "standing": next((one for one in batches if not (one.dropped_at or one.finished_at)), None),
        "sample_size": SAMPLE,
    }
    return render(request, "workflows/approvals.html", context)


@require_http_methods(GET_AND_POST)
@permission_required(DECIDE, raise_exception=True)
@reauthentication_required(allow_get=True)
def approval(request: SignedIn, pk: int) -> HttpResponse:
    """Show one's own batch; take the typed number, or drop it."""
    batch = _own(request, pk)
    if request.method != "POST":
        return _page(request, batch)
    if request.POST.get("act") == "drop":
        actions.drop_approval(batch, by=request.user)
        messages.success(request, _("The batch is dropped. Its cases wait as before."))
        return redirect("workflows:approvals")
    form = BatchCountForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, form=form, status=422)
    count = form.cleaned_data["count"]
    try:
        actions.confirm_approval(batch, count=count, by=request.user, send=tasks.do_job.delay)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, batch, form=form, status=409)
    messages.success(request, _("Ordered. The machine approves them in your name, one by one."))
    return redirect("workflows:approval", pk=pk)


@require_POST
@permission_required(DECIDE, raise_exception=True)
def open_sampled(request: SignedIn, pk: int, case: int) -> HttpResponse:
    """Open a case of the sample; that it was opened is kept."""
    actions.open_sampled(_own(request, pk), case_id=case, by=request.user)
    return redirect("workflows:review_case", pk=case)


def _own(request: SignedIn, pk: int) -> BulkApproval:
    own = BulkApproval.objects.filter(drawn_by=request.user).select_related("region")
    return get_object_or_404(own, pk=pk)


def _page(
    request: SignedIn, batch: BulkApproval, *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).filter(pk__in=batch.cases)
    known = {case.pk: case for case in cases.select_related("vendor__region")}
    rows = [
        {
            "case": known[pk],
            "is_sampled": pk in batch.sample,
            "is_opened": pk in batch.opened,
            "is_done": str(pk) in batch.results,
            "why": batch.results.get(str(pk), ""),
        }
        for pk in [*batch.sample, *(pk for pk in batch.cases if pk not in batch.sample)]
        if pk in known
    ]
    context = {
        "batch": batch,
        "rows": rows,
        "form": form or BatchCountForm(),
        "to_open": len(set(batch.sample) - set(batch.opened)),
        "left": [row for row in rows if row["why"]],
        "is_working": bool(batch.confirmed_at) and not batch.finished_at,
        "is_waiting": not batch.confirmed_at and not batch.dropped_at,
        "letter": batch.letters.exclude(state="CANCELLED").first(),
    }
    return render(request, "workflows/approval.html", context, status=status)
