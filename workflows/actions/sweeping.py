"""Removing files that no row knows, with a guard against a sweep that would take too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from workflows import audit, orphans
from workflows.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from onboarding.models import User

#: More than this, and more than a tenth of all files: rather a database that lost rows (a restore
#: of the wrong day) than files that lost theirs. A person has to say that it is right.
FEW = 50


def sweep_files(*, until: datetime, by: User, is_sure: bool = False) -> int:
    """Remove files older than ``until`` that no row knows; returns how many. Raises ``Refused``
    when there are suspiciously many and nobody said that it is right."""
    if hasattr(default_storage, "remove_drafts"):  # only on a disk are there half-written files
        default_storage.remove_drafts(until)
    found = list(orphans.find_orphans(until=until))
    if len(found) > max(FEW, orphans.count_files() // 10) and not is_sure:
        raise Refused(
            _(
                "%(count)d files are known to no row: that is too many to be left over. Look "
                "whether the database is the right one; if it is, run the sweep with --sure."
            )
            % {"count": len(found)}
        )
    for name in found:
        default_storage.delete(name)
    if found:
        audit.record("sweep_files", by=by, files=len(found), until=until.isoformat())
    return len(found)
