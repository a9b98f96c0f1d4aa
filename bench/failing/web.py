"""The web server is killed twenty times in the middle of an upload; the phone sends once more.

Half of them die while the body is on its way, half after it is whole, while it is judged and kept.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.web import running_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure

#: Web servers beside one another; each is killed its share of the times.
SERVERS = 2


def figures() -> Iterator[Figure]:
    """Two servers of one installation, because each start takes a core for seconds."""
    with stand() as place, ExitStack() as stack:
        webs = [stack.enter_context(running_web(place, workers=1)) for _n in range(SERVERS)]
        yield from inside("web").figures(place, webs)
