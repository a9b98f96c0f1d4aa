"""When a part of the house is away, people are told so, and when to come back; never a bare 500.

`answer_failure` is the site's handler of every error that nobody caught: a disk without room is
507, a database, cache or store of files that does not answer 503 with `Retry-After`, anything else
500. The pages stand alone: they ask neither the database nor the session.
"""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from config.storage import StoreAway, StoreRefused

if TYPE_CHECKING:
    from django.http import HttpRequest

RETRY_SECONDS = "15"
AWAY = (OperationalError, InterfaceError, RedisError, StoreAway, StoreRefused)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: How databases say that there is no room (SQLite; PostgreSQL by its own class, SQLSTATE 53100).
NO_ROOM = ("disk is full", "disk I/O error", "No space left", "could not extend file")


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer for the error that is being handled."""
    del request
    status = status_of(sys.exc_info()[1])
    response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if status == 503:
        response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response


def status_of(error: BaseException | None) -> int:
    """What an error means for the one who asked: 507 no room, 503 come back soon, 500 a fault."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _is_full(error):
            return 507
        if isinstance(error, AWAY):
            return 503
        error = error.__cause__ or error.__context__
    return 500


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError) and any(word in str(error) for word in NO_ROOM)
