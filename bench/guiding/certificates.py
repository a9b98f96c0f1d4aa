"""Certificates of one large session: numbered, drawn one by one with progress, bound for printing.

Beside them the PDF library alone draws the same pages.
"""

from __future__ import annotations

import argparse

from bench.listing.databases import database, run_in


def main(arguments: list[str]) -> int:
    """Measure in a database of its own."""
    parser = argparse.ArgumentParser(
        prog="./mitra bench guidance certificates", description=__doc__
    )
    parser.add_argument("--people", type=int, default=1000)
    asked = parser.parse_args(arguments)
    with database("sqlite") as surroundings:
        print(run_in(surroundings, "bench.guiding.drawn", str(asked.people)))
    return 0
