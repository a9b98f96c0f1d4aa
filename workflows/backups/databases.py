"""The database as one file that is consistent in itself, counted in the same moment, and back.

SQLite is copied by its backup API, PostgreSQL by `pg_dump` of a snapshot that this process holds
open while it counts: acts that go on meanwhile are in neither or in both.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from workflows import orphans
from workflows.backups.manifest import BackupTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str], list[tuple[Any, ...]]]

#: Kept by programs, not by people: a copy of them would be wrong the moment it is back, and who is
#: signed in where, and what they typed last, does not belong into it. Their rows stay out.
NOT_COPIED = frozenset({"cache", "django_session", "usersessions_usersession"})


def copy_database(to: Path) -> tuple[dict[str, int], set[str]]:
    """Write the whole database to ``to``; gives rows by table, and the names of files that rows
    know, both as they are in the copy. Raises ``BackupTrouble``."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(to)
    return _copy_postgresql(to)


def put_back(source: Path) -> None:
    """Replace everything in the database by a copy. Raises ``BackupTrouble``."""
    try:
        _put_back(source)
    except (OperationalError, sqlite3.OperationalError):
        raise BackupTrouble(
            _("Others are at work in the database. Stop web, workers and scheduler first.")
        ) from None


def _put_back(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        with contextlib.closing(sqlite3.connect(source)) as copy, _sqlite() as live:
            copy.backup(live)
        return
    connection.close()
    # One transaction takes the old away and brings the new: what fails leaves everything as it was.
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".mitra-") as folder:
        before, script = Path(folder, "before.sql"), Path(folder, "rows.sql")
        before.write_text("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
        _run("pg_restore", "--no-owner", "--no-acl", "--file", str(script), str(source))
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1",
             "--output", os.devnull, "--file", str(before), "--file", str(script),
             "--dbname", _where())  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rows_now() -> dict[str, int]:
    """Rows by table in the database as it is."""
    with connection.cursor() as cursor:
        return _count(lambda sql: _all(cursor, sql), connection.introspection.table_names(cursor))


def _copy_sqlite(to: Path) -> tuple[dict[str, int], set[str]]:
    with contextlib.closing(sqlite3.connect(to)) as copy:
        with _sqlite() as live:
            live.backup(copy, pages=1000, sleep=0.01)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupTrouble(_("The database is damaged: SQLite's own check does not pass."))
        _empty_sqlite(copy)

        def ask(sql: str) -> list[tuple[Any, ...]]:
            return copy.execute(sql).fetchall()

        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return _count(ask, [row[0] for row in ask(tables)]), _names(ask)


def _empty_sqlite(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA secure_delete=ON")  # else the rows stand on in pages that are free
    there = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
    for table in NOT_COPIED & there:
        copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own list
    copy.commit()


@contextlib.contextmanager
def _sqlite() -> Any:
    line = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=60)
    try:
        yield line
    finally:
        line.close()


def _copy_postgresql(to: Path) -> tuple[dict[str, int], set[str]]:
    connection.close()  # a transaction of its own, which pg_dump joins
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            without = [f"--exclude-table-data={table}" for table in sorted(NOT_COPIED)]
            _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}",
                 *without, "--file", str(to), _where())  # fmt: skip

            def ask(sql: str) -> list[tuple[Any, ...]]:
                return _all(cursor, sql)

            tables = connection.introspection.table_names(cursor)
            return _count(ask, tables), _names(ask)
        finally:
            cursor.execute("ROLLBACK")


def _count(ask: Ask, tables: list[str]) -> dict[str, int]:
    real = [table for table in sorted(tables) if table not in NOT_COPIED and "_fts" not in table]
    return {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in real}  # noqa: S608 - names of tables that are there


def _names(ask: Ask) -> set[str]:
    names: set[str] = set()
    for columns in orphans.FOLDERS.values():
        for model, column in columns:
            table = model._meta.db_table
            found = ask(f'SELECT "{column}" FROM "{table}"')  # noqa: S608 - names from our own models
            names.update(row[0] for row in found if row[0])
    # The pieces of a photo that is on its way have no column of their own.
    return names - _pages_on_their_way(ask)


def _pages_on_their_way(ask: Ask) -> set[str]:
    return {row[0] for row in ask("SELECT stored_as FROM documents_draftpage WHERE sha256 = ''")}


def _all(cursor: Any, sql: str) -> list[tuple[Any, ...]]:
    cursor.execute(sql)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _where() -> str:
    """The database for PostgreSQL's programs; the password goes by the environment, not by the list
    of processes."""
    chosen = connection.settings_dict
    parts = {
        "dbname": chosen["NAME"],
        "host": chosen["HOST"],
        "port": chosen["PORT"],
        "user": chosen["USER"],
    }
    return " ".join(f"{key}='{_quoted(value)}'" for key, value in parts.items() if value)


def _quoted(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("'", "\\'")


def _run(name: str, *words: str) -> None:
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3])
    )
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise BackupTrouble(
            _("%(program)s is not installed. Run: apt-get install postgresql-client")
            % {"program": name}
        )
    env = {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, words are arguments
        [program, *words], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise BackupTrouble(
            _("%(program)s could not do it: %(said)s") % {"program": name, "said": said}
        )


def names_in_store(folder: str = "") -> list[str]:
    """Every file of the store, whatever it is, in order; drafts of files are none."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    inside = [name for name in folders if not name.startswith(".")]
    prefix = f"{folder}/" if folder else ""
    below = [name for one in sorted(inside) for name in names_in_store(f"{prefix}{one}")]
    return [*(f"{prefix}{name}" for name in sorted(files)), *below]
