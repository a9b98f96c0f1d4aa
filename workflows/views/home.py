"""The front door: who is known goes to their work, who is not to the sign-in page, owners first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from workflows.navigation import home_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to where their work begins."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect(home_of(request.user.role))
