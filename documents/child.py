"""Hostile bytes at arm's length: decoding and reading run in a process that may die alone.

The child (`python -m documents.reading`) limits its own memory and CPU before it opens a file; this
side limits the wall clock and ends the child's whole process group, Tesseract included. A disk that
is full under what the child writes is an ``OSError`` here, never a verdict on the file.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
#: A nought in the text of a paper; no database keeps one.
NOUGHT = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
LOOK_SECONDS = 17.0  # of the 20 in which an upload is to be answered
SECONDS_A_PAGE = 20.0
SPOT_SECONDS = 5.0


def look(path: Path, small: Path | None = None) -> dict[str, Any]:
    """Judge a file without reading it: ``{"type", "pages", "flags"}`` or ``{"refusal": code}``,
    with ``peak_mb``, the memory that the child held, unless it was ended.

    With ``small`` its first page is drawn there, as small as a thumb (WebP).
    """
    begun = time.monotonic()
    for line in _run(["look", *(["--small", str(small)] if small else []), str(path)]):
        return line
    is_late = time.monotonic() - begun >= LOOK_SECONDS
    return {"refusal": "took_too_long" if is_late else "broken_file"}


def redraw(path: Path, out: Path) -> dict[str, Any]:
    """Draw a file's pages anew into ``out``: ``{"pictures": n}`` or ``{"refusal": code}``."""
    for line in _run(["redraw", "--out", str(out), str(path)]):
        return line
    return {"refusal": "broken_file"}


def read(
    paths: list[Path],
    *,
    kind: str | None,
    declared: Mapping[str, object],
    out: Path | None = None,
    news: bool = True,
) -> Iterator[dict[str, Any]]:
    """Yield progress lines and at last one ``{"reading": …}`` or ``{"refusal": code}``.

    Page pictures are written to ``out``, if it is given; with ``news`` progress says what is known
    so far. The wall clock allows 17 s until the number of pages is known, and then 20 s a page.
    """
    words = ["read", "--declared", json.dumps(declared)]
    words += ["--out", str(out)] if out else []
    words += ["--kind", kind] if kind else []
    words += [] if news else ["--no-news"]
    ended = False
    for line in _run([*words, *map(str, paths)]):
        ended = "reading" in line or "refusal" in line
        yield line
    if not ended:
        yield {"refusal": "reading_failed"}


def cut_out(picture: bytes, box: tuple[int, int, int, int]) -> bytes:
    """Cut a spot out of a page picture; raises ``ValueError`` when nothing of it is there."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module; numbers are arguments, no shell
            [sys.executable, "-m", "documents.reading.spot", *map(str, box)],
            cwd=ROOT,
            env=_environment(),
            input=picture,
            capture_output=True,
            timeout=SPOT_SECONDS,
            check=True,
            start_new_session=True,
        )
    except subprocess.SubprocessError as error:
        raise ValueError(box) from error
    return done.stdout


def cut_many(picture: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> list[bytes]:
    """Cut many spots out of one page picture as JPEG, b"" where nothing of a box is there; raises
    ``ValueError`` when there is no such picture."""
    words = ["-".join(str(max(0, side)) for side in box) for box in boxes]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; numbers are arguments, no shell
            [sys.executable, "-m", "documents.reading.crops", *words],
            cwd=ROOT,
            env=_environment(),
            input=picture,
            capture_output=True,
            timeout=SPOT_SECONDS * 2,
            check=True,
            start_new_session=True,
        )
    except subprocess.SubprocessError as error:
        raise ValueError(boxes) from error
    cut, rest = [], done.stdout
    for _box in boxes:
        length = int.from_bytes(rest[:4], "big")
        cut.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    return cut


def _environment() -> dict[str, str]:
    """What opens strangers' bytes has no business with our secrets."""
    return {
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),  # noqa: S108 - the system's own default
    }


def _run(words: list[str]) -> Iterator[dict[str, Any]]:
    with subprocess.Popen(  # noqa: S603 - our own module; paths are arguments, no shell
        [sys.executable, "-m", "documents.reading", *words],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        timer = _end_in(LOOK_SECONDS, child)
        try:
            for line in child.stdout or ():
                if (said := _said(line)) is None:
                    continue
                if "no_room" in said:
                    raise OSError(said["no_room"], os.strerror(said["no_room"]))
                if said.get("progress", {}).get("done") == 0:
                    timer.cancel()
                    timer = _end_in(SECONDS_A_PAGE * said["progress"]["total"], child)
                yield said
        finally:
            timer.cancel()
            _end(child)


def _said(line: bytes) -> dict[str, Any] | None:
    """Understand a line; what a library or a dying child left there says nothing."""
    try:
        said = json.loads(NOUGHT.sub(rb"\1", line))
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _end_in(seconds: float, child: subprocess.Popen[bytes]) -> threading.Timer:
    timer = threading.Timer(seconds, _end, (child,))
    timer.start()
    return timer


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
