"""Getting an installation back from a backup, proved before anything is touched and afterwards.

In order: the backup is read whole, then the database is replaced, its rows counted, the files put
back and read again, the shape brought up to date, the chain of the trail walked, erasures of
personal data done again, and at last the act itself written to the trail.
"""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command, get_commands
from django.db import connection
from django.utils.translation import gettext as _

from documents.models import Paper
from onboarding.models import SignInMessage, User, Vendor
from workflows import audit
from workflows.backups.databases import NOT_COPIED, names_in_store, put_back, rows_now
from workflows.backups.manifest import FILES, BackupTrouble, Manifest, fingerprint_of_key, hashed
from workflows.backups.reading import check_backup, take_database
from workflows.models import AuditEvent
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from collections.abc import Callable

ERASURES = "replay_erasures"


@dataclass(frozen=True)
class Restored:
    """What came back; ``same_key`` is False when links and passes made before are worthless."""

    manifest: Manifest
    events: int
    same_key: bool


def restore(path: Path, *, instead: bool, tell: Callable[[str], None]) -> Restored:
    """Replace this installation by a backup; ``instead`` says that what is here may go.

    Raises ``BackupTrouble``: before anything was touched (damaged, other database, not empty), or
    afterwards, when what came back is not what was kept.
    """
    tell(_("Reading the backup …"))
    manifest = check_backup(path)
    if manifest.vendor != connection.vendor:
        raise BackupTrouble(
            _("The backup is of %(theirs)s, this installation is on %(ours)s.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    if not instead and not is_empty():
        raise BackupTrouble(
            _("There is something in this installation. To replace it, say --replace.")
        )
    tell(_("Putting the database back …"))
    _bring_rows(path, manifest)
    tell(_("Putting %(count)d files back …") % {"count": len(manifest.files)})
    _bring_files(path, manifest)
    _remove_others(manifest)
    tell(_("Bringing the database up to date, walking the trail …"))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    _end_sessions()
    if ERASURES in get_commands():
        call_command(ERASURES)
    events = _check_trail(manifest)
    audit.record(
        "restore_backup", by=User.objects.system(), digest=manifest.database_sha256,
        files=len(manifest.files), until=manifest.made_at,
    )  # fmt: skip
    return Restored(manifest, events, manifest.key == fingerprint_of_key())


def _end_sessions() -> None:
    """A session that was ended since then must not be open again; everybody signs in anew."""
    for model in (UserSession, Session, SignInMessage):
        model._default_manager.all().delete()


def is_empty() -> bool:
    """Whether nothing was done here yet: no firm, no paper, no act but the machine's, no file."""
    with connection.cursor() as cursor:
        if AuditEvent._meta.db_table not in connection.introspection.table_names(cursor):
            return not names_in_store()
    people = User.objects.exclude(pk=User.objects.system().pk)
    rows = (Vendor.objects, Paper.objects, people)
    return not any(one.exists() for one in rows) and not names_in_store()


def _bring_rows(path: Path, manifest: Manifest) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".mitra-") as folder:
        copy = Path(folder, "database")
        take_database(path, copy)
        put_back(copy)
    found = rows_now()
    counted = manifest.rows.keys() - NOT_COPIED  # older backups counted more
    wrong = sorted(name for name in counted if found.get(name) != manifest.rows[name])
    if wrong:
        raise BackupTrouble(
            _("Rows are missing after the restore, first in %(table)s.") % {"table": wrong[0]}
        )


def _bring_files(path: Path, manifest: Manifest) -> None:
    """Each file under its own name again, then read back from where it is kept now."""
    with tarfile.open(path, mode="r:") as tar:
        for name, digest in manifest.files.items():
            source = tar.extractfile(f"{FILES}{name}")
            default_storage.delete(name)
            kept = default_storage.save(name, File(source, name=name))
            with default_storage.open(kept) as stored:
                if kept != name or hashed(stored) != digest:
                    raise BackupTrouble(_("The file %(name)s is not what it was.") % {"name": name})


def _remove_others(manifest: Manifest) -> None:
    """What was here before and is not in the backup belongs to nothing any more."""
    for name in names_in_store():
        if name not in manifest.files:
            default_storage.delete(name)


def _check_trail(manifest: Manifest) -> int:
    verdict = verify_trail(anchor=manifest.head)
    if not verdict.ok:
        raise BackupTrouble(
            _("The chain of the trail is broken at event %(event)s.") % {"event": verdict.first_bad}
        )
    return verdict.events
