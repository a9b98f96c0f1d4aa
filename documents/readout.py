"""Reads one document from the command line: the reader for scripts, benches and the curious.

It needs neither the site nor its database, so nothing of Django is loaded until words for people
are wanted. Prints one JSON object with ``--json``, else a summary in Indonesian.
Exit codes: 0 read; 2 asked wrongly; 3 the document cannot be read, and why.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents import child
from documents.reading import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

UNREAD = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Read what the command line names; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./mitra manage read_document", description=__doc__)
    add_arguments(parser)
    return read_out(**vars(parser.parse_args(arguments)))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the files, what they are said to be, and the form of the answer."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="the pages of one document")
    kinds = (*KINDS, "deed")
    parser.add_argument("--kind", choices=kinds, help="what it is said to be; deed: any of them")
    parser.add_argument(
        "--declared", type=declaration, default={}, metavar="JSON", help="values to compare with"
    )
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")


def declaration(text: str) -> dict[str, Any]:
    """Understand ``--declared``. Raises ``ArgumentTypeError`` unless it is one JSON object."""
    try:
        declared = json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not JSON: {error}") from error
    if not isinstance(declared, dict):
        raise argparse.ArgumentTypeError('not an object such as {"deed_number": "41"}')
    return declared


def read_out(*, files: Sequence[str], kind: str | None, declared: Any, as_json: bool) -> int:
    """Read the files as one document in a child process and print the answer."""
    here = Path(os.environ.get("MITRA_CALLED_FROM", ".")).absolute()
    answer = _answer([here / name for name in files], kind, declared)
    code = UNREAD if "refusal" in answer else 0
    if code:
        _django()
        from documents.sentences import refusal_sentence  # noqa: PLC0415 - needs Django

        answer["message"] = refusal_sentence(answer["refusal"])
    if as_json:
        _say(json.dumps(answer, ensure_ascii=False))
    else:
        _django()
        from documents.summary import summary  # noqa: PLC0415 - needs Django

        _say(answer["message"] if code else summary(answer))
    return code


def _answer(paths: list[Path], kind: str | None, declared: dict[str, Any]) -> dict[str, Any]:
    for path in paths:
        if not path.is_file() or not os.access(path, os.R_OK):
            return {"refusal": "no_such_file", "file": path.name}
    answer: dict[str, Any] = {}
    for line in child.read(paths, kind=kind, declared=declared, news=False):
        answer = line
    reading: dict[str, Any] = answer.get("reading", answer)
    return reading


def _django() -> None:
    """Wake what words for people need: the catalogue of translations."""
    import django  # noqa: PLC0415 - a second that a reading does not have to wait for
    from django.apps import apps  # noqa: PLC0415 - only where Django is at hand
    from django.utils import translation  # noqa: PLC0415 - only where Django is at hand

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    translation.activate("id")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
