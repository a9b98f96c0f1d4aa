"""A worker hangs for a minute while it reads: another takes the work over, the late result is
refused.

The lease is let run out by hand at once (ninety seconds of silence would do the same), so that the
frozen worker comes back after the other one has finished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """On PostgreSQL and Redis."""
    with stand(postgres=True, redis=True) as place:
        yield from inside("frozen").figures(place)
