"""What an auditor reads is on record: every page they open, not only those that name a firm.

A firm's own pages, cases and originals are noted as looks where they are shown (``looks``); the
picture of a page is noted as a look here, and every other page of the site as an event of the
trail, once an hour for a person and a page. Other people cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from documents.models import PageImage
from onboarding import roles
from workflows import audit
from workflows.looks import note_look
from workflows.models import Look
from workflows.models.rights import this_hour

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.urls import ResolverMatch

PICTURES: Final = frozenset({"documents:page_image", "documents:page_spot"})
#: These note a look themselves, show only what is public, or are part of another page.
NOTED_THERE: Final = frozenset(
    {
        "documents:original",
        "workflows:vendor",
        "workflows:review_case",
        "workflows:case_beside",
        "workflows:take_pack",
        "workflows:audit_progress",
    }
)
#: What this process has written down in this hour; another process may write it once more.
_noted: set[tuple[datetime, int, str]] = set()


class WitnessMiddleware:
    """Notes what an auditor was shown, after it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note."""
        response = self.get_response(request)
        match, user = request.resolver_match, getattr(request, "user", None)
        is_read = request.method == "GET" and response.status_code == 200 and match is not None
        if is_read and getattr(user, "role", "") == roles.AUDITOR:
            _note(request, match)  # type: ignore[arg-type]  # just asked
        return response


def _note(request: HttpRequest, match: ResolverMatch) -> None:
    name = match.view_name
    if match.namespace not in ("workflows", "documents", "training", "onboarding"):
        return
    if name in PICTURES:
        page = PageImage.objects.select_related("paper").filter(pk=match.kwargs["pk"]).first()
        if page is not None:
            note_look(request.user, page.paper.vendor_id, Look.What.PAGE)  # type: ignore[arg-type]
    elif name not in NOTED_THERE and _is_new(request.user.pk or 0, request.path):
        about = {key: str(value) for key, value in match.kwargs.items() if key in ("pk", "slug")}
        audit.record("read_as_auditor", by=request.user, page=name, **about)  # type: ignore[arg-type]


def _is_new(user: int, path: str) -> bool:
    hour = this_hour()
    if (hour, user, path) in _noted:
        return False
    _noted.difference_update({one for one in _noted if one[0] != hour})
    _noted.add((hour, user, path))
    return True
