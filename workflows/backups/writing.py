"""Making a backup: the database first, then the files, then what proves both; read again."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from workflows import pulses
from workflows.backups.databases import copy_database, names_in_store
from workflows.backups.manifest import (
    DATABASES,
    FILES,
    FORMAT,
    NAME,
    Manifest,
    fingerprint_of_key,
    hashed,
)
from workflows.backups.reading import check_backup
from workflows.models import ChainLink

if TYPE_CHECKING:
    from django.core.files.base import File


def make_backup(to: Path) -> Manifest:
    """Write a backup to ``to`` (mode 600), whole or not at all, and read it again.

    Acts go on meanwhile: what they add after the database was copied is not in it, and a file that
    they removed since is told as missing. Raises ``BackupTrouble``, ``FileExistsError``.
    """
    if to.exists():
        raise FileExistsError(to)
    draft = to.with_name(f".{to.name}.part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        manifest = _write(draft)
        check_backup(draft)
        draft.rename(to)
    finally:
        draft.unlink(missing_ok=True)
    pulses.mark(pulses.BACKUP)
    return manifest


def _write(draft: Path) -> Manifest:
    with (
        tempfile.TemporaryDirectory(dir=draft.parent, prefix=".mitra-") as folder,
        draft.open("wb") as out,
    ):
        copy = Path(folder, DATABASES[connection.vendor])
        with tarfile.open(fileobj=out, mode="w") as tar:
            rows, known = copy_database(copy)
            with copy.open("rb") as source:
                digest = hashed(source)
            tar.add(copy, arcname=copy.name)
            copy.unlink()
            manifest = _begin(digest, rows)
            stored = names_in_store()
            for name in stored:
                _add(tar, name, manifest, Path(folder, "file"))
            manifest.missing = sorted(known - set(manifest.files))
            about = tarfile.TarInfo(NAME)
            content = manifest.written()
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _begin(digest: str, rows: dict[str, int]) -> Manifest:
    links = rows["workflows_chainlink"]  # links are only added: the copy holds the first so many
    hashes = ChainLink.objects.order_by("position").values_list("hash", flat=True)
    return Manifest(
        format=FORMAT,
        version=settings.VERSION,
        made_at=timezone.now().isoformat(),
        vendor=connection.vendor,
        database_sha256=digest,
        rows=rows,
        head=hashes[links - 1] if links else "",
        events=rows["workflows_auditevent"],
        key=fingerprint_of_key(),
    )


def _add(tar: tarfile.TarFile, name: str, manifest: Manifest, copy: Path) -> None:
    """Copy one file of the store, wherever that is; one that is gone since is left out."""
    try:
        stored: File[bytes]
        with default_storage.open(name) as stored, copy.open("wb") as out:
            manifest.files[name] = hashed(stored, out)
    except FileNotFoundError:
        return
    tar.add(copy, arcname=f"{FILES}{name}")
