"""Redis is killed and stays away for a minute: people notice nothing; all is done afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.servers import mortal_redis
from bench.failing.ground.web import running_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """A real web server, worker and scheduler."""
    with (
        mortal_redis() as (url, redis),
        stand(broker_url=url) as place,
        running_web(place) as web,
    ):
        yield from inside("broker").figures(place, web, redis)
