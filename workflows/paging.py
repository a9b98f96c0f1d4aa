"""Pages of a long list by key: page 400 costs what page 1 costs, and nothing is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import connection

from config.gate.keys import read_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

ROWS = 25
MOST = 99


@dataclass(frozen=True)
class Page:
    """Rows of one page, newest first, and the address of the older ones ("" at the end)."""

    rows: list[Any]
    next_url: str


def newest_first(
    rows: QuerySet[Any], before: str, *, keep: Mapping[str, str] | None = None, size: int = ROWS
) -> Page:
    """Take one page below the key ``before``; ``keep`` are the filters that its links repeat."""
    rows = rows.order_by("-pk")
    if key := read_key(before):
        rows = rows.filter(pk__lt=key)
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    found.pop()
    wanted = {key: value for key, value in (keep or {}).items() if value}
    return Page(found, "?" + urlencode({**wanted, "before": found[-1].pk}))


def capped_count(rows: QuerySet[Any]) -> str:
    """Count up to 99 as text: "12", "99+", and "" for none, without walking the whole table."""
    return capped_counts([rows])[0]


def capped_counts(several: Sequence[QuerySet[Any]]) -> list[str]:
    """Count several lists up to 99 in one question."""
    counts: list[str] = []
    given: list[Any] = []
    for rows in several:
        sql, params = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 (Django's own SQL)
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", given)
        return [_capped(found) for found in cursor.fetchone()]


def _capped(found: int) -> str:
    if not found:
        return ""
    return f"{MOST}+" if found > MOST else str(found)
