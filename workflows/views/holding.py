"""The doors through which the clock of a case is stopped and goes on again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import actions
from workflows.errors import Refused
from workflows.forms.holding import HoldForm
from workflows.views.casepage import case_page
from workflows.views.review import visible_case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

WORK_QUEUE = "workflows.work_queue"


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def hold_case(request: SignedIn, pk: int) -> HttpResponse:
    """Stop the clock of a case, with a reason and a day."""
    case = visible_case(request, pk)
    form = HoldForm(request.POST, prefix="hold")
    if not form.is_valid():
        return case_page(request, pk, status=422, hold_form=form)
    try:
        hold = actions.hold_case(case, **form.cleaned_data, by=request.user)
    except Refused as error:
        form.add_error(None, error.sentence)
        return case_page(request, pk, status=409, hold_form=form)
    messages.success(
        request,
        _("%(name)s is on hold until %(day)s; its clock stands still.")
        % {"name": case.vendor.name, "day": date_format(hold.look_again_on, "DATE_FORMAT")},
    )
    return redirect("workflows:queue")


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def go_on_with_case(request: SignedIn, pk: int) -> HttpResponse:
    """Let the clock run again."""
    case = visible_case(request, pk)
    actions.go_on_with_case(case, by=request.user)
    messages.success(
        request, _("%(name)s goes on. It waits in its queue again.") % {"name": case.vendor.name}
    )
    return redirect("workflows:review_case", pk=pk)
