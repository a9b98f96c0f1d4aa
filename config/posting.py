"""Leads a form that was sent before to where it led, so that nothing is done twice."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict, UnreadablePostError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from workflows import posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from workflows.models import PostedForm

#: So long is waited for the first answer to the same form; then the person is led back.
PATIENCE = 5.0
AGAIN = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class PostedOnceMiddleware:
    """Behind the check of the token and the sign-in, around everything that refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        finally:
            posting.take_up(None)
        sent: posting.Posting | None = getattr(request, "posting", None)
        return response if sent is None else _conclude(request, sent, response)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Look at the form before anything is done with it."""
        if request.method != "POST" or request.content_type not in FORMS:
            return None
        if getattr(view, "csrf_exempt", False):
            return None
        try:
            sent = _suspended(request) or posting.read(request)
        except UnreadablePostError:  # the browser is gone; the view finds out by itself
            return None
        if sent is None:
            return None
        request.posting = sent  # type: ignore[attr-defined]  # read back in __call__
        before = posting.done_before(sent)
        if before is None:
            posting.take_up(sent)
            return None
        return _lead(request, sent, before)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The other request was quicker while this one was at it; all of this one is undone."""
        if not isinstance(error, posting.PostedAlready):
            return None
        sent: posting.Posting = request.posting  # type: ignore[attr-defined]  # it raised this
        return _lead(request, sent, posting.done_before(sent))


def _suspended(request: HttpRequest) -> posting.Posting | None:
    """The form that waits until somebody has proved again who they are: it is what will be done
    when they have."""
    place = request.resolver_match
    if place is None or place.url_name not in AGAIN:
        return None
    waits = (request.session.get(STATE_SESSION_KEY) or {}).get("request")
    if not waits:
        return None
    form = json.loads(waits)
    return posting.read_said(request, form["path"], QueryDict(form["POST"]))


def _conclude(request: HttpRequest, sent: posting.Posting, response: HttpResponse) -> HttpResponse:
    if getattr(response, "is_led", False) or response.status_code >= 500:
        return response
    is_page = response.status_code in (302, 303) and response.has_header("Location")
    if posting.conclude(sent, outcome=response["Location"] if is_page else None):
        return response
    # Nothing was done here, perhaps because the same form was quicker in another request.
    before = posting.done_before(sent)
    return response if before is None else _lead(request, sent, before)


def _lead(request: HttpRequest, sent: posting.Posting, before: PostedForm | None) -> HttpResponse:
    """Answer as the first request was answered, and say so plainly."""
    outcome = _outcome_of(before)
    list(messages.get_messages(request))  # what this request refused is not the answer
    if before is not None and before.said != sent.said:
        messages.warning(request, _(
            "This form was sent before. What you changed since was not kept: "
            "open the form again to send that."
        ))  # fmt: skip
    else:
        messages.info(request, _("This form was sent before. Nothing was done twice."))
    response = HttpResponseRedirect(outcome or _way_back(request))
    response.is_led = True  # type: ignore[attr-defined]  # read in _conclude
    return response


def _outcome_of(before: PostedForm | None) -> str:
    """Wait, not for long, for the page to which the first request leads."""
    until = time.monotonic() + PATIENCE
    while before is not None and not before.outcome and time.monotonic() < until:
        time.sleep(0.05)
        before = type(before).objects.filter(pk=before.pk).first()
    return before.outcome if before is not None else ""


def _way_back(request: HttpRequest) -> str:
    """The page on which the form stood, or the first page."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return "/"
    found = urlsplit(came_from)
    return f"{found.path}?{found.query}" if found.query else found.path
