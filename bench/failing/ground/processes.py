"""Which processes a fault has, which ones it left behind, and how all of them are ended.

Programs of ours run in sessions of their own, so that a process group is never all of it. A process
that `adopts` keeps below it whatever its children leave; those of an installation are known by its
folder, which stands in their environment.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Collection

    from bench.failing.ground.installation import Installation

ORPHAN_SECONDS = 30
PR_SET_CHILD_SUBREAPER = 36
PARENT = "PPid:\t"


def adopt() -> None:
    """Whatever is orphaned below this process becomes its child, not that of the system."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def unwind_when_told() -> None:
    """On SIGTERM leave every block that is open, and end the servers and mounts of each."""

    def leave(_number: int, _frame: Any) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
        sys.exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)


def children() -> dict[int, list[int]]:
    """Of every process on this machine that lives: its children that live."""
    found: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            said = path.read_text(errors="replace")
            if "\nState:\tZ" not in said:
                parent = int(said.partition(PARENT)[2].partition("\n")[0])
                found.setdefault(parent, []).append(int(path.parent.name))
    return found


def below(*pids: int) -> list[int]:
    """All that live below these processes, children before grandchildren."""
    known, found = children(), list(pids)
    for pid in found:
        found += known.get(pid, [])
    return found[len(pids) :]


def strays(but: Collection[int], seconds: float = ORPHAN_SECONDS) -> list[int]:
    """What others left to this process and what is below it, if it does not end by itself.

    ``but`` names the children that are meant to run.
    """
    deadline = time.monotonic() + seconds
    while left := [pid for pid in children().get(os.getpid(), []) if pid not in but]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return left + below(*left)


def end(pids: Collection[int]) -> None:
    """Kill these outright."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def unmount_below(folder: str) -> int:
    """Take away what is still mounted in a folder; returns how much that was."""
    places = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    mounted = [place for place in places if place.startswith(f"{folder}/")]
    for place in reversed(mounted):
        subprocess.run(["umount", "--lazy", place], check=False, capture_output=True)
    return len(mounted)


def of(place: Installation) -> list[str]:
    """Command lines of the processes that were told of an installation's folder, but this one's."""
    mark, lines = str(place.data).encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes()
            if mark in words or mark in (folder / "environ").read_bytes():
                lines.append(words.replace(b"\0", b" ").decode(errors="replace"))
    return lines


def left_of(place: Installation) -> list[str]:
    """What still runs of an installation half a minute after all its programs were killed."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    while (lines := of(place)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return lines
