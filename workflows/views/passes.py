"""The pass of a guest who came by the answer link, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

import training.errors
from training.models import SEATED
from training.views.passes import render_pass
from workflows.views.access import open_to_all
from workflows.views.answers import seat_of_link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@open_to_all
def pass_of_invitation(request: HttpRequest) -> HttpResponse:
    """Show the pass of the seat that the link opened; without link or seat, the invitation says
    so."""
    try:
        seat = seat_of_link(request)
    except training.errors.Refused:
        return redirect("workflows:answer_invitation")
    if seat.state not in SEATED:
        return redirect("workflows:answer_invitation")
    return render_pass(request, seat, back_url=reverse("workflows:answer_invitation"))
