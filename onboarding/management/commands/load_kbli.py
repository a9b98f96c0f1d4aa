"""Loads a KBLI list that the Bureau has as a file; the product ships the 2020 list only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from onboarding.actions import load_kbli
from onboarding.errors import Refused
from onboarding.models import User

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """`./mitra manage load_kbli FILE [--list-version 2025]`."""

    help = "Loads a KBLI list: a JSON list of objects with code and title."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the year of the list."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--list-version", default="2025", help="Year of the list (2025).")

    def handle(self, *_args: Any, file: Path, list_version: str, **_options: Any) -> None:
        """Read the file and store its codes; the file is left as it is."""
        try:
            count = load_kbli(file, version=list_version[:4], by=User.objects.system())
        except (OSError, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} codes of KBLI {list_version} loaded")
