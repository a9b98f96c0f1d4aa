"""Who was shown what is on record, also where nothing is done: pictures of papers, files with many
firms, and every page that an auditor opens.

A firm's own pages, cases and originals are noted as looks where they are shown (``looks``). What
the other rooms show of one firm (pictures of pages, what was read on a paper) and its certificate
are noted as looks here, for everybody but the owner; a list of firms that leaves as a file as one
event of the trail, because a row for each of ten thousand firms would tell no more; every other
page that an auditor reads as an event, once an hour for a person and an address. What was searched
for stands in no address, so each search is one more. Other people cost nothing.
"""

from __future__ import annotations

from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from documents.models import PageImage, Paper
from onboarding import roles
from training.models import Certificate
from workflows import audit
from workflows.looks import note_looks
from workflows.models import Look
from workflows.models.rights import this_hour

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.urls import ResolverMatch

    from onboarding.models import User

OURS: Final = frozenset({"workflows", "documents", "training", "onboarding"})
#: What shows something of one firm: rows by key, the way to the firm, as what it is noted. The page
#: itself has asked who may see it.
OF_ONE: Final[dict[str, tuple[Any, str, Look.What]]] = {
    "documents:page_image": (PageImage.objects, "paper__vendor", Look.What.PAGE),
    "documents:page_spot": (PageImage.objects, "paper__vendor", Look.What.PAGE),
    "documents:progress": (Paper.objects, "vendor", Look.What.PAGE),
    "workflows:certificate_pdf": (Certificate.objects, "seat__vendor", Look.What.EXPORT),
}
#: A letter says by itself whether it lists firms (``request.takes_list``).
LISTS: Final = frozenset(
    {
        "onboarding:export_referrals",
        "onboarding:refused_rows",
        "onboarding:mended_file",
        "workflows:certificate_bundle",
        "workflows:export_sample",
        "workflows:guest_bundle",
        "workflows:preview_file",
        "workflows:roster_pdf",
    }
)
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
_lock: Final = Lock()


class WitnessMiddleware:
    """Notes what somebody was shown, after it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note."""
        response = self.get_response(request)
        match, user = request.resolver_match, getattr(request, "user", None)
        is_shown = response.status_code == HTTPStatus.OK and match is not None
        if is_shown and user is not None and user.is_authenticated:
            _note(request, match, user)  # type: ignore[arg-type]  # signed in, and found
        return response


def _note(request: HttpRequest, match: ResolverMatch, user: User) -> None:
    name = match.view_name
    about: dict[str, Any] = {
        key: str(value) for key, value in match.kwargs.items() if key in ("pk", "slug")
    }
    if name in OF_ONE:
        rows, whose, what = OF_ONE[name]
        shown = rows.filter(pk=match.kwargs["pk"], **{f"{whose}__isnull": False})
        if firms := list(shown.values_list(whose, flat=True)):
            note_looks(user, firms, what)
            return
    if user.role == roles.AUDITOR:
        if match.namespace in OURS and name not in NOTED_THERE:
            _note_reading(request, name, about, user)
    elif name in LISTS or getattr(request, "takes_list", False):
        audit.record("take_list", by=user, page=name, **about)


def _note_reading(request: HttpRequest, name: str, about: dict[str, Any], user: User) -> None:
    """Once an hour for an address; remembered when it is written, so that what could not be
    written is not taken for noted when it is asked again."""
    once = (this_hour(), user.pk, request.get_full_path())
    with _lock:
        is_known = once in _noted
    if is_known and request.method != "POST":
        return
    audit.record("read_as_auditor", by=user, page=name, **about)
    with _lock:
        _noted.difference_update({one for one in _noted if one[0] != once[0]})
        _noted.add(once)
