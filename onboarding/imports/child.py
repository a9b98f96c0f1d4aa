"""Reading a sheet at arm's length: the bytes are opened in a process that may die alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WALL_SECONDS = 180.0


def read_sheet(path: str | Path, *, seconds: float = WALL_SECONDS) -> Iterator[dict[str, Any]]:
    """The lines that `python -m onboarding.imports` prints, read as they come.

    A child that dies or passes `seconds` ends the story with a refusal `broken_sheet`. A refusal
    is always the last line and undoes the rows before it: keep nothing until the end is reached.
    """
    command = [sys.executable, "-m", "onboarding.imports", str(Path(path).resolve())]
    # an environment of its own: what opens strangers' bytes has no business with our secrets
    with subprocess.Popen(  # noqa: S603 (our own module; the path is one argument, no shell)
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        timer = Timer(seconds, child.kill)
        timer.start()
        try:
            yield from _lines(child)
        finally:
            timer.cancel()
            child.kill()


def _lines(child: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    for line in child.stdout or ():
        if not line.endswith(b"\n"):
            break  # killed in the middle of a word
        yield json.loads(line)
    if child.wait() != 0:
        yield {"refusal": "broken_sheet", "detail": {"exit": child.returncode}}
