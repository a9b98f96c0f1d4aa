"""Where there is no Redis, counts of tries and of codes are rows of a table whose bound is so high
that nobody can push a count out; so what is over is taken out here, else it would only grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from datetime import datetime


def forget_over(*, now: datetime) -> int:
    """Take out what has run out; returns how many rows."""
    kept: dict[str, Any] = settings.CACHES["default"]
    if not kept["BACKEND"].endswith(".DatabaseCache"):
        return 0
    table = connection.ops.quote_name(kept["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 - the settings name the table
            [connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))],
        )
        return int(cursor.rowcount)
