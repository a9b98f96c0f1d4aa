"""Fifty claim one case, eight presses of every button at once: each act is done once, on both
databases, and everybody else is told."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.failing.table import Figure, all_of, none_of
from bench.racing.races import LEAST, OFTEN
from tests.servers import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

#: When both databases stop to begin another round of the races that are run as time allows.
SECONDS = 200
#: Fifty who wait for one row leave a core idle, so the other races run beside them, on a database
#: of their own; the threads of each half stay on one core, on two they mostly hinder each other.
HALVES: tuple[list[str], ...] = (
    ["claimed_by_fifty", "claimed_on_fifty_pages"],
    ["but", "claimed_by_fifty", "claimed_on_fifty_pages"],
)
WORDS = {
    "claimed_by_fifty": "fifty claimers, one has it",
    "claimed_on_fifty_pages": "fifty claimers on their pages, one has it",
    "approved": "eight decisions, one counts",
}


def figures() -> Iterator[Figure]:
    """Race on SQLite and on PostgreSQL side by side."""
    cores = itertools.cycle(sorted(os.sched_getaffinity(0)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-races-")))
        runs: dict[str, list[_Run]] = {"SQLite": [], "PostgreSQL": []}
        for half in HALVES:
            for name, own in runs.items():
                url = stack.enter_context(start_postgres()) if name == "PostgreSQL" else ""
                own.append(_Run(folder / f"{name}{len(own)}", url, half, core=next(cores)))
            next(cores)  # so that each core has a half of either
        for name, own in runs.items():
            yield from _told_by(name, own)


class _Run:
    """Some of the races on one database, in a process of their own on one core."""

    def __init__(self, folder: Path, url: str, names: list[str], *, core: int) -> None:
        folder.mkdir()
        self.out, self.err = folder / "out", folder / "err"
        env = {**os.environ, "MITRA_DATA": str(folder), "OMP_THREAD_LIMIT": "1",
               "DATABASE_URL": url}  # fmt: skip
        with self.out.open("wb") as out, self.err.open("wb") as err:
            words = [sys.executable, "-m", "bench.racing", str(SECONDS), *names]
            self.child = subprocess.Popen(words, env=env, stdout=out, stderr=err)
        os.sched_setaffinity(self.child.pid, {core})

    def lines(self) -> list[dict[str, Any]]:
        """Wait for its end; what it said, first what it saw in the code, then each round.

        Raises RuntimeError when it did not come to its end.
        """
        if code := self.child.wait():
            why = self.err.read_text().strip().rpartition("\n")[2][:200]
            raise RuntimeError(f"{code}: {why}")
        return [json.loads(line) for line in self.out.read_text().splitlines()]


def _told_by(name: str, runs: list[_Run]) -> Iterator[Figure]:
    try:
        told = [run.lines() for run in runs]
    except RuntimeError as error:
        yield Figure(f"{name}: the races were run to their end", "exit 0", str(error), False)
        return
    reflected, rounds = told[0][0], [line for lines in told for line in lines[1:]]
    missing = reflected["missing"]
    yield none_of(
        f"{name}: transitions in the code without a race ({', '.join(missing) or 'none'})",
        len(missing), of=reflected["transitions"],
    )  # fmt: skip
    yield from _rounds(name, rounds)
    codes: Counter[str] = Counter()
    for one in rounds:
        codes.update(one["answers"])
    crashes = sum(count for code, count in codes.items() if code >= "500")
    yield none_of(f"{name}: answers 5xx", crashes, of=sum(codes.values()))
    for one in rounds:
        if not one["is_one"]:
            yield Figure(f"{name}: {one['race']}", "one", json.dumps(one)[:300], False)


def _rounds(name: str, rounds: list[dict[str, Any]]) -> Iterator[Figure]:
    """How often each was run, and how often its outcome was the one of a single press."""
    times = Counter(one["race"] for one in rounds)
    for race, what in WORDS.items():
        ones = sum(one["is_one"] for one in rounds if one["race"] == race)
        yield all_of(f"{name}: {what}", ones, of=max(times[race], OFTEN[race]))
    others = {race: count for race, count in times.items() if race not in OFTEN}
    least = min(others.values())
    yield Figure(f"{name}: rounds of each of the {len(others)} other races, the fewest",
                 f">= {LEAST}", str(least), least >= LEAST)  # fmt: skip
    good = sum(one["is_one"] for one in rounds)
    what = "rounds with one outcome: events, letters, messages, seats, owners, every table"
    yield all_of(f"{name}: {what}", good, of=len(rounds))
