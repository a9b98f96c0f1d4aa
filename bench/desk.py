"""The desk's pages in a programme of a million firms: `./mitra bench desk`.

In one run, page by page and turn by turn: the same pages in a database of 10,000 firms and in one
of 1,153,576 (more than a million tasks). The slowest twentieth of the large one may take at most
one and a half times that of the small one, and no page may ask more than twelve questions.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from bench.listing.databases import KINDS, ROOT, WITH_DJANGO, database

if TYPE_CHECKING:
    from collections.abc import Iterator

RATIO, QUESTIONS = 1.5, 12
SMALL, LARGE = 10_000, 1_153_576


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./mitra bench desk", description=__doc__)
    parser.add_argument("--vendors", type=int, default=LARGE)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    chosen = parser.parse_args(arguments)
    is_good = True
    for kind in KINDS if chosen.database == "both" else (chosen.database,):
        print(f"# {kind}: {SMALL:,} against {chosen.vendors:,} firms, {chosen.turns} turns")
        with ExitStack() as stack:
            desks = [stack.enter_context(_desk(kind, n)) for n in (SMALL, chosen.vendors)]
            for page in desks[0].pages:
                is_good &= _race(page, desks, chosen.turns)
    return 0 if is_good else 1


class _Desk:
    """A process that stands in one database and answers with what a page cost."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child
        self.pages: list[str] = self._line()

    def open(self, page: str) -> tuple[float, int]:
        """Milliseconds and questions to the database of one opening of a page."""
        assert self.child.stdin
        print(page, file=self.child.stdin, flush=True)
        answer = self._line()
        return answer["ms"], answer["questions"]

    def _line(self) -> Any:
        assert self.child.stdout
        return json.loads(self.child.stdout.readline())


@contextmanager
def _desk(kind: str, vendors: int) -> Iterator[_Desk]:
    with database(kind) as surroundings:
        for words in (
            ["collectstatic", "--noinput", "-i", "viewflow"],
            ["seed_scale", "--vendors", str(vendors)],
        ):
            command = [sys.executable, "manage.py", *words]
            subprocess.run(
                command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL
            )
        child = subprocess.Popen(
            [sys.executable, "-c", WITH_DJANGO, "bench.desking.pages"],
            cwd=ROOT, env=surroundings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            yield _Desk(child)
        finally:
            child.kill()
            child.wait()


def _race(page: str, desks: list[_Desk], turns: int) -> bool:
    for desk in desks:
        desk.open(page)  # what a process reads once
    times: list[list[float]] = [[], []]
    questions = 0
    for _ in range(turns):
        for desk, kept in zip(desks, times, strict=True):
            ms, asked = desk.open(page)
            kept.append(ms)
            questions = max(questions, asked)
    small, large = (sorted(kept)[int(0.95 * (turns - 1))] for kept in times)
    medians = [statistics.median(kept) for kept in times]
    ratio = large / small
    is_good = ratio <= RATIO and questions <= QUESTIONS
    print(
        f"{'reached' if is_good else 'MISSED '} {page:<28} p95 {small:6.1f} | {large:6.1f} ms"
        f"  ratio {ratio:.2f}  (median {medians[0]:.1f} | {medians[1]:.1f})"
        f"  questions {questions}",
        flush=True,
    )
    return is_good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
