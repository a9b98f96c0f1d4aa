"""The road walked by chance, at length: all acts by all roles in any order, also wrong ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS, STEPS = 500, 50
#: One for each core; each walks its share with a seed of its own.
WALKERS = 2


def figures() -> Iterator[Figure]:
    """Walk in several processes at once and add up what they saw."""
    with tempfile.TemporaryDirectory(prefix="mitra-road-") as folder:
        walkers = [_start(seed, f"{folder}/{seed}") for seed in range(WALKERS)]
        told = [_end(walker) for walker in walkers]
    done: Counter[str] = Counter()
    for one in told:
        done.update(one["done"])
    runs = sum(one["runs"] for one in told)
    steps = sum(one["steps"] for one in told)
    yield all_of(f"runs of the road by chance, {STEPS} steps at most", runs, of=RUNS)
    yield Figure("steps that were really taken", f">= {RUNS * STEPS // 2}", f"{steps}",
                 steps >= RUNS * STEPS // 2)  # fmt: skip
    faults = [one["fault"] for one in told if one["fault"]]
    yield none_of(
        "illegal state, one pair of eyes, an act without its one event", len(faults), of=runs
    )
    for fault in faults:
        yield Figure("what went wrong", "nothing", fault, False)
    never = sorted(set().union(*(one["acts"] for one in told)) - set(done))
    yield none_of(f"acts that never succeeded ({', '.join(never) or 'none'})", len(never),
                  of=len(told[0]["acts"]))  # fmt: skip


def _start(seed: int, folder: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys", str(RUNS // WALKERS), str(STEPS), str(seed)],
        env={**os.environ, "MITRA_DATA": folder, "OMP_THREAD_LIMIT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _end(walker: subprocess.Popen[str]) -> dict[str, Any]:
    out, _nothing = walker.communicate()
    lines = out.strip().splitlines()
    if not lines:
        return {"runs": 0, "steps": 0, "done": {}, "acts": [], "fault": "the walker ended early"}
    found: dict[str, Any] = json.loads(lines[-1])
    return found
