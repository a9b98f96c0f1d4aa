"""Hostile bytes at arm's length: decoding and reading run in a process that may die alone.

The child (`python -m documents.reading`) limits its own memory and CPU before it opens a file; this
side limits the wall clock and ends the child's whole process group, Tesseract included.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
LOOK_SECONDS = 20.0
READ_SECONDS = 20.0
SECONDS_A_PAGE = 20.0


def look(path: Path) -> dict[str, Any]:
    """Judge a file without reading it: ``{"type", "pages"}`` or ``{"refusal": code}``."""
    for line in _run(["look", str(path)], seconds=LOOK_SECONDS):
        return line
    return {"refusal": "broken_file"}


def read(
    paths: list[Path], *, out: Path, kind: str, declared: dict[str, str], pages: int
) -> Iterator[dict[str, Any]]:
    """Yield progress lines and at last one ``{"reading": …}`` or ``{"refusal": code}``.

    Pages are written to ``out``. The wall clock allows 20 s to judge the file and 20 s a page.
    """
    words = ["read", "--out", str(out), "--kind", kind, "--declared", json.dumps(declared)]
    seconds = READ_SECONDS + SECONDS_A_PAGE * max(pages, 1)
    ended = False
    for line in _run([*words, *map(str, paths)], seconds=seconds):
        ended = "reading" in line or "refusal" in line
        yield line
    if not ended:
        yield {"refusal": "reading_failed"}


def _run(words: list[str], *, seconds: float) -> Iterator[dict[str, Any]]:
    # An environment of its own: what opens strangers' bytes has no business with our secrets.
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),  # noqa: S108 - the system's own default
    }
    with subprocess.Popen(  # noqa: S603 - our own module; paths are arguments, no shell
        [sys.executable, "-m", "documents.reading", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        timer = threading.Timer(seconds, _end, (child,))
        timer.start()
        try:
            for line in child.stdout or ():
                if line.endswith(b"\n"):
                    yield json.loads(line)
        finally:
            timer.cancel()
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
