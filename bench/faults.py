"""Everything that can fail is made to fail, and a table says what came of it: `./mitra faults`.

Each fault is a module of `bench.failing` with a function ``figures()`` that does the harm to a real
installation of its own (a real worker, PostgreSQL, Redis, web server on loopback) and yields a
`Figure` for each thing that is promised. A fault runs in a process and a folder of its own, so that
what it leaves behind cannot help or hurt the next; those that mostly wait run side by side, after
the others. Exit code 0: all reached, within half an hour; 1: something was missed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from bench.failing.ground import processes
from bench.failing.ground.installation import KEPT
from bench.failing.table import Figure

ROOT = Path(__file__).resolve().parent.parent
#: Lets a fault run so long; the whole command is meant to take half an hour.
MOST_SECONDS, TOTAL_SECONDS = 900, 1800
#: For a fault that took too long, to end its servers and mounts.
POLITE_SECONDS = 60
#: Those that wait for what nobody can hurry, and some that keep a core busy, share the time.
SIDE_BY_SIDE = (
    ("deploy", "disk", "hosts", "postgres"),
    ("guesses", "strings"),
    ("broker", "clock", "frozen", "together", "matrix"),
)
FRAME = ("table",)


def main(arguments: list[str]) -> int:
    known = sorted(path.stem for path in (ROOT / "bench/failing").glob("[a-z]*.py"))
    known = [name for name in known if name not in FRAME]
    parser = argparse.ArgumentParser(prog="./mitra faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--one", choices=known, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        return _do(chosen.one)
    if unknown := set(chosen.names) - set(known):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    processes.adopt()
    processes.unwind_when_told()
    return _run_all(list(dict.fromkeys(chosen.names or known)))


def _run_all(names: list[str]) -> int:
    begun = time.monotonic()
    groups = [[name for name in group if name in names] for group in SIDE_BY_SIDE]
    alone = [[name] for name in names if not any(name in group for group in groups)]
    faults = [fault for group in [*alone, *groups] for fault in _run(group)]
    for fault in faults:
        print(f"{'ok  ' if fault.is_good else 'FAIL'}  {fault.name} ({fault.seconds:.0f} s)")
    seconds = time.monotonic() - begun
    total = Figure(f"all that was made to fail ({len(names)})", f"<= {TOTAL_SECONDS} s",
                   f"{seconds:.0f} s", seconds <= TOTAL_SECONDS)  # fmt: skip
    print(total.line())
    return int(not (total.is_good and all(fault.is_good for fault in faults)))


class _Fault:
    """One fault in a process group, a session and a folder of its own."""

    def __init__(self, name: str, *, is_quiet: bool) -> None:
        self.name, self.is_good, self.seconds = name, False, 0.0
        self.folder = tempfile.mkdtemp(prefix=f"mitra-{name}-")
        Path(self.folder).chmod(0o755)  # PostgreSQL works in it as another user
        self.said = Path(self.folder, "said") if is_quiet else None
        self.begun = time.monotonic()
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(self.said.open("wb")) if self.said else None
            self.child = subprocess.Popen(
                [sys.executable, "-m", "bench.faults", "--one", name],
                cwd=ROOT,
                env={KEPT: tempfile.gettempdir(), **os.environ, "TMPDIR": self.folder},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def is_over(self) -> bool:
        """Say whether it has ended by itself, or has run too long."""
        self.seconds = time.monotonic() - self.begun
        return self.child.poll() is not None or self.seconds > MOST_SECONDS

    def close(self, others: list[_Fault]) -> None:
        """Show what it said; end it if it still runs, and whatever it has left."""
        is_late = self.child.poll() is None
        self.is_good = self.child.poll() == 0
        if is_late:
            self._end()
        if self.said:
            print(f"# {self.name}", self.said.read_text(errors="replace"), sep="\n", end="")
        if is_late:
            print(f"MISSED   {self.name} was not over after {self.seconds:.0f} s")
        running = {fault.child.pid for fault in others}
        left = processes.strays(running, seconds=0 if is_late else processes.ORPHAN_SECONDS)
        processes.end(left)
        mounted = processes.unmount_below(self.folder)
        if (left or mounted) and not is_late:
            self.is_good = False
            print(f"MISSED   {self.name} left {len(left)} processes and {mounted} mounts")
        shutil.rmtree(self.folder, ignore_errors=True)
        sys.stdout.flush()

    def _end(self) -> None:
        """Ask it to end, so that it ends its servers and mounts; then kill all that is left."""
        os.killpg(self.child.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(POLITE_SECONDS)
            return
        left = processes.below(self.child.pid)
        self.child.kill()
        processes.end(left)
        self.child.wait()


def _run(names: list[str]) -> list[_Fault]:
    """These at the same time; what several say is kept apart and shown when each is over."""
    if names:
        print(f"# {', '.join(names)}{' side by side' if len(names) > 1 else ''}", flush=True)
    faults = [_Fault(name, is_quiet=len(names) > 1) for name in names]
    running = list(faults)
    try:
        while running:
            time.sleep(0.2)
            for fault in [fault for fault in running if fault.is_over()]:
                running.remove(fault)
                fault.close(running)
    finally:
        for fault in running:  # somebody has ended us
            fault.close([other for other in running if other is not fault])
    return faults


def _do(name: str) -> int:
    """Do the harm and print each figure as soon as it is known."""
    processes.adopt()
    processes.unwind_when_told()
    is_good = True
    try:
        with contextlib.closing(importlib.import_module(f"bench.failing.{name}").figures()) as told:
            for figure in told:
                print(figure.line(), flush=True)
                is_good &= figure.is_good
    except Exception:
        traceback.print_exc()
        return 1
    return int(not is_good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
