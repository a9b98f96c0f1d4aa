"""Signing in with a code, and where one is signed in.

allauth makes and checks the code; here stand the words around it: a pause before the next one, the
same answer to a link that runs, has run out or never was, and the way back to the page wanted.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

import onboarding.actions
from onboarding import roles
from onboarding.identifiers import mask_phone
from workflows import office, senders
from workflows.devices import device_of
from workflows.models import AccessLink
from workflows.views.access import EXPIRED_TOKEN, link_in_cookie, open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from onboarding.models import User, Vendor
    from onboarding.signed_in import SignedIn

PAUSE = 60
SHOWN = 50
#: A number of nobody: what a link that we do not know sends its code to.
NOBODY = "+620"


class ConfirmCode(ConfirmLoginCodeView):
    """Takes the code; a new one may be asked for after a minute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where the code went (covered), and when the next may be asked for."""
        state = self._process.state
        more = {
            "recipient": _recipient(state),
            "next_code_at": datetime.fromtimestamp(state["at"] + PAUSE, tz=UTC),
            "must_wait": self._seconds_left() > 0,
            "office": office.contact(),
            "stays_here": bool(state.get("phone")) and not senders.codes_reach_phones(),
        }
        return {**super().get_context_data(**kwargs), **more}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A code that was sent before the account moved to another phone opens nothing."""
        phone, user = self._process.state.get("phone"), self._process.user
        if user is not None and phone and user.phone != phone:
            self._process.abort()
            return redirect("account_request_login_code")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def _seconds_left(self) -> int:
        return int(self._process.state["at"] + PAUSE - time.time())

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        wait = self._seconds_left()
        if wait > 0:
            words = ngettext(
                "A code is on its way. You can ask for a new one in %(count)d second.",
                "A code is on its way. You can ask for a new one in %(count)d seconds.",
                wait,
            )
            messages.warning(self.request, words % {"count": wait})
            page = self.passthrough_next_url(reverse("account_confirm_login_code"))
            return HttpResponseRedirect(page)
        self._process.state["at"] = time.time()
        response: HttpResponse
        if self._process.user is None:  # nobody's number: the same answer, a message to nobody
            get_adapter(self.request).send_unknown_account_sms(NOBODY)
            self._process.record_resend()
            self._process.persist()
            page = self.passthrough_next_url(reverse("account_confirm_login_code"))
            response = HttpResponseRedirect(page)
        else:
            response = super()._resend_form_valid(form)
        messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        return response


def _recipient(state: dict[str, Any]) -> str:
    if state.get("is_of_link"):
        return _("the phone or email for which this link was made")
    if state.get("phone"):
        return mask_phone(state["phone"])
    name, _at, host = state["email"].partition("@")
    return f"{name[:1]}•••@{host}"


confirm_code = open_to_all(ConfirmCode.as_view())


@require_POST
@open_to_all
def send_code_of_link(request: HttpRequest) -> HttpResponse:
    """Send a code to the contact for which a link was made, without anything to type.

    A link that has run out renews itself this way, and one that never was is answered alike.
    """
    token = request.session.get(EXPIRED_TOKEN, "")
    link = _link(token) if token else link_in_cookie(request)
    vendor = link.vendor.standing_firm() if link else None
    wanted = reverse("workflows:own_page", args=[vendor.pk]) if vendor else "/saya/"
    if request.user.is_authenticated:
        return redirect(wanted if vendor else "home")
    if not token and vendor is None:
        return redirect("account_request_login_code")
    if not ratelimit.consume(
        request, action="code_of_link", key=str(vendor.pk) if vendor else token
    ):
        context = {"office": office.contact()}
        return render(request, "workflows/too_many_codes.html", context, status=429)
    _send_code(request, _owner(vendor) if vendor else None)
    page = reverse("account_confirm_login_code")
    return redirect(f"{page}?{urlencode({'next': wanted})}")


def _send_code(request: HttpRequest, owner: User | None) -> None:
    """Begin what typing the contact begins; for nobody too, so that the answer is the same."""
    phone = owner.phone if owner else NOBODY
    email = owner.email if owner and not phone else None
    process = LoginCodeVerificationProcess.initiate(
        request=request, user=owner, phone=phone, email=email
    )
    process.state["is_of_link"] = True
    process.persist()


def _link(token_hash: str) -> AccessLink | None:
    return AccessLink.objects.select_related("vendor").filter(token_hash=token_hash).first()


def _owner(vendor: Vendor) -> User | None:
    """The owner behind the firm's contact, if a code may open that account."""
    owner = None
    if vendor.phone:
        owner = onboarding.actions.open_owner_account(phone=vendor.phone)
    if owner is None and vendor.email:
        owner = onboarding.actions.open_owner_account(email=vendor.email)
    if owner is None or owner.role != roles.VENDOR or not owner.is_active:
        return None
    return owner


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: SignedIn) -> HttpResponse:
    """List where this person is signed in; POST ends everywhere but here."""
    here = request.session.session_key or ""
    if request.method == "POST":
        onboarding.actions.end_sessions(by=request.user, keep_key=here)
        messages.success(request, _("You are signed out on every other device."))
        return redirect("usersessions_list")
    sessions = onboarding.actions.sessions_of(request.user)[:SHOWN]
    rows = [(one, device_of(one.user_agent), one.session_key == here) for one in sessions]
    rows.sort(key=lambda row: not row[2])
    context = {"rows": rows, "has_others": any(not is_here for *_rest, is_here in rows)}
    return render(request, "workflows/devices.html", context)


@require_POST
def end_device(request: SignedIn, pk: int) -> HttpResponse:
    """End one session; one's own is ended by signing out."""
    here = request.session.session_key or ""
    onboarding.actions.end_sessions(by=request.user, only=pk, keep_key=here)
    messages.success(request, _("You are signed out on that device."))
    return redirect("usersessions_list")
