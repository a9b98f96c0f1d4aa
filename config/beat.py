"""One scheduler at a time gives the orders; another, on another host, stands by and takes over.

The one that gives them renews a lease in the cache that all hosts share. A scheduler that ends
frees it; one that is lost is replaced after `LEASE` seconds. Without the cache each goes on by
itself, because two schedulers cost only a little work: every order is claimed in the database
before it is carried out.
"""

from __future__ import annotations

import logging
import socket
from typing import Any, Final

from celery.beat import PersistentScheduler
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections
from redis.exceptions import RedisError

logger = logging.getLogger("mitra.beat")

NAME: Final = "mitra:scheduler"
LEASE: Final = 90
STAND_BY: Final = 15.0


class OneScheduler(PersistentScheduler):
    """Celery's own, which gives no orders while another host's does."""

    #: The same after a restart on the same host, which then waits for nobody.
    me: str = f"{socket.gethostname()}:{settings.DATA_DIR}"

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Give what is due; seconds until the next look."""
        if not is_ours(self.me):
            return STAND_BY
        return float(min(super().tick(*args, **kwargs), STAND_BY))

    def close(self) -> None:
        """Free the lease for the other."""
        super().close()
        try:
            if cache.get(NAME) == self.me:
                cache.delete(NAME)
        except (DatabaseError, RedisError, OSError) as error:
            logger.warning("the lease was not freed: %s", type(error).__name__)


def is_ours(me: str) -> bool:
    """Take or renew the lease, and say whether it is ours."""
    close_old_connections()  # of a database that was away meanwhile
    try:
        if cache.add(NAME, me, LEASE) or cache.get(NAME) == me:
            cache.set(NAME, me, LEASE)
            return True
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("the lease cannot be asked for: %s", type(error).__name__)
        return True
    return False
