"""Gets an installation back from a backup; run it while web, workers and scheduler are stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows.backups.manifest import BackupTrouble
from workflows.backups.restoring import restore


class Command(BaseCommand):
    """`restore FILE [--replace]`; exit 1 when it was refused or is not what it was."""

    help = "Replace this installation by a backup, and prove that it is what it was."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """From where, and whether what is here may go."""
        parser.add_argument("file")
        parser.add_argument(
            "--replace", action="store_true", help="throw away what is in this installation"
        )

    def handle(self, **options: Any) -> None:
        """Restore."""
        path = Path(os.environ.get("MITRA_CALLED_FROM", "."), options["file"]).absolute()
        if not path.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": path})
        try:
            done = restore(path, instead=options["replace"], tell=self.stdout.write)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            _("Restored: %(rows)d rows, %(files)d files, %(events)d events of the trail, as kept.")
            % {
                "rows": sum(done.manifest.rows.values()),
                "files": len(done.manifest.files),
                "events": done.events,
            }
        )
        if not done.same_key:
            self.stdout.write(
                _("The secret key is another one: links, passes and codes of before are worthless.")
            )
