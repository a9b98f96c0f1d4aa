"""Broker, worker, scheduler and web die in the same moment, then PostgreSQL with them.

Each time papers are on their way and being read. Everything comes back, one after another, to what
was committed; nobody helps, so that a lost reading waits for its lease and the sweep.
"""

from __future__ import annotations

from signal import SIGKILL, SIGQUIT
from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.servers import mortal_postgres, mortal_redis
from bench.failing.ground.web import running_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """A PostgreSQL that keeps what it said it has, a Redis that keeps nothing."""
    with (
        mortal_redis() as (broker_url, redis),
        mortal_postgres() as (database_url, postgres),
        stand(database_url=database_url, broker_url=broker_url) as place,
        running_web(place) as web,
    ):
        broker = {redis: SIGKILL}
        all_servers = {**broker, postgres: SIGQUIT}  # at once, and not its children one by one
        yield from inside("together").figures(place, web, [broker, all_servers])
