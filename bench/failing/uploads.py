"""Two hundred people send a photo in the same moment; each is answered, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.web import running_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Real gunicorn on PostgreSQL, as many connections as uploads."""
    with stand(postgres=True) as place, running_web(place) as web:
        yield from inside("uploads").figures(web)
