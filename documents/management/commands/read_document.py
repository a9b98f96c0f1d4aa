"""The reader as one of Django's commands; `manage.py` takes the shorter way to the same."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents import readout


class Command(BaseCommand):
    """`./mitra manage read_document FILE… [--kind KIND] [--declared JSON] [--json]`."""

    help = "Reads one document and prints what stands on it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the same words as the short way."""
        readout.add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Print the answer; exits with 3 when the document cannot be read."""
        asked = {key: options[key] for key in ("files", "kind", "declared", "as_json")}
        if code := readout.read_out(**asked):
            sys.exit(code)
