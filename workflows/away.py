"""What an error says of the house and not of the work: a disk without room, a database, cache,
broker or store of files that does not answer.

People are told to come back (`config.failing`); for a job such a try does not count (`jobs`).
"""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

#: A store of files that is away, or refuses, is a ConnectionError too (`config.storage`).
AWAY = (OperationalError, InterfaceError, RedisError, BrokerAway, ConnectionError)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: How databases say that there is no room (SQLite; PostgreSQL by its own class, SQLSTATE 53100).
NO_ROOM = ("disk is full", "disk I/O error", "No space left", "could not extend file")


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


def is_away(error: BaseException) -> bool:
    """Say whether an error is the house's, so that the same work may succeed later as it is."""
    return status_of(error) != 500


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError) and any(word in str(error) for word in NO_ROOM)
