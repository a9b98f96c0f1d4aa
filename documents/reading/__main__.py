"""Runs one reading in a process of its own: ``look`` at a file, ``redraw`` a photograph or ``read``
a document.

JSON lines go to standard output; text that was read never goes to standard error.
"""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config.gate.fence import fence_in, one_thread, peak_megabytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.reading.story import Progress


MEGABYTE = 1024 * 1024
#: Address space and CPU of a child: what judges a file at the door needs less than what reads it.
MEMORY = {"look": 1000 * MEGABYTE, "redraw": 1500 * MEGABYTE, "read": 1500 * MEGABYTE}
CPU_SECONDS = {"look": 20, "redraw": 60, "read": 300}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
OFFICE_TIME = dt.timezone(dt.timedelta(hours=7))  # WIB has no summer time


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 0 whenever a reading or a refusal was printed."""
    asked = _parser().parse_args(arguments)
    one_thread()
    if not asked.no_limits:
        fence_in(memory=MEMORY[asked.act], cpu_seconds=CPU_SECONDS[asked.act])
    from documents.reading.errors import EngineFailed, Refusal  # noqa: PLC0415 - after the limits

    try:
        answer = {"look": _look, "redraw": _redraw, "read": _read}[asked.act](asked)
    except Refusal as refusal:
        answer = {"refusal": refusal.code}
    except MemoryError:
        answer = {"refusal": "too_many_pixels"}
    except EngineFailed:
        answer = {"refusal": "reading_failed"}
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        answer = {"no_room": error.errno}  # says nothing about the file
    if asked.act == "look":
        answer["peak_mb"] = round(peak_megabytes())
    _print(answer)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m documents.reading", description=__doc__)
    parser.add_argument("--no-limits", action="store_true", help="for tests only")
    acts = parser.add_subparsers(dest="act", required=True)
    look = acts.add_parser("look", help="judge a file: type, pages, what is active in it")
    look.add_argument("--small", type=Path, help="where to draw its first page, small")
    look.add_argument("file", type=Path)
    read = acts.add_parser("read", help="read one document")
    read.add_argument("--out", type=Path, help="folder for page pictures; none without it")
    read.add_argument("--kind", help="a kind code, deed, or other for page pictures only")
    read.add_argument(
        "--no-news", action="store_false", dest="news", help="tell counts, not values, on the way"
    )
    read.add_argument("--declared", type=json.loads, default={}, help="declared values as JSON")
    read.add_argument("files", type=Path, nargs="+")
    redraw = acts.add_parser("redraw", help="draw the pages of a photograph anew")
    redraw.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    redraw.add_argument("file", type=Path)
    for act in (look, read, redraw):
        act.add_argument(
            "--no-limits", action="store_true", default=argparse.SUPPRESS, help="for tests only"
        )
    return parser


def _look(asked: argparse.Namespace) -> dict[str, object]:
    from documents.reading.judging import judge  # noqa: PLC0415 - after the limits are set

    seen = judge(asked.file)
    if asked.small is not None:
        from documents.reading.photograph import draw_small  # noqa: PLC0415 - only where asked

        draw_small(seen.first, asked.small)
    return {"type": seen.kind, "pages": seen.pages, "flags": seen.flags}


def _redraw(asked: argparse.Namespace) -> dict[str, object]:
    from documents.reading.photograph import redraw  # noqa: PLC0415 - after the limits are set

    return {"pictures": redraw(asked.file, asked.out)}


def _read(asked: argparse.Namespace) -> dict[str, object]:
    from documents.reading.story import read_document  # noqa: PLC0415 - after the limits are set

    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
    today = dt.datetime.now(OFFICE_TIME).date()
    reading = read_document(
        asked.files, asked.kind, asked.declared, asked.out, _teller(), news=asked.news, today=today
    )
    return {"reading": reading}


def _teller() -> Callable[[Progress], None]:
    """Tell of every page, and of the values only when they are news."""
    last: dict[str, object] = {}

    def tell(progress: Progress) -> None:
        nonlocal last
        line: dict[str, object] = {"done": progress.done, "total": progress.total}
        known: dict[str, object] = {
            "fields": progress.fields,
            "confidence": progress.confidence,
            "evidence": progress.evidence,
        }
        if progress.fields and known != last:
            last = known
            line |= known
        _print({"progress": line})

    return tell


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
