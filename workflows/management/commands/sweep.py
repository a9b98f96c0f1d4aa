"""The sweep for cron: the same as the scheduler's, for the night in which the scheduler is dead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import User
from workflows import actions, orphans, tasks
from workflows.apart import Apart, Unfinished
from workflows.errors import Refused


class Command(BaseCommand):
    """`sweep [--files [--sure]]`; exit 1 when something of it failed (the log says why), or the
    files are too many to be left over."""

    help = "Send again what was lost, give to a person what nobody can finish, empty the outbox."

    def add_arguments(self, parser: Any) -> None:
        """What may be asked."""
        parser.add_argument(
            "--files", action="store_true", help="also remove files that no row knows"
        )
        parser.add_argument("--sure", action="store_true", help="however many they are")
        parser.add_argument(
            "--older-than", type=float, default=orphans.OLD_ENOUGH / timedelta(hours=1),
            metavar="HOURS", help="age from which such a file is removed; default 24",
        )  # fmt: skip

    def handle(self, **options: Any) -> None:
        """Sweep once."""
        apart = Apart()
        with apart("the sweep"):
            tasks.sweep_once()
        with apart("what is due"):
            tasks.run_due()
        if options["files"]:
            self._sweep_files(options)
        try:
            apart.end()
        except Unfinished as unfinished:
            words = _("Not everything could be done: %(names)s. The lines of the log say why.")
            raise CommandError(words % {"names": unfinished}) from None

    def _sweep_files(self, options: dict[str, Any]) -> None:
        until = timezone.now() - timedelta(hours=options["older_than"])
        try:
            count = actions.sweep_files(
                until=until, by=User.objects.system(), is_sure=options["sure"]
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(_("%(count)d files that no row knew were removed.") % {"count": count})
