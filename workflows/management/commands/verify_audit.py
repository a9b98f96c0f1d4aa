"""Proves that the trail is as it was written, or names the first event that is not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows.verifying import SHORTEST_ANCHOR, verify_trail


class Command(BaseCommand):
    """`verify_audit [--anchor HASH] [--json]` → ``{"events", "ok", "first_bad", "head"}``."""

    help = "Verify the chain of the trail; exit 1 when it is broken."

    def add_arguments(self, parser: Any) -> None:
        """What may be asked."""
        parser.add_argument("--json", action="store_true", help="one JSON object")
        outside = "a head that was kept outside, or its first 16 digits"
        parser.add_argument("--anchor", default="", help=outside)

    def handle(self, **options: Any) -> None:
        """Walk the chain and say how it is."""
        anchor = options["anchor"].strip(" .…").lower()
        if 0 < len(anchor) < SHORTEST_ANCHOR:
            raise CommandError(_("An anchor has sixteen digits at least."), returncode=2)
        verdict = verify_trail(anchor=anchor)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        elif verdict.ok:
            words = _("%(events)d events, all as they were written. Head: %(head)s")
            self.stdout.write(words % asdict(verdict))
        else:
            words = _("BROKEN after %(events)d events, at event %(first_bad)s.")
            self.stdout.write(words % asdict(verdict))
        if not verdict.ok:
            sys.exit(1)
