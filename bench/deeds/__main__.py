"""Writes a set of invented papers: `python -m bench.deeds OUT --half tuned --documents 30`.

A paper whose truth is there already is left alone, so that a run that was cut off goes on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.deeds import LEVELS, faces
from bench.deeds.draw import HALVES
from bench.deeds.making import Plan, make, plan, write


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.deeds", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=HALVES, required=True)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--levels", default=",".join(LEVELS))
    chosen = parser.parse_args(arguments)
    levels = chosen.levels.split(",")
    if unknown := set(levels) - set(LEVELS):
        parser.error(f"no such level: {', '.join(sorted(unknown))}")
    if gone := faces.missing():
        parser.error(
            f"typefaces are missing ({', '.join(gone)}): ./mitra bench reading brings them"
        )
    chosen.out.mkdir(parents=True, exist_ok=True)
    for planned in plan(chosen.half, chosen.documents, chosen.seed):
        _write(planned, levels, chosen.out)
    return 0


def _write(planned: Plan, levels: list[str], out: Path) -> None:
    wanted = [level for level in levels if not (out / f"{planned.name}.{level}.json").exists()]
    if not wanted:
        return
    paper = make(planned)
    for level in wanted:
        write(paper, level, out)
    print(f"{planned.name}: {len(paper.setting.pages)} pages {planned.anomaly}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
