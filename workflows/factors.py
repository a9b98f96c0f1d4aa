"""A second factor for staff: of whom it is asked, and whether this session has shown one.

The one place that decides; pages (also Django's own for the keeper) ask it through
``config.middleware.SecondFactorMiddleware``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy

from onboarding import roles

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onboarding.models import User

#: In a session: a factor was set up in it, which nobody else could have done.
SHOWN = "second_factor"
#: What a person may open before they have shown a factor: the pages on which one is set up or
#: shown, one's own password, and the way out.
ON_THE_WAY = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
#: Recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_asked_of(user: User) -> bool:
    """Say whether this person may work only after a second factor."""
    return settings.SECOND_FACTOR_REQUIRED and (user.role in roles.STAFF or user.is_staff)


def is_shown(request: HttpRequest) -> bool:
    """Say whether a factor was used or set up in this session, without a question to the
    database."""
    if request.session.get(SHOWN):
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def has_one(user: User) -> bool:
    """Say whether a person has set up a factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_first_use(user: User, code: str) -> bool:
    """Keep that a code of somebody's app was used; says whether it was not before. allauth forgets
    it after half a minute, though the code is taken for one half minute before and one after."""
    seconds = mfa_settings.TOTP_PERIOD * (1 + 2 * mfa_settings.TOTP_TOLERANCE)
    return bool(cache.add(f"used-code:{user.pk}:{normalize_user_code(code)}", 1, seconds))


def way_to_one(request: HttpRequest) -> str:
    """Return the page on which a factor is set up, or shown by who has one already."""
    kinds = set(
        Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS).values_list(
            "type", flat=True
        )
    )
    if not kinds:
        return reverse("mfa_index")
    by_passkey = kinds == {Authenticator.Type.WEBAUTHN}
    page = "mfa_reauthenticate_webauthn" if by_passkey else "mfa_reauthenticate"
    wanted = request.get_full_path() if request.method == "GET" else "/"
    return f"{reverse(page)}?{urlencode({'next': wanted})}"


class FactorAdapter(DefaultMFAAdapter):
    """Our answers to allauth's questions about factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Set up another second step first, then remove this one."
        ),
        "incorrect_code": gettext_lazy("This is not the code that the app shows now."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one factor: who lost theirs asks the keeper to reset it."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return not is_asked_of(authenticator.user) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Name a passkey that nobody named."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER
