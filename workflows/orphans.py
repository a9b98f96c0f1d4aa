"""Files that no row knows: what a process left behind that died between the file and the row.

Only folders that are known here are looked at, and only files older than a day: a younger one may
belong to an act that is not over yet.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.files.storage import default_storage
from django.utils import timezone

from documents.models import DraftPage, PageImage, PaperFile
from onboarding.models import ReferralSheet, RulePreview
from training.models import Certificate, CertificateBatch, SessionPicture
from workflows.models import AuditAssignment, AuditPack, Letter, LetterRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db import models

OLD_ENOUGH = timedelta(hours=24)
#: Every folder of the store, with the columns that name its files.
FOLDERS: Final[dict[str, tuple[tuple[type[models.Model], str], ...]]] = {
    "papers": ((PaperFile, "stored_as"),),
    "pages": ((PageImage, "stored_as"),),
    "drafts": ((DraftPage, "stored_as"), (DraftPage, "small_as")),
    "letters": ((Letter, "stored_as"), (LetterRun, "stored_as")),
    "sheets": ((ReferralSheet, "stored_as"),),
    "previews": ((RulePreview, "stored_as"),),
    "certificates": ((Certificate, "stored_as"), (CertificateBatch, "stored_as")),
    "packs": ((AuditPack, "stored_as"),),
    "audits": ((AuditAssignment, "scan_as"),),
    "sessions": ((SessionPicture, "stored_as"),),
}


def kept_names(folder: str) -> set[str]:
    """The names of a folder's files that rows know."""
    names: set[str] = set()
    for model, column in FOLDERS[folder]:
        rows: Any = model._default_manager.exclude(**{column: ""})
        names.update(rows.values_list(column, flat=True))
    return names


def find_orphans(*, until: datetime) -> Iterator[str]:
    """Yield the names of files that were written before ``until`` and that no row knows."""
    for folder in FOLDERS:
        stored = sorted(_stored(folder))  # before the rows are asked: a newer file is not seen
        kept = kept_names(folder)
        for name in stored:
            # A piece of a photo on its way is named after its page: ``drafts/….00000000``.
            if name in kept or (folder == "drafts" and _whole(name) in kept):
                continue
            if _written_at(name) < until:
                yield name


def count_files() -> int:
    """How many files lie in the folders that are looked at."""
    return sum(len(_stored(folder)) for folder in FOLDERS)


def _stored(folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _whole(piece: str) -> str:
    return str(Path(piece).with_suffix(""))


def _written_at(name: str) -> datetime:
    try:
        return default_storage.get_modified_time(name)
    except FileNotFoundError:  # its own act removed it just now
        return timezone.now()
