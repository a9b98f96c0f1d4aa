"""What firms are found by: the words of names, and an index of every three letters beside the
table of firms.

Names and NIB are searched by any part of them, in a register of more than a million firms. The
phone stands in the index too, but no part of it may be matched (``onboarding.search``).
SQLite keeps a full-text table that triggers hold in step; PostgreSQL has a trigram index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections, models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

COLUMNS = ("folded_name", "owner_name", "nib", "phone")
#: Where a part may be found.
NAMED = "(folded_name || ' ' || lower(owner_name) || ' ' || nib)"
#: What PostgreSQL's index is made of; a query uses the index only when it says the very same.
JOINED = f"({NAMED} || ' ' || phone)"
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS vendor_by_letters ON onboarding_vendor"
    f" USING gin ({JOINED} gin_trgm_ops)",
)
_LIST = ", ".join(COLUMNS)
_NEW, _OLD = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
_TAKE_OUT = (  # built of our own column names
    f"INSERT INTO onboarding_vendor_letters (onboarding_vendor_letters, rowid, {_LIST})"  # noqa: S608 (as above)
    f" VALUES ('delete', old.id, {_OLD});"
)
_PUT_IN = f"INSERT INTO onboarding_vendor_letters (rowid, {_LIST}) VALUES (new.id, {_NEW});"  # noqa: S608 - names of our own, values are parameters
SQLITE = {
    "onboarding_vendor_letters": "CREATE VIRTUAL TABLE onboarding_vendor_letters USING fts5"
    f" ({_LIST}, content='onboarding_vendor', content_rowid='id', tokenize='trigram')",
    "vendor_letters_in": "CREATE TRIGGER vendor_letters_in AFTER INSERT ON onboarding_vendor"
    f" BEGIN {_PUT_IN} END",
    "vendor_letters_out": "CREATE TRIGGER vendor_letters_out AFTER DELETE ON onboarding_vendor"
    f" BEGIN {_TAKE_OUT} END",
    "vendor_letters_changed": f"CREATE TRIGGER vendor_letters_changed AFTER UPDATE OF {_LIST}"
    f" ON onboarding_vendor BEGIN {_TAKE_OUT} {_PUT_IN} END",
}


class FirmWord(models.Model):
    """A word that stands in some firm's or owner's name: what a mistyped word is compared with."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class WordsLearnt(models.Model):
    """How far the words of names were learnt: one row, the newest firm whose words are known."""

    vendor_id = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"words up to firm {self.vendor_id}"


def index_letters(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the index of letters; safe to repeat, and repeated after migrations.

    SQLite forgets triggers when a migration rebuilds the table of firms, so they are looked for
    each time; when one was gone, the index is built again.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in POSTGRESQL:
                cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
            present = {name for (name,) in cursor.fetchall()}
            missing = [sql for name, sql in SQLITE.items() if name not in present]
            for statement in missing:
                cursor.execute(statement)
            if missing:
                cursor.execute(
                    "INSERT INTO onboarding_vendor_letters (onboarding_vendor_letters)"
                    " VALUES ('rebuild')"
                )


def keep_letters(*, using: str, **_: Any) -> None:
    """Look after the index of letters when migrations have run."""
    index_letters(connections[using])
