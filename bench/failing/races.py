"""Fifty claim one case, eight presses of every button at once: each act is done once, on both
databases, and everybody else is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from bench.failing.table import Figure, all_of, none_of
from tests.servers import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 200


def figures() -> Iterator[Figure]:
    """Race on SQLite, then on PostgreSQL."""
    yield from _on("SQLite", {})
    with start_postgres() as url:
        yield from _on(
            "PostgreSQL", {"MITRA_TEST_DATABASE": "postgres", "MITRA_TEST_POSTGRES_URL": url}
        )


def _on(name: str, more: dict[str, str]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="mitra-races-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.racing", str(ROUNDS)],
            env={**os.environ, **more, "MITRA_DATA": folder, "OMP_THREAD_LIMIT": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    lines: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or not lines:
        why = done.stderr.strip().rpartition("\n")[2][:200]
        yield Figure(f"{name}: the races were run", "exit 0", f"{done.returncode}: {why}", False)
        return
    reflected, *rounds = lines
    missing = reflected["missing"]
    yield none_of(
        f"{name}: transitions in the code without a race ({', '.join(missing) or 'none'})",
        len(missing), of=reflected["transitions"],
    )  # fmt: skip
    times = Counter(one["race"] for one in rounds)
    each = f"{len(times)} races, {min(times.values())} to {max(times.values())} rounds each"
    good = [one for one in rounds if one["is_one"]]
    yield all_of(f"{name}: rounds with one outcome ({each})", len(good), of=len(rounds))
    codes: Counter[str] = Counter()
    for one in rounds:
        codes.update(one["answers"])
    crashes = sum(count for code, count in codes.items() if code >= "500")
    yield none_of(f"{name}: answers 5xx", crashes, of=sum(codes.values()))
    claims = [one for one in rounds if one["race"] == "claimed_by_fifty"]
    ones = sum(one["is_one"] for one in claims)
    yield all_of(f"{name}: fifty claimers, one has it", ones, of=len(claims))
    for one in rounds:
        if not one["is_one"]:
            yield Figure(f"{name}: {one['race']}", "one", json.dumps(one)[:300], False)
