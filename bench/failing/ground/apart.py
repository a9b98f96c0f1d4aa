"""Several installations at once: each in a process of its own, because one stands in one only."""

from __future__ import annotations

import dataclasses
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground import processes
from bench.failing.table import Figure, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROGRAM = "from bench.failing.ground import apart; apart.main()"


def side_by_side(fault: str, words: Sequence[str]) -> Iterator[Figure]:
    """Call ``alone(word)`` of a fault for each word, all at the same time; gives their figures."""
    with tempfile.TemporaryDirectory(prefix="mitra-apart-") as folder:
        children = {
            word: subprocess.Popen(
                [sys.executable, "-c", PROGRAM, fault, word, str(Path(folder, word))]
            )
            for word in words
        }
        for word, child in children.items():
            code = child.wait()
            said = Path(folder, word)
            for line in said.read_text().splitlines() if said.exists() else ():
                figure = Figure(**json.loads(line))
                yield dataclasses.replace(figure, what=f"{word}: {figure.what}")
            if code:
                yield all_of(f"{word}: came to its end", 0, of=1)


def main() -> None:
    """In the child: write each figure as a line, as soon as it is known."""
    processes.unwind_when_told()
    fault, word, said = sys.argv[1:4]
    with Path(said).open("w") as out:
        for figure in importlib.import_module(f"bench.failing.{fault}").alone(word):
            out.write(json.dumps(dataclasses.asdict(figure)) + "\n")
            out.flush()
