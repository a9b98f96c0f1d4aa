"""Somebody guesses at accounts, and listens how long an answer takes, at a real web server.

Two hundred passwords for one account from as many addresses, eight at a time; then known and
unknown contacts asked one after the other, so that what the machine does meanwhile falls on both
alike: the middle of the differences is what an eavesdropper could use. The site runs with the steps
of an office (`ANSWER_STEP_SECONDS`), so one answer takes half a second; hence few pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.installation import inside, stand
from bench.failing.ground.web import running_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure


def figures() -> Iterator[Figure]:
    """Guess, and listen."""
    with stand(TRUSTED_PROXY_COUNT="1") as place, running_web(place) as web:
        yield from inside("guesses").figures(web)
