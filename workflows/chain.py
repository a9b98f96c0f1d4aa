"""The chain of the trail: what an event's digest is made of, and the triggers that link and guard.

A link is written by the database itself, so nothing that writes events can forget it. On PostgreSQL
that happens at the end of the transaction, behind one lock: the id of a link is drawn inside the
lock and no other row is waited for after it, so writers neither fork the chain nor block each
other. SQLite has one writer at a time, so there the link is written at once.

The same rule is written in the stand-alone verifier, which an auditor runs without this product.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workflows.models import AuditEvent, ChainLink

#: PostgreSQL's name for the lock of the chain; any number that nothing else here uses.
LOCK = 722_063_1
EVENTS, LINKS = "workflows_auditevent", "workflows_chainlink"
#: Who looked at whose data: added to only, and sealed into the chain (see ``workflows.sealing``).
LOOKS = "workflows_look"
KEPT = ("id", "at", "by_id", "role", "act", "vendor_id", "from_status", "to_status", "reason_hash",
        "detail", "digest")  # fmt: skip


#: The triggers, and the table of each.
TRIGGERS = (
    ("event_is_linked", EVENTS),
    ("event_stays", EVENTS),
    ("event_is_kept", EVENTS),
    ("link_stays", LINKS),
    ("link_is_kept", LINKS),
    ("look_stays", LOOKS),
    ("look_is_kept", LOOKS),
)
REFUSAL = "the trail is only added to"
#: All that may change: the words of a reason, to nothing, with their salt.
ERASED = " AND ".join(
    ["NEW.reason = ''", "NEW.salt = ''"]
    + [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT]
)
POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION mitra_link_event() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE before text;
    BEGIN
        PERFORM pg_advisory_xact_lock({LOCK});
        SELECT hash INTO before FROM {LINKS} ORDER BY position DESC LIMIT 1;
        INSERT INTO {LINKS} (event_id, hash) VALUES (NEW.id, encode(sha256(convert_to(
            coalesce(before, '') || NEW.digest || NEW.id::text, 'UTF8')), 'hex'));
        RETURN NULL;
    END $$
    """,  # noqa: S608 - names of our own tables
    f"""
    CREATE OR REPLACE FUNCTION mitra_keep_trail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
    """,
    f"""
    CREATE CONSTRAINT TRIGGER event_is_linked AFTER INSERT ON {EVENTS}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mitra_link_event()
    """,
    f"""
    CREATE TRIGGER event_stays BEFORE UPDATE ON {EVENTS} FOR EACH ROW
    WHEN (NOT ({ERASED})) EXECUTE FUNCTION mitra_keep_trail()
    """,
    f"CREATE TRIGGER event_is_kept BEFORE DELETE ON {EVENTS} FOR EACH ROW"
    " EXECUTE FUNCTION mitra_keep_trail()",
    f"CREATE TRIGGER link_stays BEFORE UPDATE ON {LINKS} FOR EACH ROW"
    " EXECUTE FUNCTION mitra_keep_trail()",
    f"CREATE TRIGGER link_is_kept BEFORE DELETE ON {LINKS} FOR EACH ROW"
    " EXECUTE FUNCTION mitra_keep_trail()",
    f"CREATE TRIGGER look_stays BEFORE UPDATE ON {LOOKS} FOR EACH ROW"
    " EXECUTE FUNCTION mitra_keep_trail()",
    f"CREATE TRIGGER look_is_kept BEFORE DELETE ON {LOOKS} FOR EACH ROW"
    " EXECUTE FUNCTION mitra_keep_trail()",
)
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
#: ``SHA256`` is Django's own function on its SQLite connections: no other program writes events.
SQLITE = (
    f"""
    CREATE TRIGGER event_is_linked AFTER INSERT ON {EVENTS} BEGIN
        INSERT INTO {LINKS} (event_id, hash) VALUES (NEW.id, SHA256(
            coalesce((SELECT hash FROM {LINKS} ORDER BY position DESC LIMIT 1), '')
            || NEW.digest || NEW.id));
    END
    """,  # noqa: S608 - names of our own tables
    f"CREATE TRIGGER event_stays BEFORE UPDATE ON {EVENTS} "
    f"WHEN NOT ({ERASED.replace('IS NOT DISTINCT FROM', 'IS')}) {_REFUSE}",
    f"CREATE TRIGGER event_is_kept BEFORE DELETE ON {EVENTS} {_REFUSE}",
    f"CREATE TRIGGER link_stays BEFORE UPDATE ON {LINKS} {_REFUSE}",
    f"CREATE TRIGGER link_is_kept BEFORE DELETE ON {LINKS} {_REFUSE}",
    f"CREATE TRIGGER look_stays BEFORE UPDATE ON {LOOKS} {_REFUSE}",
    f"CREATE TRIGGER look_is_kept BEFORE DELETE ON {LOOKS} {_REFUSE}",
)


def seal(event: AuditEvent) -> AuditEvent:
    """Give an event its salt and digest, before it is written."""
    event.salt = secrets.token_hex(16) if event.reason else ""
    event.reason_hash = hash_of(event.salt, event.reason) if event.reason else ""
    event.digest = digest_of(facts_of(event))
    return event


def facts_of(event: AuditEvent) -> dict[str, Any]:
    """What of an event is chained: who, when, what, which firm, and hashes of words."""
    return {
        "act": event.act,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": event.by_id,
        "detail": json.loads(json.dumps(event.detail)),  # as the database gives it back
        "from": event.from_status,
        "reason": event.reason_hash,
        "role": event.role,
        "to": event.to_status,
        "vendor": event.vendor_id,
    }


def digest_of(facts: Mapping[str, Any]) -> str:
    """SHA-256 of the facts as JSON with sorted keys, no spaces, in UTF-8."""
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def hash_of(salt: str, words: str) -> str:
    """SHA-256 of salt and words: whoever does not have the words cannot find them by trying."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def link_of(before: str, digest: str, event_id: int) -> str:
    """The hash of a link: SHA-256 of the hash before (empty for the first), digest and id."""
    return hashlib.sha256(f"{before}{digest}{event_id}".encode()).hexdigest()


def guard() -> None:
    """Have the database link what is written, and refuse to change or delete what was.

    Asked after every migration: SQLite loses the triggers of a table that it builds anew.
    """
    unguard()
    _run(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)


def unguard() -> None:
    """Take the triggers away: to lay a past into a demonstration, and to test that it is found."""
    is_postgresql = connection.vendor == "postgresql"
    _run(
        f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if is_postgresql else "")
        for name, table in TRIGGERS
    )


def link_everything(events: type[AuditEvent], links: type[ChainLink]) -> int:
    """Seal and link every event anew, oldest first; only where nobody has relied on the chain yet
    (before the first event of this kind, and in a demonstration). Returns how many."""
    links._default_manager.all().delete()
    before, made = "", []
    for event in events._default_manager.order_by("pk").iterator(2000):
        seal(event)
        events._default_manager.filter(pk=event.pk).update(
            salt=event.salt, reason_hash=event.reason_hash, digest=event.digest
        )
        before = link_of(before, event.digest, event.pk)
        made.append(links(event_id=event.pk, hash=before))
    links._default_manager.bulk_create(made, batch_size=1000)
    return len(made)


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
