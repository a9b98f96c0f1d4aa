"""Runs one reading in a process of its own: ``look`` at a file or ``read`` a document.

JSON lines go to standard output; text that was read never goes to standard error.
"""

import argparse
import json
import sys
from pathlib import Path

from documents.reading import limits


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 0 whenever a reading or a refusal was printed."""
    asked = _parser().parse_args(arguments)
    limits.one_thread()
    limits.die_with_parent()
    if not asked.no_limits:
        limits.set_limits()
    from documents.reading.errors import Refusal  # noqa: PLC0415 - after the limits are set

    try:
        answer = _look(asked) if asked.act == "look" else _read(asked)
    except Refusal as refusal:
        answer = {"refusal": refusal.code}
    except MemoryError:
        answer = {"refusal": "too_many_pixels"}
    _print(answer)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m documents.reading", description=__doc__)
    parser.add_argument("--no-limits", action="store_true", help="for tests only")
    acts = parser.add_subparsers(dest="act", required=True)
    look = acts.add_parser("look", help="tell type and number of pages")
    look.add_argument("file", type=Path)
    read = acts.add_parser("read", help="read one document")
    read.add_argument("--out", type=Path, required=True, help="folder for page pictures")
    read.add_argument("--kind", help="a kind code, deed, or other for page pictures only")
    read.add_argument("--declared", type=json.loads, default={}, help="declared values as JSON")
    read.add_argument("files", type=Path, nargs="+")
    for act in (look, read):
        act.add_argument(
            "--no-limits", action="store_true", default=argparse.SUPPRESS, help="for tests only"
        )
    return parser


def _look(asked: argparse.Namespace) -> dict[str, object]:
    from documents.reading.pages import look  # noqa: PLC0415 - after the limits are set

    kind, pages = look(asked.file)
    return {"type": kind, "pages": pages}


def _read(asked: argparse.Namespace) -> dict[str, object]:
    from documents.reading.story import read_document  # noqa: PLC0415 - after the limits are set

    asked.out.mkdir(parents=True, exist_ok=True)

    def tell(done: int, total: int) -> None:
        _print({"progress": {"done": done, "total": total}})

    reading = read_document(asked.files, asked.kind, asked.declared, asked.out, tell)
    return {"reading": reading}


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
