"""Enters an office's list of any length from the command line, without a preview."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

import onboarding.actions
from onboarding.errors import Refused, SheetAlreadyReceived
from onboarding.imports import TITLES
from onboarding.imports.refusal import SheetRefusedError
from onboarding.models import Agency, SheetRow, User
from onboarding.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onboarding.models import ReferralSheet

UNREADABLE = 3
SHOWN = 20
VERDICTS = ("created", "linked", "review", "refused")


class Command(BaseCommand):
    """`import_referrals FILE --agency CODE [--dry-run] [--map JSON] --json`."""

    help = "Enter a list of referrals of any length; run again after an interruption to go on."

    def add_arguments(self, parser: Any) -> None:
        """What may be asked."""
        parser.add_argument("file", type=Path, help="xlsx, xls, ods or text with marks (CSV)")
        parser.add_argument("--agency", required=True, help="code of the office that sent it")
        parser.add_argument("--dry-run", action="store_true", help="say what would be")
        parser.add_argument(
            "--map", default="", help='{"our column": "their title" or index from 0}'
        )
        parser.add_argument("--chunk", type=int, default=0, help="rows in one transaction")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        """Enter the list and say what became of its rows."""
        language = "id" if options["json"] else translation.get_language()
        with translation.override(language):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        path, begun = _called_from(options["file"]), time.monotonic()
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            known = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"No office has this code. The codes are: {known}")

        def report(sheet: ReferralSheet) -> None:
            seconds = round(time.monotonic() - begun, 3)
            tell = self._tell_json if options["json"] else self._tell
            tell(sheet, seconds=seconds, is_new=True)

        try:
            onboarding.actions.import_list(
                path=path,
                agency=agency,
                mapping=_mapping(options["map"]),
                dry_run=options["dry_run"],
                chunk=options["chunk"] or onboarding.actions.LIST_CHUNK,
                beat=self._progress,
                report=report,
                by=User.objects.system(),
            )
        except SheetAlreadyReceived as refusal:
            self.stderr.write(refusal.sentence)
            tell = self._tell_json if options["json"] else self._tell
            tell(refusal.sheet, seconds=round(time.monotonic() - begun, 3), is_new=False)
        except SheetRefusedError as refusal:
            self._refuse(refusal.code, say(refusal.code, refusal.detail), options, begun)
        except OSError as error:
            message = _("The file cannot be opened: %(why)s") % {"why": error.strerror or ""}
            self._refuse("no_file", message, options, begun)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _progress(self, sheet: ReferralSheet) -> None:
        self.stderr.write(f"{sheet.rows_read:,} / {sheet.rows_total:,}")

    def _refuse(self, code: str, message: str, options: dict[str, Any], begun: float) -> None:
        if options["json"]:
            seconds = round(time.monotonic() - begun, 3)
            told = {**_told(None, seconds), "errors": [], "refusal": code, "message": message}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stderr.write(message)
        sys.exit(UNREADABLE)

    def _tell_json(self, sheet: ReferralSheet, *, seconds: float, is_new: bool) -> None:
        """One object, written piece by piece: the errors of a list may be many."""
        told = json.dumps(_told(sheet if is_new else None, seconds) | {"batch": sheet.pk})
        self.stdout.write(f'{told[:-1]}, "errors": [', ending="")
        mark = ""
        for error in _errors(sheet) if is_new else ():
            self.stdout.write(mark + json.dumps(error, ensure_ascii=False), ending="")
            mark = ", "
        self.stdout.write("]}")

    def _tell(self, sheet: ReferralSheet, *, seconds: float, is_new: bool) -> None:
        if not is_new:
            return
        told = _told(sheet, seconds)
        words = {**dict(SheetRow.Verdict.choices), "rows": _("Rows"), "seconds": _("Seconds")}
        for key in ("rows", *VERDICTS, "seconds"):
            self.stdout.write(f"{words[key]}: {told[key]}")
        for place, error in enumerate(_errors(sheet)):
            if place == SHOWN:
                self.stdout.write("…")
                break
            self.stdout.write("{sheet} {row} {column}: {message} {repair}".format(**error))


def _told(sheet: ReferralSheet | None, seconds: float) -> dict[str, Any]:
    """The counts of a batch; all nought where nothing was done."""
    counts = sheet.counts if sheet else {}
    verdicts = {verdict: counts.get(verdict, 0) for verdict in VERDICTS}
    batch = sheet.pk if sheet else None
    return {"rows": sum(verdicts.values()), **verdicts, "seconds": seconds, "batch": batch}


def _errors(sheet: ReferralSheet) -> Iterator[dict[str, Any]]:
    """Every error of every row that was refused, in the order of the list."""
    refused = sheet.rows.filter(verdict=SheetRow.Verdict.REFUSED).order_by("pk")
    for row in refused.iterator(chunk_size=1000):
        for problem in row.problems:
            if problem["severity"] != "error":
                continue
            yield {
                "sheet": row.sheet_name,
                "row": row.row,
                "column": problem["column"],
                "code": problem["code"],
                "message": say(problem["code"], problem["params"]),
                "repair": problem.get("repair", ""),
            }


def _mapping(text: str) -> dict[str, str | int] | None:
    """What `--map` says, or a sentence that says how to say it."""
    if not text:
        return None
    try:
        said = json.loads(text)
    except ValueError as error:
        raise CommandError(f"--map is not JSON: {error}") from error
    if not isinstance(said, dict) or not all(
        key in TITLES and isinstance(value, str | int) for key, value in said.items()
    ):
        raise CommandError(f"--map names columns by these keys: {', '.join(TITLES)}")
    return said


def _called_from(path: Path) -> Path:
    """The path as the person meant it: `./mitra` itself works in the project's folder."""
    return Path(os.environ.get("MITRA_CALLED_FROM", ".")) / path
