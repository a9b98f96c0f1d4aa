"""Rules for every page: Indonesian unless chosen otherwise, private pages are not stored, and a
refusal is a sentence, not a crash."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from workflows.signin import SEEN_AT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


SLIDES_EVERY = 15 * 60


class ChosenLanguageMiddleware:
    """Indonesian first: phones sold in English must not turn the page; only the person's choice
    does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SlidingSessionMiddleware:
    """A session that is used goes on, and the list of devices tells when it was; written once in a
    quarter of an hour, so that a page stays a page and not a write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        now = int(time.time())
        # A page that asked nothing of the session (a monitor's) must not ask the database here.
        seen = request.session.get(SEEN_AT) if request.session.accessed else None
        if seen is not None and now - seen > SLIDES_EVERY:
            request.session[SEEN_AT] = now
            own = UserSession.objects.filter(session_key=request.session.session_key)
            own.update(last_seen_at=timezone.now())
        return response


class PrivatePagesMiddleware:
    """Pages of a signed-in person are never kept by a browser or a proxy (shared PCs at
    offices)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
            patch_vary_headers(response, ["Cookie"])
        return response


class RefusalMiddleware:
    """Shows the sentence of a refused act (any room's ``Refused``) with status 409 and a way
    back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into a page; anything else goes on as it came."""
        sentence = getattr(error, "sentence", None)
        if sentence is None:
            return None
        context = {"sentence": sentence, "back_url": getattr(error, "back_url", "")}
        return render(request, "refused.html", context, status=409)
