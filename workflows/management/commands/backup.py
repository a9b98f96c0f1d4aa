"""Keeps a copy of the whole installation in one file, and proves that it can be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.backups.manifest import BackupTrouble
from workflows.backups.writing import make_backup


class Command(BaseCommand):
    """`backup [FILE]`; exit 1 when no whole backup could be made."""

    help = "Write database and files to one file, with what proves both."

    def add_arguments(self, parser: Any) -> None:
        """Where to."""
        parser.add_argument("file", nargs="?", help="default: MITRA_DATA/backups/mitra-DATE.tar")

    def handle(self, **options: Any) -> None:
        """Back up."""
        to = _chosen(options["file"])
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            manifest = make_backup(to)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        except FileExistsError:
            raise CommandError(_("%(file)s is there already.") % {"file": to}) from None
        except OSError as error:
            raise CommandError(f"{to}: {error.strerror}") from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(
            _("%(file)s: %(rows)d rows, %(files)d files, read again and whole.")
            % {"file": to, "rows": rows, "files": files}
        )
        if manifest.missing:
            self.stdout.write(
                _("%(count)d files that rows know are missing, first %(name)s.")
                % {"count": len(manifest.missing), "name": manifest.missing[0]}
            )
        self.stdout.write(_("The secret key is not in it: keep it in another place."))


def _chosen(name: str | None) -> Path:
    if name:
        return Path(os.environ.get("MITRA_CALLED_FROM", "."), name).absolute()
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    return Path(settings.DATA_DIR, "backups", f"mitra-{stamp}.tar")
