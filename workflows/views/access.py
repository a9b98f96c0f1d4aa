"""Links that open one door: sign in once, see the status words of one firm, open a staff account.

The token is taken out of the address at once: it is kept in the session (or becomes a signed
cookie) and the browser is sent on, so it stands in no page, no history entry and no referrer.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

import onboarding.actions
import onboarding.errors
from onboarding.actions.people import hash_token
from onboarding.identifiers import mask_phone
from onboarding.models import User
from workflows import actions, office
from workflows.errors import Refused
from workflows.forms.signin import FirstPasswordForm
from workflows.models import AccessLink
from workflows.navigation import home_of
from workflows.owner.road import road_of
from workflows.owner.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from onboarding.models import Invitation

SIGN_IN_TOKEN = "sign_in_token"  # noqa: S105 - the name of a place in the session
EXPIRED_TOKEN = "expired_token"  # noqa: S105 - the name of a place in the session
INVITATION_TOKEN = "invitation_token"  # noqa: S105 - the name of a place in the session
STATUS_COOKIE = "mitra_status"
STATUS_SALT = "workflows.access.status"
STATUS_AGE = 30 * 24 * 60 * 60


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody, kept by no cache, told to no other site.

    A page with a form must say where it comes from to its own site: under "no-referrer" a browser
    sends ``Origin: null``, which the check against forged requests refuses.
    """

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = view(request, **kwargs)
        response["Referrer-Policy"] = (
            "no-referrer" if response.status_code == 302 else "same-origin"
        )
        add_never_cache_headers(response)
        return response

    return login_not_required(opened)


def lead_to(page: str, *, cookie: str, kept: str, salt: str, age: int) -> HttpResponse:
    """Go on to a page with what its link said in a signed cookie, which that page alone is sent."""
    response = redirect(page)
    response.set_signed_cookie(
        cookie,
        kept,
        salt=salt,
        max_age=age,
        path=reverse(page),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """The short address that is printed in letters."""
    return redirect("home" if request.user.is_authenticated else "account_login")


@require_safe
@open_to_all
def receive_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address; opening it waits for a press of the button.

    A message program that looks ahead at links thereby uses nothing up.
    """
    request.session[SIGN_IN_TOKEN] = token
    return redirect("workflows:use_sign_in_link")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def use_sign_in_link(request: HttpRequest) -> HttpResponse:
    """Sign the owner in with the link that was opened just now; it works once."""
    if request.method != "POST":
        return _sign_in_page(request, has_link=SIGN_IN_TOKEN in request.session)
    token = request.session.pop(SIGN_IN_TOKEN, "")
    try:
        _link, owner = actions.open_link(token, purpose=AccessLink.Purpose.SIGN_IN)
    except Refused as refusal:
        if not ratelimit.consume(request, action="sign_in_link"):
            return _too_often(request)
        request.session[EXPIRED_TOKEN] = hash_token(token)
        return _sign_in_page(request, has_link=False, sentence=refusal.sentence, status=409)
    return _let_in(request, owner, reverse("workflows:own_firms"))


@require_safe
@open_to_all
def receive_status_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a status link for a signed cookie that shows the words of one firm's status."""
    try:
        link, _nobody = actions.open_link(token, purpose=AccessLink.Purpose.STATUS)
    except Refused as refusal:
        request.session[EXPIRED_TOKEN] = hash_token(token)
        return _no_status(request, refusal.sentence)
    request.session.pop(EXPIRED_TOKEN, None)
    kept = str(link.pk)
    page = "workflows:status"
    return lead_to(page, cookie=STATUS_COOKIE, kept=kept, salt=STATUS_SALT, age=STATUS_AGE)


@require_safe
@open_to_all
def status(request: HttpRequest) -> HttpResponse:
    """Show name, status and next step of one firm; no number, no phone, no paper."""
    link = link_in_cookie(request)
    if link is None or link.revoked_at or link.expires_at <= timezone.now():
        return _no_status(request)
    vendor = link.vendor
    context = {
        "vendor": vendor,
        "words": words_of(vendor.status),
        "road": road_of(vendor),
        "office": office.contact(),
        "contact": mask_phone(vendor.phone),
    }
    return render(request, "workflows/status.html", context)


@require_safe
@open_to_all
def receive_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token of an invitation out of the address."""
    request.session[INVITATION_TOKEN] = token
    return redirect("workflows:use_invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def use_invitation(request: HttpRequest) -> HttpResponse:
    """Open the account that the invitation names, with a password of one's own."""
    try:
        invitation = onboarding.actions.find_invitation(request.session.get(INVITATION_TOKEN, ""))
    except onboarding.errors.Refused as refusal:
        if not ratelimit.consume(request, action="invitation"):
            return _too_often(request)
        return _no_invitation(request, refusal.sentence)
    person = _person(invitation)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        return _accept(request, invitation, form.cleaned_data["password"])
    context = {"form": form, "invitation": invitation, "person": person}
    return render(request, "workflows/use_invitation.html", context)


def link_in_cookie(request: HttpRequest) -> AccessLink | None:
    """Return the status link that this browser opened, though it may have run out since."""
    pk = request.get_signed_cookie(STATUS_COOKIE, "", salt=STATUS_SALT, max_age=STATUS_AGE)
    links = AccessLink.objects.select_related("vendor")
    return links.filter(pk=pk, purpose=AccessLink.Purpose.STATUS).first() if pk else None


def _too_often(request: HttpRequest) -> HttpResponse:
    context = {"office": office.contact()}
    return render(request, "workflows/too_many_codes.html", context, status=429)


def _accept(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    try:
        user = onboarding.actions.accept_invitation(invitation, password=password)
    except onboarding.errors.Refused as refusal:
        return _no_invitation(request, refusal.sentence)
    request.session.pop(INVITATION_TOKEN, None)
    return _let_in(request, user, reverse(home_of(user.role)))


def _no_invitation(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "office": office.contact()}
    return render(request, "workflows/use_invitation.html", context, status=409)


def _person(invitation: Invitation) -> User:
    return User(
        email=invitation.email,
        full_name=invitation.full_name,
        role=invitation.role,
        agency=invitation.agency,
    )


def _let_in(request: HttpRequest, user: User | None, url: str) -> HttpResponse:
    """Sign in through allauth: a new session key, and the second factor where there is one."""
    return perform_login(request, user, email_verification="none", redirect_url=url)


def _sign_in_page(
    request: HttpRequest, *, has_link: bool, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {"has_link": has_link, "sentence": sentence, "office": office.contact()}
    return render(request, "workflows/use_sign_in_link.html", context, status=status)


def _no_status(request: HttpRequest, sentence: str = "") -> HttpResponse:
    context = {"sentence": sentence, "office": office.contact()}
    return render(request, "workflows/status.html", context, status=404)
