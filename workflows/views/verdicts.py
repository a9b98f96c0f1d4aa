"""Minutes of decision, made when somebody presses for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import actions
from workflows.models import BulkApproval
from workflows.views.review import visible_case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

WRITE = "workflows.write_verdict"


@require_POST
@permission_required(WRITE, raise_exception=True)
def write_verdict(request: SignedIn, pk: int) -> HttpResponse:
    """Draft the minutes of one decision."""
    letter = actions.write_verdict(visible_case(request, pk), by=request.user)
    return _drafted(request, letter.pk)


@require_POST
@permission_required(WRITE, raise_exception=True)
def write_verdict_of_batch(request: SignedIn, pk: int) -> HttpResponse:
    """Draft the minutes of what was decided together."""
    letter = actions.write_verdict_of_batch(get_object_or_404(BulkApproval, pk=pk), by=request.user)
    return _drafted(request, letter.pk)


def _drafted(request: SignedIn, pk: int) -> HttpResponse:
    messages.success(
        request, _("The minutes are drafted. They are DRAF until numbered and signed.")
    )
    return redirect("workflows:letter", pk=pk)
