"""The rows that an import made, kept and written again by one connection that does nothing else:
the limit beside which `bench.listing.importing` puts the import."""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

from bench.listing.importing import TABLES
from onboarding.actions.writing import make_room

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 25_000
LISTS = "onboarding_referralsheet"


def _keep(folder: Path) -> None:
    """Take the rows out of the database as its own fastest way in wants them."""
    for table in (LISTS, *TABLES):
        with (folder / table).open("wb") as file, connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY (SELECT * FROM {table} ORDER BY id) TO STDOUT") as copy:
                    for piece in copy:
                        file.write(piece)
                continue
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            while piece := cursor.fetchmany(PIECE):
                pickle.dump(piece, file)


def _write(folder: Path) -> None:
    """Write the rows, one table after the other; print the seconds of each."""
    leg = _by_copy if connection.vendor == "postgresql" else _by_executemany
    make_room()
    with connection.cursor() as cursor:
        leg(cursor, LISTS, folder / LISTS)  # what the referrals point to
        told = {table: leg(cursor, table, folder / table) for table in TABLES}
    wrote = {table: {"rows": rows, "seconds": seconds} for table, (rows, seconds) in told.items()}
    print(json.dumps(wrote))


def _by_copy(cursor: Any, table: str, kept: Path) -> tuple[int, float]:
    begun = time.perf_counter()
    with kept.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        while piece := file.read(1 << 20):
            copy.write(piece)
    return cursor.rowcount, time.perf_counter() - begun


def _by_executemany(cursor: Any, table: str, kept: Path) -> tuple[int, float]:
    rows, seconds = 0, 0.0
    cursor.execute("BEGIN IMMEDIATE")
    for piece in _pieces(kept):
        marks = ", ".join(["?"] * len(piece[0]))
        begun = time.perf_counter()
        connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", piece)
        seconds += time.perf_counter() - begun
        rows += len(piece)
    begun = time.perf_counter()
    cursor.execute("COMMIT")
    return rows, seconds + time.perf_counter() - begun


def _pieces(kept: Path) -> Iterator[list[tuple[Any, ...]]]:
    with kept.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


if __name__ == "__main__":
    {"keep": _keep, "write": _write}[sys.argv[1]](Path(sys.argv[2]))
