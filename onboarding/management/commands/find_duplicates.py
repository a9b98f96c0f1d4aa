"""Says which firms of the register may be one, for whoever checks the matching from outside."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from onboarding.actions import all_pairs


class Command(BaseCommand):
    """`./mitra manage find_duplicates --jsonl` → a line per pair ``{"a","b","band","score",
    "reasons"}``."""

    help = "Lists the pairs of firms that may be one; stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--jsonl``."""
        parser.add_argument("--jsonl", action="store_true", help="print one JSON object a line")

    def handle(self, *_args: Any, jsonl: bool, **_options: Any) -> None:
        """Print each pair as it is found."""
        for pair in all_pairs():
            told = {
                "a": pair.a,
                "b": pair.b,
                "band": pair.band,
                "score": pair.score,
                "reasons": pair.codes,
            }
            line = json.dumps(told) if jsonl else "{a} {b} {band} {score}".format(**told)
            self.stdout.write(line)
