"""The road walked by chance, at length: all acts by all roles in any order, also wrong ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.failing.ground import installation
from bench.failing.table import Figure, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS, STEPS = 500, 50
#: One for each core; each walks its share with a seed of its own.
WALKERS = 2
#: Nobody sets out again after this long; then too few steps are a figure that was missed.
SECONDS = 780


def figures() -> Iterator[Figure]:
    """Walk in several processes at once and add up what they saw."""
    with tempfile.TemporaryDirectory(prefix="mitra-road-") as folder:
        installation.prepared(Path(folder, "first"))  # so that no two prepare it at once
        walkers = [_start(seed, f"{folder}/{seed}") for seed in range(WALKERS)]
        told = [_end(walker) for walker in walkers]
    done: Counter[str] = Counter()
    for one in told:
        done.update(one["done"])
    runs = sum(one["runs"] for one in told)
    steps = sum(one["steps"] for one in told)
    yield Figure(f"runs of the road by chance, {STEPS} steps at most", f">= {RUNS}", str(runs),
                 runs >= RUNS)  # fmt: skip
    yield Figure("steps that were really taken, tries that were refused among them",
                 f">= {RUNS * STEPS}", str(steps), steps >= RUNS * STEPS)  # fmt: skip
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
        [
            sys.executable,
            "-m",
            "tests.journeys",
            *map(str, (RUNS // WALKERS, STEPS, seed, SECONDS)),
        ],
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
