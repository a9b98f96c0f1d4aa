"""Opens the trail for a test that lays a past, or plays the one who forges it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workflows import chain

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def forging() -> Iterator[None]:
    """Take the triggers away until the block ends, as who rules the database can."""
    chain.unguard()
    try:
        yield
    finally:
        chain.guard()
