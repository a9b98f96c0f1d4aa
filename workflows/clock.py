"""One clock for all machines: what counts down on one and is judged on another is asked of the
database, so that a worker whose clock is ten minutes off neither takes nor loses anything early.

The rule: a lease, hint, pulse, claim, held seat, deadline or date of the outbox is written and
compared by ``now()``; the columns are named in `tests/test_house.py`. When something happened
(``…_at`` that nobody waits for) is told by this machine.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime


def now() -> datetime:
    """The database's clock; with SQLite there is one machine, so that is this process's own."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found.astimezone(UTC)


def in_question() -> Any:
    """The same as a part of a question to the database, which then costs none of its own."""
    return timezone.now() if connection.vendor != "postgresql" else Now()
