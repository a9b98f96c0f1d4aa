"""How much slower the pages of figures are among many firms: `./mitra bench guidance figures`.

Two sites, one with a hundred times the firms, sessions and seats of the other; what is shown is
counted ahead in both, so the pages should not know. The sites take turns, round by round, each
round in a process of its own; the p95 of each page over all rounds is compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from contextlib import ExitStack
from typing import Any

from bench.listing.databases import KINDS, database, run_in

RATIO, QUERIES = 1.5, 10
FEW, MANY = 10_000, 1_153_576
ROUNDS, ASKS = 5, 40
SHOWN = "bench.guiding.shown"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./mitra bench guidance figures", description=__doc__)
    parser.add_argument("--rows", type=int, default=MANY)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        sites = {
            rows: stack.enter_context(database(chosen.database)) for rows in (FEW, chosen.rows)
        }
        for rows, surroundings in sites.items():
            print(run_in(surroundings, SHOWN, "fill", str(rows)), end="", flush=True)
        found: dict[int, dict[str, list[float]]] = {rows: {} for rows in sites}
        asked: dict[str, int] = {}
        for _round in range(ROUNDS):
            for rows, surroundings in sites.items():
                told = json.loads(run_in(surroundings, SHOWN, "ask", str(ASKS)))
                for page, one in told.items():
                    found[rows].setdefault(page, []).extend(one["ms"])
                    asked[page] = max(asked.get(page, 0), one["queries"])
    return _tell(found, asked, chosen.rows)


def _tell(found: dict[int, dict[str, list[float]]], asked: dict[str, int], many: int) -> int:
    missed = 0
    for page, queries in asked.items():
        few, lots = (_p95(found[rows][page]) for rows in (FEW, many))
        ratio = lots / few
        is_met = ratio <= RATIO and queries <= QUERIES
        missed += not is_met
        print(
            f"{page}: p95 {few:.1f} ms at {FEW:,} firms, {lots:.1f} ms at {many:,}: "
            f"ratio {ratio:.2f} (≤ {RATIO}), {queries} queries (≤ {QUERIES}) "
            f"{'met' if is_met else 'MISSED'}"
        )
    return 1 if missed else 0


def _p95(values: Any) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
