"""Erases again what a backup brought back, from the list that is kept outside the database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from onboarding.models import User
from workflows import erasure_list
from workflows.actions import replay_erasures


class Command(BaseCommand):
    """`replay_erasures [--list FILE] [--print]`; `restore` calls it by itself."""

    help = "Erase again the personal data that was erased after a backup was made."

    def add_arguments(self, parser: Any) -> None:
        """From where, or only to see."""
        parser.add_argument("--list", default="", help="a printed list, beside the kept one")
        parser.add_argument("--print", action="store_true", help="print the kept list, a line each")

    def handle(self, **options: Any) -> None:
        """Print the list, or erase by it."""
        lines = erasure_list.kept()
        if options["print"]:
            for line in lines:
                self.stdout.write(line.as_json())
            return
        if options["list"]:
            path = Path(os.environ.get("MITRA_CALLED_FROM", "."), options["list"])
            try:
                lines += erasure_list.lines_of(path.read_text().splitlines())
            except (OSError, ValueError):
                raise CommandError(_("This file is not a list of erasures.")) from None
        done = replay_erasures(lines, by=User.objects.system())
        counts = {"done": done, "all": len(lines)}
        self.stdout.write(_("Erased again: %(done)d of %(all)d.") % counts)
