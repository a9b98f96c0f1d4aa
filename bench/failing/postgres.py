"""PostgreSQL is stopped at once ten times in the middle of acts: each act is whole or was not.

Officers verify and approve while people look at pages; what the database says of status, stage,
trail, round and messages must agree afterwards, and nobody may have been shown a bare error 500.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.servers import mortal_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Stop, ask, start; then compare."""
    with mortal_postgres() as (url, server), stand(database_url=url) as place:
        yield from inside("postgres").figures(place, server)
