"""Rules for every page: Indonesian unless chosen otherwise, private pages are not stored, and a
refusal is a sentence, not a crash."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from onboarding import roles
from workflows import factors
from workflows.signin import BEGAN_AT, SEEN_AT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


SLIDES_EVERY = 15 * 60
#: Seconds without a page, and in all, after which staff sign in again. Trainers stand in halls
#: without signal for hours with marks still to be sent, so theirs runs as an owner's does.
STAFF_SLIDES_EVERY, STAFF_IDLE, STAFF_LONGEST = 60, 30 * 60, 12 * 60 * 60
#: Nobody stays signed in for longer, however often they come.
LONGEST = 180 * 24 * 60 * 60
STAFF_AT_DESKS = roles.STAFF - {roles.TRAINER}


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
    """A session that is used goes on until its last hour, one that is not ends, and the list of
    devices tells when it was; written once in a minute of staff, once in a quarter of an hour of
    owners, so that a page stays a page and not a write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_over(request, now):
            logout(request)
            messages.info(request, _("You were away for a while. Please sign in again."))
            if request.method in ("GET", "HEAD"):
                return redirect_to_login(request.get_full_path())
        response = self.get_response(request)
        # A page that asked nothing of the session (a monitor's) must not ask the database here.
        seen = request.session.get(SEEN_AT) if request.session.accessed else None
        unused = 0 if seen is None else now - seen
        if unused > STAFF_SLIDES_EVERY and unused > _slides_every(request):
            request.session[SEEN_AT] = now
            own = UserSession.objects.filter(session_key=request.session.session_key)
            own.update(last_seen_at=timezone.now())
        return response


def _slides_every(request: HttpRequest) -> int:
    role = getattr(request.user, "role", "")
    return STAFF_SLIDES_EVERY if role in STAFF_AT_DESKS else SLIDES_EVERY


def _is_over(request: HttpRequest, now: int) -> bool:
    """Say whether a session has run out: one that nobody used, or one that ran for too long."""
    seen, began = request.session.get(SEEN_AT), request.session.get(BEGAN_AT)
    if seen is None:
        return False
    if now - (began or now) > LONGEST:
        return True
    is_late = now - seen > STAFF_IDLE or now - (began or now) > STAFF_LONGEST
    return is_late and getattr(request.user, "role", "") in STAFF_AT_DESKS


class SecondFactorMiddleware:
    """Staff do nothing before they have shown a second factor, on any page, Django's own too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: object
    ) -> HttpResponse | None:
        """Lead to the page on which a factor is set up or shown; pages open to all stay open."""
        is_open = not getattr(view, "login_required", True)
        if is_open or not request.user.is_authenticated:
            return None
        if not factors.is_asked_of(request.user) or factors.is_shown(request):
            return None
        place = request.resolver_match
        if place is not None and place.url_name in factors.ON_THE_WAY:
            return None
        return redirect(factors.way_to_one(request))


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
    """Shows the sentence of a refused act (any room's ``Refused``) with status 409 and a way back,
    and a page to whoever opens the address of a button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into a page; anything else goes on as it came."""
        is_too_long = isinstance(error, OverflowError) and "SQLite" in str(error)
        if is_too_long or (isinstance(error, DataError) and "NUL" in str(error)):
            # Longer than any key, or with a sign that no text of PostgreSQL has: nothing is there.
            return page_not_found(request, error)
        sentence = getattr(error, "sentence", None)
        if sentence is None:
            return None
        context = {"sentence": sentence, "back_url": getattr(error, "back_url", "")}
        return render(request, "refused.html", context, status=409)
