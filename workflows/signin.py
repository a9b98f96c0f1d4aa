"""Sign-in through django-allauth: closed sign-up, codes to e-mail or phone by the worker, guesses
counted, and nothing in an answer or its time that tells who has an account."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context, ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth import logout
from django.contrib.sites.shortcuts import get_current_site
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy

from onboarding import roles
from onboarding.identifiers import IdentifierError, read_phone
from onboarding.models import User
from workflows import device_cookies, messages, tasks
from workflows.models import Setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from onboarding.models import Invitation

logger = logging.getLogger("mitra.signin")

#: When a session began and was used last, in seconds; the middleware that ends sessions reads them.
BEGAN_AT, SEEN_AT = "began_at", "seen_at"
#: How often the owner of an account is told that somebody guesses at it.
TOLD_EVERY = 60 * 60
GUESSED = gettext_lazy(
    "Somebody tried to sign in to your account too often. For five minutes it cannot be opened"
    " where they tried. Phones and computers on which you have signed in before are not affected."
)
GUESSED_AT_SECOND_STEP = gettext_lazy(
    "Somebody tried to sign in to your account too often, so it is locked for five"
    " minutes. Then you can sign in as always."
)


class PhoneField(forms.CharField):
    """A phone number as people type it (0812…, 62812…, +62 812-…), cleaned to ``+62…``."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        """Return the number in E.164 or raise the form's own error."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_phone(text).value
        except IdentifierError:
            raise forms.ValidationError(
                _("This is not a phone number that we can reach. Example: 0812 3456 7890.")
            ) from None


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code. Look at the newest message."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs up: staff and offices are invited, owners are named by an office."""
        return False

    def login(self, request: Any, user: User) -> None:
        """Begin a session: a long one for an owner who says that the phone is their own; any other
        ends with the browser, or after hours without a page."""
        super().login(request, user)
        request.session[BEGAN_AT] = request.session[SEEN_AT] = int(time.time())
        ways = "+".join(one["method"] for one in get_authentication_records(request, user))
        logger.info("person %s signed in (%s)", user.pk, ways or "link")
        if user.role == roles.VENDOR and request.POST.get("own_device"):
            days = Setting.value_of("own_device_days")
            request.session.set_expiry(days * 24 * 60 * 60)

    def post_login(self, request: Any, user: User, **kwargs: Any) -> HttpResponse:
        """Know this browser again, whichever way the person came in."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        device_cookies.remember(request, response, user)
        return response

    def can_delete_email(self, email_address: Any) -> bool:
        """Nobody takes away the address by which they are known."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """The phone field of the code form."""
        return PhoneField(label=gettext_lazy("Phone number (WhatsApp)"), **kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find the account of a phone."""
        return User.objects.filter(phone=phone, is_active=True).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Tell allauth the person's phone and whether they have shown that it is theirs."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep a phone that allauth has checked."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """A code sent to the phone came back."""
        if user.phone == phone and not user.phone_verified:
            user.phone_verified = True
            user.save(update_fields=["phone_verified"])

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kwargs: Any) -> None:
        """Leave a sign-in code for the worker."""
        words = _("Your Mitra BEJO code is %(code)s. Tell it to nobody, not even an officer.")
        send_soon(to=phone, body=words % {"code": code}, by_phone=True)

    def send_unknown_account_sms(self, phone: str, **_kwargs: Any) -> None:
        """A number that no office named gets nothing; the page takes as long as if it had."""
        send_soon(to="", body="", by_phone=True)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave allauth's e-mails for the worker; what would tell an unknown address that it is
        unknown goes to nobody."""
        site = get_current_site(self.request)
        facts = {"request": self.request, "email": email, "current_site": site, **context}
        mail = self.render_mail(template_prefix, email, facts)
        is_known = not template_prefix.endswith("unknown_account")
        send_soon(to=email if is_known else "", subject=mail.subject, body=str(mail.body))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The host of a link comes from the settings, never from the request."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that a sign-in failed, without what was typed; who is guessed at is told."""
        logger.warning("a sign-in failed (wrong password)")
        tries = self._get_login_attempts_cache_key(request, **credentials)
        count_guess(tries, lambda: account_of(**credentials), words=GUESSED)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Under what allauth counts wrong passwords: by itself it counts all phones as one login,
        and strangers with the owner."""
        login = next((value for name, value in credentials.items() if name != "password"), "")
        return tries_of(request, str(login), lambda: account_of(**credentials))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask who it is before a sensitive act, unless they have just signed in."""
        return settings.REAUTHENTICATION_REQUIRED and not _signed_in_lately(context.request)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Sign-up is closed, so this never has anything to say."""


def send_soon(
    *, to: str, body: str, subject: str = "", by_phone: bool = False, until: datetime | None = None
) -> None:
    """Write a message of the sign-in and wake the worker; the sweep sends what it missed."""
    with transaction.atomic():
        messages.leave(to=to, body=body, subject=subject, by_phone=by_phone, until=until)
        transaction.on_commit(tasks.send_sign_in.delay, robust=True)


def tell_person(user: User, words: str) -> None:
    """Tell somebody what happened to their account, where they can be reached."""
    to, by_phone = (user.email, False) if user.email else (user.phone or "", True)
    advice = _("Was it not you? Tell the keeper of Mitra BEJO at once.")
    subject = _("Your Mitra BEJO account")
    send_soon(to=to, subject=subject, body=f"{words}\n\n{advice}", by_phone=by_phone)


def tell_of_reset(user: User) -> None:
    """Tell somebody that the keeper took away their second factor."""
    tell_person(user, _("The keeper took away your second step. Sign in and set up another."))


def tell_of_invitation(invitation: Invitation, token: str) -> None:
    """Send an invitation, as long as it holds; its token lies nowhere else, and not once sent."""
    with translation.override("id"):
        url = messages.url_of("accept_invitation", token)
        subject, body = messages.words_of("person_invited", {"invitation": invitation, "url": url})
    send_soon(to=invitation.email, subject=subject, body=body, until=invitation.expires_at)


def tries_of(request: HttpRequest, login: str, find: Callable[[], User | None]) -> str:
    """Under what tries at a login are counted: this browser, where its person signed in before,
    else the login, for all strangers together."""
    mark = ""
    if device_cookies.is_known_at_all(request):
        mark = device_cookies.mark_of(request, find())
    return f"device {mark}" if mark else f"login {login.lower()}"


def may_ask_for(action: str, contact: str, user: User | None) -> bool:
    """Count that a code or a link is asked for; strangers, and all who share their address, use up
    nothing of who asks from a browser that is known."""
    request = context.request
    if mark := device_cookies.mark_of(request, user):
        return bool(ratelimit.consume(request, action=f"{action}_known", key=mark))
    return bool(ratelimit.consume(request, action=action, key=contact.lower()))


def count_guess(tries: str, find: Callable[[], User | None], *, words: Promise) -> None:
    """Count a wrong try; at the one that locks, tell the owner of the account, once an hour.

    ``tries`` is the name under which they are counted, ``words`` what the owner is told. For a
    login that opens no account the same is done, for nobody.
    """
    if ratelimit.consume(context.request, action="guess", key=tries):
        return
    user = find()
    logger.warning("too many wrong tries at %s", f"person {user.pk}" if user else "no account")
    if user is None or not cache.add(f"guesses:{user.pk}", 1, TOLD_EVERY):
        send_soon(to="", body="")
        return
    tell_person(user, str(words))


def account_of(
    *, phone: str = "", email: str = "", username: str = "", **_rest: str
) -> User | None:
    """The account that somebody tries to open, if there is one."""
    if phone:
        return User.objects.filter(phone=phone, is_active=True).first()
    found = filter_users_by_email(email or username, is_active=True, for_login=True)
    return found[0] if found else None


def lead_to_proof(request: HttpRequest, back: str) -> HttpResponse | None:
    """Before a sensitive act that cannot wait meanwhile (a file is chosen, or taken away): whoever
    signed in some time ago shows again who they are and is led to the page ``back``; None where
    nothing is to be asked. An owner with neither password nor factor asks for a new code."""
    if not settings.REAUTHENTICATION_REQUIRED or _signed_in_lately(request):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    if ways and request.method == "POST":
        flash.info(request, _("Show that it is still you; then press once more."))
    elif not ways:
        logout(request)
        flash.info(request, _("For your safety, sign in again with a code; then press once more."))
    place = ways[0]["url"] if ways else reverse("account_request_login_code")
    return redirect(f"{place}?{urlencode({'next': back})}")


def _signed_in_lately(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    latest = records[-1]["at"] if records else 0
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
