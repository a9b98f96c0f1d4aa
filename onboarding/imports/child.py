"""Reading a sheet at arm's length: the bytes are opened in a process that may die alone."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Timer
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: A nought that a cell spells out; no database keeps one in a text.
NOUGHT = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
WALL_SECONDS = 180.0
WALL_SECONDS_FOR_LARGE = 3_600.0
Asked = Mapping[str, int | str]


def read_sheet(
    path: str | Path,
    *,
    mapping: Asked | None = None,
    remembered: Mapping[str, Mapping[str, int]] | None = None,
    is_large: bool = False,
    seconds: float | None = None,
) -> Iterator[dict[str, Any]]:
    """The lines that `python -m onboarding.imports` prints, read as they come.

    First `{"rows": at most so many, "layout": …}`, then a line per filled row (`sheet`, `row`,
    `values` by column key, `repairs`, `others` by index), last `{"end": …}`. When the columns are
    not sure, `{"columns": layout}` is the only line. Lines that are no row also say `peak_mb`, the
    memory that the child has held so far. A child that dies or passes `seconds` ends
    the story with a refusal `broken_sheet`. A refusal is always the last line and undoes the rows
    before it: keep nothing until the end is reached. `mapping` is ours key to their index from 0,
    title or letter; `remembered` is such mappings by index, by signature of the titles.
    """
    orders: dict[str, Any] = {"is_large": is_large, "mapping": mapping, "remembered": remembered}
    wall = seconds or (WALL_SECONDS_FOR_LARGE if is_large else WALL_SECONDS)
    yield from _run(path, orders, wall)


def recognise_columns(
    path: str | Path, *, mapping: Asked | None = None, is_large: bool = False
) -> dict[str, Any]:
    """How the columns of a file are understood, `{"sheets", "hidden", "is_sure"}`, or a refusal."""
    orders = {"only_columns": True, "mapping": mapping, "is_large": is_large}
    *_, last = _run(path, orders, WALL_SECONDS)
    return last


def _run(path: str | Path, orders: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
    told = json.dumps({key: value for key, value in orders.items() if value})
    command = [sys.executable, "-m", "onboarding.imports", str(Path(path).resolve()), told]
    # an environment of its own: what opens strangers' bytes has no business with our secrets
    with subprocess.Popen(  # noqa: S603 (our own module; the path and orders are plain arguments)
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        timer = Timer(seconds, _end, (child,))
        timer.start()
        try:
            yield from _lines(child)
        finally:
            timer.cancel()
            _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _lines(child: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    for line in child.stdout or ():
        if not line.endswith(b"\n"):
            break  # killed in the middle of a word
        yield json.loads(NOUGHT.sub(rb"\1", line))
    if child.wait() != 0:
        yield {"refusal": "broken_sheet", "detail": {"exit": child.returncode}}
