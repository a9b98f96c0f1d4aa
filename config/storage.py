"""Files appear whole or not at all: a process that dies while it writes leaves nothing that counts.

Bytes go to a draft beside the others, are flushed to the disk and only then get their name. When
the disk has less room than the keeper wants left, nothing is begun: `DiskFull`, which the site
answers with 507 and a plain page. A store elsewhere that is away is `StoreAway` (`config.objects`).
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.move import file_move_safe
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.base import File

#: Where drafts lie until they are whole; a sweep removes what a killed process left there.
DRAFTS = ".drafts"


class DiskFull(OSError):
    """There is no room for this file; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC))


class StoreAway(ConnectionError):
    """The store of files does not answer; nothing can be said of any file."""


class StoreRefused(ConnectionError):
    """The store of files answers that it will not: somebody has to look at its settings."""


class WholeFileStorage(FileSystemStorage):
    """Django's own store on disk, with a name given last."""

    def _save(self, name: str, content: File[Any]) -> str:
        folder = Path(self.location, DRAFTS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < settings.LEAST_FREE_BYTES + (content.size or 0):
            raise DiskFull
        draft = folder / uuid.uuid4().hex
        try:
            self._write(draft, content)
            whole = Path(self.path(name))
            whole.parent.mkdir(
                mode=self.directory_permissions_mode or 0o777, parents=True, exist_ok=True
            )
            # Raises FileExistsError for a name that is taken: nothing kept is ever written over.
            file_move_safe(str(draft), str(whole), allow_overwrite=False)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _flush(whole.parent)
        return str(name).replace("\\", "/")

    def remove_drafts(self, until: datetime) -> int:
        """Remove what killed processes left half-written before ``until``; gives how many."""
        old = [
            path
            for path in Path(self.location, DRAFTS).glob("*")
            if path.stat().st_mtime < until.timestamp()
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _write(self, draft: Path, content: File[Any]) -> None:
        with draft.open("xb") as out:
            out.writelines(content.chunks())
            out.flush()
            os.fsync(out.fileno())
        draft.chmod(self.file_permissions_mode or 0o600)


def _flush(folder: Path) -> None:
    """A name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
