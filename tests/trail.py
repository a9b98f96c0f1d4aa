"""Opens the trail for a test that lays a past, or plays the one who forges it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

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


def at_the_end_of_the_transaction() -> None:
    """PostgreSQL links when a transaction ends; inside a test it is asked to do so now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
