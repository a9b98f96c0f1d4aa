"""Proving that a backup is whole, without an installation: every hash, and nothing beside them."""

from __future__ import annotations

import shutil
import tarfile
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.backups.manifest import (
    DATABASES,
    FILES,
    NAME,
    BackupTrouble,
    Manifest,
    hashed,
    read_manifest,
)

if TYPE_CHECKING:
    from pathlib import Path


def check_backup(path: Path) -> Manifest:
    """Read a backup to its end and compare every hash. Raises ``BackupTrouble``."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            manifest = _manifest_of(tar)
            found = {member.name: _hash(tar, member) for member in tar if member.name != NAME}
    except (tarfile.TarError, OSError) as error:
        raise BackupTrouble(
            _("The backup cannot be read: %(error)s") % {"error": type(error).__name__}
        ) from None
    expected = {f"{FILES}{name}": digest for name, digest in manifest.files.items()}
    expected[DATABASES[manifest.vendor]] = manifest.database_sha256
    if found != expected:
        wrong = sorted(
            name for name in found.keys() | expected if found.get(name) != expected.get(name)
        )
        raise BackupTrouble(
            _("The backup is damaged: %(count)d parts are not what they were, first %(name)s.")
            % {"count": len(wrong), "name": wrong[0]}
        )
    return manifest


def take_database(path: Path, to: Path) -> None:
    """Write the database's copy to ``to``."""
    with tarfile.open(path, mode="r:") as tar:
        source = tar.extractfile(DATABASES[_manifest_of(tar).vendor])
        if source is None:
            raise BackupTrouble(_("This is not a backup of Mitra BEJO."))
        with source, to.open("wb") as out:
            shutil.copyfileobj(source, out)


def _manifest_of(tar: tarfile.TarFile) -> Manifest:
    try:
        source = tar.extractfile(NAME)
    except KeyError:
        source = None
    if source is None:
        raise BackupTrouble(_("This is not a backup of Mitra BEJO."))
    with source:
        return read_manifest(source.read())


def _hash(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    source = tar.extractfile(member)
    if source is None:  # a folder or a link: nothing that we write
        return ""
    with source:
        return hashed(source)
