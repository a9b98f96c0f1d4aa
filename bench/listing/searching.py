"""How fast and how well a firm is found: `./mitra bench referrals search --rows 1153576`.

In one run and one register: a part of a name or NIB, or a phone, against reading the whole table
for it; names with a slip of the fingers against comparing with every name in memory. A firm counts
as found when its name is among the first ten (several may bear it). Legs take turns, query by
query.
"""

from __future__ import annotations

import argparse
import sys

from bench.listing.databases import KINDS, database, run_in


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./mitra bench referrals search", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_153_576)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    chosen = parser.parse_args(arguments)
    for kind in KINDS if chosen.database == "both" else (chosen.database,):
        print(f"# {kind}, {chosen.rows:,} firms, {chosen.queries} queries of each sort", flush=True)
        with database(kind) as surroundings:
            sizes = (str(chosen.rows), str(chosen.queries))
            print(run_in(surroundings, "bench.listing.searched", *sizes), end="", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
