"""Writes a list with its truth: `python -m bench.firms OUT --rows 100000 --seed 1`.

OUT/list.csv is a list as an office sends it (the template's titles); OUT/truth.csv says of each row
(as a spreadsheet counts them) which firm it names, so that two rows of one firm are a duplicate.
About one firm in ten is written a second time, some a third time.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.firms.noise import written_again
from bench.firms.register import Firm, firms
from onboarding.imports.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD_OF = {
    "name": "name",
    "legal_form": "form",
    "owner_name": "owner",
    "yearly_sales": "sales",
    "reason": "",
}
KEPT_BACK = 2_000


def rows(count: int, seed: int) -> Iterator[Firm]:
    """`count` rows, each a firm or a second writing of one that came before."""
    rng = random.Random(seed * 7919)
    waiting: list[Firm] = []
    given = 0
    for firm in firms(count, seed):
        for row in (firm, *_due(waiting, rng)):
            if given == count:
                return
            given += 1
            yield row
        if rng.random() < 0.1:
            times = 2 if rng.random() < 0.15 else 1
            waiting.extend(written_again(firm, rng) for _ in range(times))


def _due(waiting: list[Firm], rng: random.Random) -> list[Firm]:
    if not waiting or (len(waiting) < KEPT_BACK and rng.random() > 0.12):
        return []
    at = rng.randrange(len(waiting))
    waiting[at], waiting[-1] = waiting[-1], waiting[at]
    return [waiting.pop()]


def cells(firm: Firm) -> list[str]:
    """A firm as the cells of the template's columns."""
    texts = []
    for column in COLUMNS:
        value = getattr(firm, FIELD_OF.get(column.key, column.key) or "category")
        texts.append("" if value in ("", 0) or column.key == "reason" else str(value))
    return texts


def write(out: Path, count: int, seed: int) -> None:
    """Write list.csv and truth.csv."""
    out.mkdir(parents=True, exist_ok=True)
    with (
        (out / "list.csv").open("w", encoding="utf-8", newline="") as listed,
        (out / "truth.csv").open("w", encoding="utf-8", newline="") as told,
    ):
        list_writer, truth_writer = csv.writer(listed), csv.writer(told)
        list_writer.writerow([column.title for column in COLUMNS])
        truth_writer.writerow(["row", "entity"])
        for number, firm in enumerate(rows(count, seed), start=2):
            list_writer.writerow(cells(firm))
            truth_writer.writerow([number, firm.entity])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.firms", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    write(chosen.out, chosen.rows, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
