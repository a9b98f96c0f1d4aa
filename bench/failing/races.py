"""Fifty claim one case, eight presses of every button at once: each act is done once, on both
databases, and everybody else is told."""

from __future__ import annotations

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
WORDS = {
    "claimed_by_fifty": "fifty claimers, one has it",
    "claimed_on_fifty_pages": "fifty claimers on their pages, one has it",
    "approved": "eight decisions, one counts",
}


def figures() -> Iterator[Figure]:
    """Race on SQLite and on PostgreSQL side by side, a core for each."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-races-")))
        urls = {"SQLite": "", "PostgreSQL": stack.enter_context(start_postgres())}
        runs = {name: _start(folder / name, url) for name, url in urls.items()}
        for name, run in runs.items():
            yield from _told_by(name, run, folder / name)


def _start(folder: Path, url: str) -> subprocess.Popen[bytes]:
    folder.mkdir()
    env = {**os.environ, "MITRA_DATA": str(folder), "OMP_THREAD_LIMIT": "1", "DATABASE_URL": url}
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        words = [sys.executable, "-m", "bench.racing", str(SECONDS)]
        return subprocess.Popen(words, env=env, stdout=out, stderr=err)


def _told_by(name: str, run: subprocess.Popen[bytes], folder: Path) -> Iterator[Figure]:
    code = run.wait()
    said = (folder / "out").read_text().splitlines()
    lines: list[dict[str, Any]] = [json.loads(line) for line in said]
    if code or not lines:
        why = (folder / "err").read_text().strip().rpartition("\n")[2][:200]
        yield Figure(f"{name}: the races were run to their end", "exit 0", f"{code}: {why}", False)
        return
    reflected, *rounds = lines
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
