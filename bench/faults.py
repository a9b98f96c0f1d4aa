"""Everything that can fail is made to fail, and a table says what came of it: `./mitra faults`.

Each fault is a module of `bench.failing` with a function ``figures()`` that does the harm to a real
installation of its own (a real worker, PostgreSQL, Redis, web server on loopback) and yields a
`Figure` for each thing that is promised. A fault runs in a process of its own, so that what it
leaves behind cannot help or hurt the next. Exit code 0: all reached; 1: something was missed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Lets a fault run so long; the whole command is meant to take half an hour.
MOST_SECONDS = 900
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
    results = {name: _run(name) for name in chosen.names or known}
    for name, (is_good, seconds) in results.items():
        print(f"{'ok  ' if is_good else 'FAIL'}  {name} ({seconds:.0f} s)")
    return int(not all(is_good for is_good, _seconds in results.values()))


def _run(name: str) -> tuple[bool, float]:
    """One fault in a process group of its own, which is ended with it."""
    print(f"# {name}", flush=True)
    begun = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.faults", "--one", name], cwd=ROOT, start_new_session=True
    )
    try:
        is_good = child.wait(MOST_SECONDS) == 0
    except subprocess.TimeoutExpired:
        print(f"MISSED   {name} was not over after {MOST_SECONDS} s", flush=True)
        is_good = False
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return is_good, time.monotonic() - begun


def _do(name: str) -> int:
    """Do the harm and print each figure as soon as it is known."""
    is_good = True
    try:
        for figure in importlib.import_module(f"bench.failing.{name}").figures():
            print(figure.line(), flush=True)
            is_good &= figure.is_good
    except Exception:
        traceback.print_exc()
        return 1
    return int(not is_good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
