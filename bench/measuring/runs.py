"""Runs readers in children of their own and keeps what they said and what it cost.

What was read once is kept under the hash of the files and of the reader's sources, so that a bench
that was cut off goes on where it was. CPU seconds are those of the child and all its children.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "documents" / "reading"
ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True)
class Paper:
    """One paper at one level: its truth and its files."""

    told: dict
    folder: Path

    @property
    def name(self) -> str:
        return self.told["id"]

    @property
    def files(self) -> list[Path]:
        return [self.folder / file for file in self.told["files"]]

    @property
    def pages(self) -> int:
        return self.told["pages"]


@dataclass(frozen=True)
class Ran:
    """A child that has ended: its output's lines with the moment each came."""

    code: int
    lines: list[tuple[str, float, float]]  # text, wall seconds, CPU seconds until then
    wall: float
    cpu: float


def run(command: list[str | Path]) -> Ran:
    """Run a command to its end in one thread and say what it cost."""
    begun = time.perf_counter()
    lines = []
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        assert child.stdout
        for line in child.stdout:
            lines.append((line, time.perf_counter() - begun, _cpu_of(child.pid)))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    return Ran(child.returncode, lines, wall, used.ru_utime + used.ru_stime)


def _cpu_of(pid: int) -> float:
    """CPU seconds so far of a child and of those of its children that have ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in after_name[11:15]) / os.sysconf("SC_CLK_TCK")


def hash_of(*paths: Path) -> str:
    """One hash over the names and bytes of files, and of all that lies in folders."""
    return hashlib.sha256("".join(map(_hash_of, paths)).encode()).hexdigest()[:20]


@cache  # asked once: a reader that is changed while it is measured stays the one it was
def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    inside = [file for file in path.rglob("*") if "__pycache__" not in file.parts]
    for file in sorted(inside) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Shelf:
    """Where answers are kept: one JSON file for each question."""

    folder: Path

    def ask(self, kind: str, key: str, answer: Callable[[], dict]) -> dict:
        """The kept answer, or a new one that is kept."""
        path = self.folder / kind / f"{key}.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
        told = answer()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        unfinished.rename(path)
        return told


def read_by_us(paper: Paper) -> dict:
    """Our reading, through the command that the site itself runs: answer, cost, first answer."""
    command = [sys.executable, "-m", "documents.reading", "read", *paper.files]
    ran = run(command)
    answer = json.loads(ran.lines[-1][0]) if ran.lines else {"refusal": f"exit {ran.code}"}
    return {
        "read": answer.get("reading", answer),
        "cpu": ran.cpu,
        "wall": ran.wall,
        "first": _first_answer(ran),
    }


FIRST = ("deed_number", "deed_date", "notary_name", "company_name")


def _first_answer(ran: Ran) -> dict | None:
    """When number, date, notary and name were out, each with a box."""
    for line, wall, cpu in ran.lines:
        told = json.loads(line)
        told = told.get("progress") or told.get("reading") or {}
        placed = {one["field"] for one in told.get("evidence") or []}
        if all((told.get("fields") or {}).get(name) and name in placed for name in FIRST):
            return {"wall": wall, "cpu": cpu, "done": told.get("done")}
    return None
