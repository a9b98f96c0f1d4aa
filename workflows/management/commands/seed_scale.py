"""Fills a database with a programme of any size, to measure the product at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from workflows.demo import scale

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`./mitra manage seed_scale --vendors 1153576`."""

    help = "Writes so many invented firms with their cases and tasks; for measuring, not for work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many firms."""
        parser.add_argument("--vendors", type=int, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write them; refuses a database in which real firms stand."""
        if not scale.is_empty():
            raise CommandError("This database holds real businesses; it will not be mixed.")
        scale.seed(options["vendors"], told=self.stdout.write)
