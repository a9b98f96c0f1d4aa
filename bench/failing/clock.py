"""Workers whose clocks are ten minutes fast and slow: nothing ends early, nothing is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Two skewed workers and a true scheduler, on PostgreSQL and Redis."""
    with stand(postgres=True, redis=True) as place:
        yield from inside("clock").figures(place)
