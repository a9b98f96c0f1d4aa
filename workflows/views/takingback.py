"""Taking back what was pressed a moment ago, and reading why something could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import actions, tasks
from workflows.models import Case, PendingAct
from workflows.pendings import said_of
from workflows.queues import MINE, cases_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

WORK_QUEUE = "workflows.work_queue"


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def take_back_act(request: SignedIn, pk: int) -> HttpResponse:
    """Take back one's own act, and go on with its case."""
    pending = _own(request, pk)
    actions.take_back(pending, by=request.user)
    messages.success(request, _("Taken back. Nothing was sent; the case is in your hands."))
    return redirect("workflows:review_case", pk=pending.case_id)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def acknowledge_refusal(request: SignedIn, pk: int) -> HttpResponse:
    """The refusal was read; it need not be shown again."""
    pending = _own(request, pk)
    actions.acknowledge_refusal(pending, by=request.user)
    return redirect("workflows:review_case", pk=pending.case_id)


def press(request: SignedIn, case: Case, act: str, **said: Any) -> HttpResponse:
    """Press an act that can be taken back, and go straight on with the next case in hand."""
    pending = _put_off(request, case, act, said)
    if pending is None:
        messages.success(request, said_of(act, case.vendor.name))
    mine = cases_in(request.user, MINE, {}).exclude(pk=case.pk)
    following = mine.exclude(pending_acts__in=PendingAct.objects.filter(ended_at__isnull=True))
    after = following.first()
    if after is None:
        return redirect("workflows:queue")
    return redirect("workflows:review_case", pk=after.pk)


def _put_off(request: SignedIn, case: Case, act: str, said: Mapping[str, Any]) -> PendingAct | None:
    by = request.user
    seen = request.POST.get("seen", "")
    return actions.put_off(case, act=act, said=said, seen=seen, by=by, send=tasks.finish_later)


def _own(request: SignedIn, pk: int) -> PendingAct:
    return get_object_or_404(PendingAct, pk=pk, by=request.user)
