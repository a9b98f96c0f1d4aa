"""A form does what it says once: pressed twice, sent again after a lost answer, or from "back".

Every form that is shown carries a key (``{% csrf_token %}`` writes it beside the token). The key is
kept with the first event of the trail, in the act's own transaction, so of two requests with one
form one does the act and the other is rolled back (``PostedAlready``) and led to the same page; a
process that dies in between leaves both or neither. What does nothing keeps no key.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workflows.models import PostedForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

FIELD = "form_key"
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
#: A page that was left open longer than this does its act anew.
KEPT = timedelta(days=7)
NOT_SAID = {FIELD, "csrfmiddlewaretoken"}


class PostedAlready(Exception):
    """This very form was sent by another request, which did the act."""


@dataclass
class Posting:
    """The form of the request in hand."""

    key: str
    said: str
    attempt: str = field(default_factory=lambda: secrets.token_hex(16))
    is_held: bool = False


_in_hand: ContextVar[Posting | None] = ContextVar("posting", default=None)


def new_key() -> str:
    """Return a key for a form that is being shown."""
    return secrets.token_urlsafe(16)


def read(request: HttpRequest) -> Posting | None:
    """Return the form that a request brings, or None where it has no key of ours."""
    files = [
        (name, [(file.name, file.size) for file in request.FILES.getlist(name)])
        for name in request.FILES
    ]
    return read_said(request, request.path, request.POST, files)


def read_said(
    request: HttpRequest, path: str, said: QueryDict, files: Sequence[Any] = ()
) -> Posting | None:
    """Return the form that was posted to a path, perhaps before somebody proved again who they
    are."""
    key = said.get(FIELD, "")
    if not KEY.fullmatch(key):
        return None
    person = request.user.pk if request.user.is_authenticated else ""
    words = [(name, said.getlist(name)) for name in said if name not in NOT_SAID]
    return Posting(_hash(person, path, key), _hash(sorted(words), sorted(files)))


def take_up(posting: Posting | None) -> None:
    """Say which form the acts of this thread belong to from now on; None: to no form."""
    _in_hand.set(posting)


def hold() -> None:
    """Keep the key of the form in hand with the act that is being written.

    Waits for another request that is doing the same; raises ``PostedAlready`` when it has done it.
    """
    posting = _in_hand.get()
    if posting is None or posting.is_held:
        return
    row = PostedForm(key=posting.key, attempt=posting.attempt, said=posting.said)
    PostedForm.objects.bulk_create([row], ignore_conflicts=True)
    if not _own(posting).exists():
        raise PostedAlready
    posting.is_held = True


def conclude(posting: Posting, *, outcome: str | None) -> bool:
    """Keep the page to which the act led, or give the key free (None) where there is no such page
    to lead to again. False: this request did no act."""
    if not posting.is_held:
        return False
    own = _own(posting)
    return bool(own.delete()[0] if outcome is None else own.update(outcome=outcome))


def done_before(posting: Posting) -> PostedForm | None:
    """Return what another request did with this form."""
    return PostedForm.objects.filter(key=posting.key).exclude(attempt=posting.attempt).first()


def forget_old(*, now: datetime) -> int:
    """Remove the keys of forms that nobody has open any more; returns how many."""
    return PostedForm.objects.filter(at__lt=now - KEPT).delete()[0]


def _own(posting: Posting) -> QuerySet[PostedForm]:
    return PostedForm.objects.filter(key=posting.key, attempt=posting.attempt)


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
