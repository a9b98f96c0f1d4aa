"""Where a person is signed in: ended by themselves, or for them when a phone is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as BrowserSession
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events, roles
from onboarding.errors import NotAllowed, Refused
from onboarding.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Where a person is signed in now, the one used last first; what has run out is left out."""
    running = BrowserSession.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    kept = UserSession.objects.filter(user=user, session_key__in=running)
    return kept.order_by("-last_seen_at", "-pk")


@transaction.atomic
def end_sessions(*, by: User, only: int | None = None, keep_key: str = "") -> int:
    """A person ends one of their sessions (``only``), or all but the one in use (``keep_key``).

    Returns how many ended. Raises ``Refused`` when there is none.
    """
    sessions = UserSession.objects.filter(user=by).exclude(session_key=keep_key)
    ended = drop_sessions(sessions if only is None else sessions.filter(pk=only))
    if not ended:
        raise Refused(_("You are no longer signed in there."))
    events.account_changed.send(sender=User, user=by, act="end_sessions", by=by)
    return ended


@transaction.atomic
def move_owner(user: User, *, phone: str, by: User) -> User:
    """An owner lost the phone: the account goes over to a new number, and nobody stays signed in.

    Whether ``by`` may is the desk's question, because it knows the business. Raises ``Refused``
    when the number opens another account, or this one already.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.role != roles.VENDOR:
        raise NotAllowed(_("Only an owner’s account goes over to another phone."))
    if user.phone == phone:
        raise Refused(_("The account has this number already."))
    user.phone, user.phone_verified = phone, False
    try:
        with transaction.atomic():
            user.save(update_fields=["phone", "phone_verified"])
    except IntegrityError:
        raise Refused(_("This number already belongs to another account.")) from None
    drop_sessions(UserSession.objects.filter(user=user))
    events.account_changed.send(sender=User, user=user, act="move_owner", by=by)
    return user


@transaction.atomic
def forget_sessions(*, now: datetime) -> int:
    """Remove what browsers held that nobody is signed in with any more: a session holds what was
    typed, its entry in the list of devices an address and a browser. Returns how many sessions.

    A key changes while a password is changed, so an entry whose session is gone waits a day.
    """
    over = BrowserSession.objects.filter(expire_date__lt=now)
    UserSession.objects.filter(session_key__in=over.values("session_key")).delete()
    alive = BrowserSession.objects.filter(session_key=OuterRef("session_key"))
    old = UserSession.objects.filter(last_seen_at__lt=now - timedelta(days=1))
    old.exclude(Exists(alive)).delete()
    return over.delete()[0]


def drop_sessions(sessions: QuerySet[UserSession]) -> int:
    """End sessions at once: the browser that holds one is nobody from the next page on."""
    keys = list(sessions.values_list("session_key", flat=True))
    BrowserSession.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
