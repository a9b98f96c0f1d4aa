"""Signing in by the government's sign-on, and tying one's account to it.

Nobody gets an account here: a subject that is tied to none is told so. Tying waits for a press of a
button, so that a page of somebody else cannot tie their sign-on to this account.
"""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import onboarding.actions
from onboarding.models import SignOn
from workflows import factors, office, signon
from workflows.views.access import open_to_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from onboarding.signed_in import SignedIn

logger = logging.getLogger("mitra.signin")

#: Who is about to be tied to this account, in the session.
TO_LINK = "sign_on_to_link"


def where_there_is_one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Without a sign-on in the settings these pages do not exist."""

    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        if not settings.SIGN_ON.is_on:
            raise Http404
        return view(request)

    return found


@require_safe
@open_to_all
@where_there_is_one
def sign_on(request: HttpRequest) -> HttpResponse:
    """Go to the provider to sign in."""
    if request.user.is_authenticated:
        return redirect("home")
    return _leave(request, wanted=request.GET.get("next", ""))


@require_safe
@open_to_all
@where_there_is_one
def sign_on_return(request: HttpRequest) -> HttpResponse:
    """Come back from the provider, to sign in or to tie one's account."""
    if not ratelimit.consume(request, action="sign_on"):
        return render(request, "workflows/too_many_codes.html", status=429)
    try:
        identity, begun = signon.finish(request.session, request.GET.dict())
    except signon.NoSignOn as fault:
        logger.warning("a sign-on was not believed (%s)", fault)
        return _refuse(request, _("The sign-on did not confirm who you are. Begin again."))
    if begun.get("is_link"):
        if not request.user.is_authenticated or request.user.pk != begun.get("person"):
            return _refuse(request, _("You were signed out meanwhile. Begin again."))
        request.session[TO_LINK] = [identity.issuer, identity.subject, identity.name]
        return redirect("workflows:link_sign_on")
    link = SignOn.objects.filter(issuer=identity.issuer, subject=identity.subject).first()
    if link is None:
        logger.warning("a sign-on is tied to no account")
        return _refuse(
            request,
            _(
                "This sign-on is not tied to an account here. Sign in with your password, then"
                " tie it under My account, Two-step sign-in. No account? Ask the keeper."
            ),
        )
    record_authentication(request, link.user, "sign_on")
    wanted = begun.get("wanted", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    url = wanted if is_ours else reverse("home")
    return perform_login(request, link.user, email_verification="none", redirect_url=url)


@require_http_methods(["GET", "HEAD", "POST"])
@where_there_is_one
@reauthentication_required
def link_sign_on(request: SignedIn) -> HttpResponse:
    """Tie one's account to the sign-on: look who it is, then press."""
    if settings.SECOND_FACTOR_REQUIRED and not factors.is_shown(request):
        return redirect(factors.way_to_one(request))
    if request.method == "POST" and request.POST.get("act") == "unlink":
        onboarding.actions.unlink_sign_on(by=request.user)
        messages.success(request, _("Your account is no longer tied to the sign-on."))
        return redirect("mfa_index")
    if TO_LINK not in request.session:
        return _leave(request, is_link=True, person=request.user.pk)
    issuer, subject, name = request.session[TO_LINK]
    if request.method != "POST":
        context = {"name": name, "subject": subject, "sign_on": settings.SIGN_ON}
        return render(request, "workflows/link_sign_on.html", context)
    del request.session[TO_LINK]
    onboarding.actions.link_sign_on(issuer=issuer, subject=subject, by=request.user)
    messages.success(request, _("Your account is tied to the sign-on."))
    return redirect("mfa_index")


def _leave(request: HttpRequest, **kept: object) -> HttpResponse:
    back_to = settings.SITE_URL + reverse("workflows:sign_on_return")
    try:
        return redirect(signon.begin(request.session, back_to=back_to, **kept))
    except signon.NoSignOn as fault:
        logger.warning("the sign-on does not answer (%s)", fault)
        return _refuse(request, _("The sign-on does not answer now. Sign in another way."))


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "office": office.contact()}
    return render(request, "workflows/sign_on_refused.html", context, status=403)
