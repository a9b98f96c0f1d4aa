"""The attendance list on paper, for the people who take it along to the hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from training.models import Session
from workflows.rosters import print_roster

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn


@require_safe
@permission_required("training.take_attendance", raise_exception=True)
def roster_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Print the list as it stands now; it is official only with the signatures on it."""
    rows = Session.objects.visible_to(request.user).select_related("trainer", "region")
    session = get_object_or_404(rows, pk=pk)
    answer = HttpResponse(print_roster(session), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="daftar-hadir-{session.pk}.pdf"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
