"""Lists the demonstration's accounts; refused outside a demonstration."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import demo


class Command(BaseCommand):
    """`./mitra manage demo_accounts [--json]` → ``[{"role", "email", "password"}]``."""

    help = "Lists the accounts of the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--json``."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, json: bool, **_options: Any) -> None:
        """Print the accounts. Raises ``CommandError`` (exit 1) outside a demonstration."""
        if not demo.is_demo():
            raise CommandError(
                "This database holds no demonstration, so there are no such accounts."
            )
        self.stdout.write(_as_json() if json else _as_table())


def _as_json() -> str:
    return json.dumps(demo.accounts())


def _as_table() -> str:
    return "\n".join(
        f"{account['role']:<12} {account['email']:<28} {account['password']}"
        for account in demo.accounts()
    )
