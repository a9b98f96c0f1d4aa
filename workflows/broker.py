"""How many hints wait in the queue: for the sweep, which must not flood it, and for the watchers.

Asks with short limits, because a page or a sweep must not wait for a broker that is away.
"""

from __future__ import annotations

from pathlib import Path

import redis
from django.conf import settings

SECONDS = 0.5  # to connect, and again for the answer
QUEUE = "celery"


def waiting_hints() -> int | None:
    """How many messages nobody has taken; None when the broker is away or cannot be asked."""
    url = str(settings.CELERY_BROKER_URL)
    scheme = url.partition("://")[0]
    if scheme == "filesystem":
        folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]))
        return sum(1 for _path in folder.glob(f"*.{QUEUE}.msg"))
    if scheme not in ("redis", "rediss"):
        return None
    line = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        return int(line.llen(QUEUE))
    except redis.RedisError:
        return None
    finally:
        line.close()
