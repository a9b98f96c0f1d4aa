"""The restore drill: back up a working office, lose it, get it back on SQLite and on PostgreSQL.

Firms are named and papers sent while the backup is made and after it: what was acknowledged before
it began is there again, and each act of later came back whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import inside, stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Both databases at the same time."""
    yield from side_by_side("restore", ["sqlite", "postgres"])


def alone(database: str) -> Iterator[Figure]:
    """One database."""
    with stand(postgres=database == "postgres") as place:
        yield from inside("restore").figures(place)
