"""The keeper has papers of a period read again after an update of the reader."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from documents.actions import order_rereading, papers_to_reread
from documents.reading import READER_VERSION


class Command(BaseCommand):
    """`./mitra manage reread_papers --since DATE [--until DATE] [--dry-run] [--json]`.

    Prints ``{"reader", "since", "until", "papers", "ordered"}``; the worker does the rest.
    """

    help = "Orders the papers of a period to be read again by the reader of this version."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the days on which the papers were received, both included."""
        parser.add_argument("--since", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--dry-run", action="store_true", help="only count")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(
        self,
        *_args: Any,
        since: date,
        until: date | None,
        dry_run: bool,
        json: bool,
        **_options: Any,
    ) -> None:
        """Count, and order unless it is a rehearsal. Raises ``CommandError`` for a period that
        runs backwards."""
        if until and until < since:
            raise CommandError(_("The end of the period is before its start."))
        found = papers_to_reread(since=since, until=until).count()
        ordered = 0
        if not dry_run:
            by = get_user_model().objects.system()
            ordered = len(order_rereading(since=since, until=until, by=by))
        told = {
            "reader": READER_VERSION,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
            "papers": found,
            "ordered": ordered,
        }
        self.stdout.write(_as_json(told) if json else _as_words(told))


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told)


def _as_words(told: dict[str, Any]) -> str:
    return _("Papers read by an older reader: %(papers)d. Ordered: %(ordered)d.") % told
