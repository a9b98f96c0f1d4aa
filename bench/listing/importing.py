"""How fast a long list is entered: `./mitra bench referrals import --rows 55638 --rows 1153576`.

In one run, leg after leg, each into empty tables with all their indexes: our command, from the
file to the last row with every check (the search for look-alikes follows apart and is not in it),
against one connection that only writes the rows that the command made: the firms alone, and the
firms with their referrals. The writer gets its rows ready made and is timed while it writes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.firms.__main__ import write
from bench.listing.databases import KINDS, ROOT, database, run_in

TARGET, FROM_ROWS, MEMORY_MB = 0.6, 50_000, 600
TABLES = ("onboarding_vendor", "onboarding_referral")
WRITTEN = "bench.listing.written"
LEGS = ("firms", "firms and referrals")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./mitra bench referrals import", description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="more than once for more sizes")
    parser.add_argument("--rounds", type=int, default=0, help="default 3; 1 above 200,000 rows")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--seed", type=int, default=3)
    chosen = parser.parse_args(arguments)
    is_good = True
    for rows in chosen.rows or [55_638]:
        with tempfile.TemporaryDirectory(prefix="mitra-list-") as folder:
            write(Path(folder), rows, chosen.seed)
            for kind in KINDS if chosen.database == "both" else (chosen.database,):
                rounds = chosen.rounds or (3 if rows <= 200_000 else 1)
                is_good &= _race(kind, Path(folder), rows, rounds)
    return 0 if is_good else 1


def _race(kind: str, folder: Path, rows: int, rounds: int) -> bool:
    print(f"# {kind}, {rows:,} rows, {rounds} rounds", flush=True)
    ratios: dict[str, list[float]] = {leg: [] for leg in LEGS}
    memory = 0.0
    with database(kind) as surroundings:
        clean = _Empty(kind, surroundings, folder / f"{kind}.empty")
        for number in range(1, rounds + 1):
            clean.tables()
            told, megabytes = _import(folder / "list.csv", surroundings)
            memory = max(memory, megabytes)
            run_in(surroundings, WRITTEN, "keep", str(folder))
            clean.tables()
            wrote = json.loads(run_in(surroundings, WRITTEN, "write", str(folder)))
            ours = told["rows"] / told["seconds"]
            limits = {
                LEGS[0]: wrote[TABLES[0]]["rows"] / wrote[TABLES[0]]["seconds"],
                LEGS[1]: wrote[TABLES[1]]["rows"] / sum(one["seconds"] for one in wrote.values()),
            }
            for leg, limit in limits.items():
                ratios[leg].append(ours / limit)
            said = ", ".join(f"{leg} {limit:,.0f}" for leg, limit in limits.items())
            print(f"round {number}: ours {ours:,.0f} rows/s ({told['seconds']:.1f} s, "
                  f"{megabytes:.0f} MB); only writing {said} rows/s", flush=True)  # fmt: skip
    return _judge(ratios, memory, rows)


def _judge(ratios: dict[str, list[float]], memory: float, rows: int) -> bool:
    for leg, values in ratios.items():
        spread = f"{min(values):.2f} to {max(values):.2f}"
        print(f"ours / writing {leg}: median {statistics.median(values):.2f} ({spread})")
    best = statistics.median(ratios[LEGS[1]])
    is_small = memory <= MEMORY_MB
    print(f"{'reached' if is_small else 'MISSED '} at most {MEMORY_MB} MB: {memory:.0f}")
    if rows < FROM_ROWS:
        print(f"not judged below {FROM_ROWS:,} rows: at least {TARGET} with referrals: {best:.2f}")
        return is_small
    is_fast = best >= TARGET
    print(f"{'reached' if is_fast else 'MISSED '} at least {TARGET} with referrals: {best:.2f}")
    return is_fast and is_small


class _Empty:
    """Makes the tables empty again, exactly as they were."""

    def __init__(self, kind: str, surroundings: dict[str, str], kept: Path) -> None:
        self.kind, self.surroundings, self.kept = kind, surroundings, kept
        self.file = Path(surroundings["MITRA_DATA"]) / "mitra.sqlite3"
        if kind == "sqlite":
            self.file = next(Path(surroundings["MITRA_DATA"]).glob("*.sqlite3"))
            shutil.copy(self.file, kept)

    def tables(self) -> None:
        """Empty them, and let the database come to rest."""
        if self.kind == "sqlite":
            for part in self.file.parent.glob(f"{self.file.name}*"):
                part.unlink()
            shutil.copy(self.kept, self.file)
            os.sync()
            return
        words = "TRUNCATE onboarding_vendor, onboarding_referralsheet CASCADE; VACUUM; CHECKPOINT"
        for word in words.split("; "):
            command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SQL.format(word)]
            subprocess.run(command, cwd=ROOT, env=self.surroundings, check=True)


SQL = "from django.db import connection; connection.cursor().execute('{}')"


def _import(path: Path, surroundings: dict[str, str]) -> tuple[dict[str, Any], float]:
    """What the command said, and the most memory that it held, in MB."""
    command = [sys.executable, "manage.py", "import_referrals", str(path), "--agency", "dindik"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, "--json"], cwd=ROOT, env=surroundings, stdout=said, stderr=subprocess.DEVNULL
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"the import ended with {process.returncode}")
        said.seek(0)
        return json.loads(said.read()), usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
