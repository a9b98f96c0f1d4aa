"""Rows of a model written as fast as the database takes them, in the caller's transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

APART = "\x1f"  # stands in no text: cells are read without such signs


def make_room() -> None:
    """Let SQLite keep 128 MB of its indexes at hand; its own two are soon too few for a list."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -131072")


def write_rows(model: type[Model], frame: pl.DataFrame) -> None:
    """Insert the rows of a frame, whose columns are named as the database's, keys included.

    Columns that the frame does not have get the model's defaults; JSON comes as text. Of a model
    that extends another one's table only its own columns are written.
    """
    fields = {str(field.column): field for field in model._meta.local_concrete_fields}
    columns = list(fields)
    whole = frame.with_columns(
        _default(field).alias(column)
        for column, field in fields.items()
        if column not in frame.columns
    ).select(columns)
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(whole.write_csv(include_header=False).encode())
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 (names of our models)
            whole.rows(),
        )


def reserve_keys(model: type[Model], count: int) -> list[int]:
    """Primary keys that nobody else will use, in rising order."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(key for (key,) in cursor.fetchall())
    # the transaction is IMMEDIATE: nobody else writes until it ends
    last: int = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def found_among(
    columns: Sequence[str], *, key: str, values: Iterable[str], condition: str
) -> list[tuple[Any, ...]]:
    """Different rows of vendors whose `key` is among many values, found through its index."""
    wanted = sorted({value for value in values if value})
    if not wanted:
        return []
    if connection.vendor == "postgresql":  # one text is sent in a tenth of an array's time
        among, sent = f"= ANY(string_to_array(%s, '{APART}'))", APART.join(wanted)
    else:
        among = "IN (SELECT value FROM json_each(%s))"
        sent = json.dumps(wanted, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {', '.join(columns)} FROM onboarding_vendor "  # noqa: S608 (columns named in the code)
            f"WHERE {key} {among} AND {condition}",
            [sent],
        )
        return list(cursor.fetchall())


def _default(field: models.Field[Any, Any]) -> pl.Expr:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        value = json.dumps(value)
    elif not isinstance(value, datetime) or connection.vendor == "sqlite":
        value = field.get_db_prep_save(value, connection)
    else:
        value = value.isoformat()
    return pl.lit(value)
