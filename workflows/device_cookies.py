"""A browser in which somebody has signed in is known again, and its tries are counted apart, so
that strangers who use up the tries or the codes of an account lock out each other, never its owner.

The cookie holds a mark for each of the last accounts (shared computers): a random word, a time, and
a signature over both, the account, its password and its contact. It names nobody and opens nothing.
A mark ends with the password, with the contact, when the account is switched off, and after a year.
Source: OWASP, *Slow Down Online Guessing Attacks with Device Cookies*.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from onboarding.models import User

COOKIE: Final = "mitra_device"
AGE: Final = 365 * 24 * 60 * 60
#: Accounts of one browser; the oldest mark gives way.
MOST: Final = 4


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Have this browser known for a person who signed in just now, by a new mark."""
    others = [mark for mark in _marks(request) if not _is_of(mark, user)]
    word = secrets.token_urlsafe(12)
    _said, stamp, signature = _signer().sign(_facts(word, user)).rsplit(":", 2)
    marks = [*others, f"{word}:{stamp}:{signature}"][-MOST:]
    response.set_cookie(
        COOKIE,
        ".".join(marks),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def mark_of(request: HttpRequest, user: User | None) -> str:
    """Return the word by which this browser is known for an account; "" for a stranger's."""
    if user is None or not user.is_active:
        return ""
    words = (mark.partition(":")[0] for mark in _marks(request) if _is_of(mark, user))
    return next(words, "")


def is_known_at_all(request: HttpRequest) -> bool:
    """Say whether anybody signed in here, before an account is looked up at all."""
    return bool(_marks(request))


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(COOKIE, "").split(".") if mark][:MOST]


def _is_of(mark: str, user: User) -> bool:
    word, _colon, proof = mark.partition(":")
    try:
        _signer().unsign(f"{_facts(word, user)}:{proof}", max_age=AGE)
    except BadSignature:
        return False
    return True


def _facts(word: str, user: User) -> str:
    return "|".join((word, str(user.pk), user.password, user.email or "", user.phone or ""))


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="workflows.device_cookies")
