"""Judges one file as the site's own door would, for the keeper, for scripts and for the suite.

The site is not asked and nothing is kept. Verdicts: `accept`; `flag` (taken, and people are told
what it carries); `reject`. Exit codes: 0 judged; 2 asked wrongly.
"""

from __future__ import annotations

import json
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

import documents.actions
from config.gate.antivirus import ScanFailedError
from config.gate.doors import DOORS
from documents.errors import FileRefused
from documents.sentences import flag_words, refusal_sentence
from onboarding.actions.admitting import NO_LIST, Told, judge_list
from onboarding.sentences import FLAGS, say

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

ASKED_WRONGLY = 2
Answer = tuple[str, list[str], str, int | None]  # verdict, codes, sentence, MB of the child


class Command(BaseCommand):
    help = "Judge a file as the site would at one of its doors; nothing is kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--door", choices=sorted(DOORS), required=True)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *, file: str, door: str, as_json: bool, **_options: Any) -> None:
        path = Path(os.environ.get("MITRA_CALLED_FROM", "."), file).absolute()
        if not path.is_file() or not os.access(path, os.R_OK):
            sentence = f"There is no such file, or it cannot be read: {file}"
            raise CommandError(sentence, returncode=ASKED_WRONGLY)
        begun = time.monotonic()
        with translation.override("id"):
            verdict, reasons, message, peak_mb = JUDGES[door](path)
        answer = {
            "verdict": verdict,
            "reasons": reasons,
            "message": message,
            "seconds": round(time.monotonic() - begun, 2),
            "peak_mb": _most_of_children() if peak_mb is None else peak_mb,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if as_json else message)


def judge_document(path: Path) -> Answer:
    """As a paper of an owner."""
    try:
        seen = documents.actions.judge_path(path, name=path.name)
    except FileRefused as refusal:
        return "reject", [refusal.code], refusal.sentence, refusal.peak_mb
    return *_taken(seen.flags, flag_words(seen.flags)), seen.peak_mb


def judge_sheet(path: Path) -> Answer:
    """As a list of an office."""
    try:
        told = judge_list(path, name=path.name)
    except ScanFailedError:
        return "reject", ["scan_failed"], refusal_sentence("scan_failed"), 0
    return *_said(told), told.peak_mb


def _said(told: Told) -> tuple[str, list[str], str]:
    if told.refused:
        return "reject", told.refused, say(told.refused[0], told.detail)
    if lacks := [code for code in told.noted if code in NO_LIST]:
        verdict = "flag" if len(told.noted) > 1 else "accept"
        return verdict, told.noted, say(lacks[0], told.detail)
    return _taken(told.noted, [str(FLAGS[code]) for code in told.noted])


def _most_of_children() -> int:
    """For a child that was ended before it could say: not less than what it held, because the
    system counts what started it too."""
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def _taken(flags: list[str], words: list[str]) -> tuple[str, list[str], str]:
    if not flags:
        return "accept", [], _("The file is sound and may come in.")
    told = _("The file may come in, and whoever checks it is told: %(what)s.")
    return "flag", flags, told % {"what": "; ".join(words)}


JUDGES = {"document": judge_document, "sheet": judge_sheet}
