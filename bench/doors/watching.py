"""How much memory the children held that open files, and how long they computed: looked up in
/proc while they do."""

from __future__ import annotations

import os
import re
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 0.05
TICKS = os.sysconf("SC_CLK_TCK")
OF_PAPERS, OF_LISTS = b"documents.reading", b"onboarding.imports"
CHILDREN = (OF_PAPERS, OF_LISTS)
Child = tuple[int, str]  # its number, which may come again, and when it began
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
PARENT = re.compile(r"PPid:\s+(\d+)")


class Watch:
    """The largest child so far, in MB, and the seconds that each has computed.

    A child that reads a list lives as long as its rows are taken in, so how long it lived says
    nothing of the file.
    """

    def __init__(self, port: int) -> None:
        self.largest = 0.0
        self.seen: dict[Child, float] = {}
        self._of_lists: set[Child] = set()
        self._site = f"config.start\0{port}".encode()

    def look(self) -> None:
        """Look at all processes once."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes()
                if any(word in words for word in CHILDREN) and self._is_ours(folder):
                    found = PEAK.search((folder / "status").read_text())
                    self._note(folder, words)
                    self.largest = max(self.largest, int(found[1]) / 1024 if found else 0)

    @property
    def lists(self) -> list[float]:
        """The seconds of a processor that each child took that opened a list."""
        return [self.seen[one] for one in self._of_lists]

    def _note(self, folder: Path, words: bytes) -> None:
        facts = (folder / "stat").read_text().rpartition(")")[2].split()
        child = (int(folder.name), facts[19])
        self.seen[child] = (int(facts[11]) + int(facts[12])) / TICKS
        if OF_LISTS in words:
            self._of_lists.add(child)

    def _is_ours(self, folder: Path) -> bool:
        while folder.name not in ("0", "1"):
            found = PARENT.search((folder / "status").read_text())
            folder = Path("/proc", found[1] if found else "1")
            if self._site in (folder / "cmdline").read_bytes():
                return True
        return False


@contextmanager
def watching(port: int) -> Iterator[Watch]:
    """Look again and again until the block ends."""
    watch, over = Watch(port), threading.Event()

    def go_on() -> None:
        while not over.wait(EVERY):
            watch.look()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
