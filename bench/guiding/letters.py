"""Firms invited with a letter each, against the PDF library alone drawing the same pages.

Ours is everything: seats, moves, the trail, a message and a letter for each firm, its number and
signature, the PDF drawn, hashed and stored, and all of them bound for printing. Runs of ours and of
the bare library take turns in one process, a part of the firms each, so that both meet the same
machine.
"""

from __future__ import annotations

import argparse

from bench.listing.databases import database, run_in


def main(arguments: list[str]) -> int:
    """Measure in a database of its own; 1 when the ratio misses its target."""
    parser = argparse.ArgumentParser(prog="./mitra bench guidance letters", description=__doc__)
    parser.add_argument("--firms", type=int, default=500)
    parser.add_argument("--turns", type=int, default=5, help="parts in which both take turns")
    asked = parser.parse_args(arguments)
    with database("sqlite") as surroundings:
        told = run_in(surroundings, "bench.guiding.invited", str(asked.firms), str(asked.turns))
    print(told, end="")
    return 0 if "missed" not in told else 1
