"""What a person did to the keys of their own account, as allauth tells it: on record, told to them,
and the end of every other session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.utils.translation import gettext as _

from onboarding.actions.devices import drop_sessions
from workflows import audit, factors
from workflows.signin import tell_person

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onboarding.models import User


@receiver(factor_signals.authenticator_added)
def on_factor_added(request: HttpRequest, user: Any, authenticator: Any, **_rest: Any) -> None:
    """Whoever set up a factor holds it, so this session has shown one."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    request.session[factors.SHOWN] = True
    request.session.save()  # a signal after commit may come after the page
    _keep("add_factor", request, user, kind=str(authenticator.type))
    tell_person(user, _("A second step of signing in was added to your account."))


@receiver(factor_signals.authenticator_removed)
def on_factor_removed(request: HttpRequest, user: Any, authenticator: Any, **_rest: Any) -> None:
    """A factor fewer."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    _keep("remove_factor", request, user, kind=str(authenticator.type))
    tell_person(user, _("A second step of signing in was taken away from your account."))


@receiver(factor_signals.authenticator_reset)
def on_codes_made_anew(request: HttpRequest, user: Any, **_rest: Any) -> None:
    """New recovery codes: the old ones open nothing."""
    _keep("renew_recovery_codes", request, user)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_reset)
@receiver(account_signals.password_set)
def on_password_changed(request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Whoever knew the old password is out."""
    _keep("change_password", request, user)
    tell_person(user, _("The password of your account was changed."))


def _keep(act: str, request: HttpRequest, user: User, **detail: Any) -> None:
    """Write the trail, and end all sessions of this person but the one in use."""
    audit.record(act, by=user, person=user.pk, of_role=user.role, **detail)
    here = request.session.session_key or ""
    drop_sessions(UserSession.objects.filter(user=user).exclude(session_key=here))
