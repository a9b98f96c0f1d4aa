"""Workers are killed outright twenty times while they really read; nothing is lost or doubled.

Ten kills with Redis and PostgreSQL, ten with the embedded broker and SQLite, side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import inside, stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Both brokers at the same time."""
    yield from side_by_side("workers", ["redis", "embedded"])


def alone(broker: str) -> Iterator[Figure]:
    """One broker."""
    is_redis = broker == "redis"
    with stand(postgres=is_redis, redis=is_redis) as place:
        yield from inside("workers").figures(place)
