"""Databases to measure in: each empty but for the regions, and gone when the measuring ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("sqlite", "postgresql")
WITH_DJANGO = (
    "import runpy, sys, django; django.setup(); "
    "runpy.run_module(sys.argv.pop(1), run_name='__main__')"
)


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """Give the environment in which a process finds a new database of this kind.

    A PostgreSQL is started for it (on a socket; it flushes nothing to disk).
    """
    with tempfile.TemporaryDirectory(prefix="mitra-bench-") as folder:
        surroundings = {
            **os.environ,
            "MITRA_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECOND_FACTOR": "0",
        }
        if kind == "sqlite":
            yield _migrated({**surroundings, "DATABASE_URL": ""})
            return
        with start_postgres() as url:
            yield _migrated({**surroundings, "DATABASE_URL": url})


def _migrated(surroundings: dict[str, str]) -> dict[str, str]:
    for word in ("migrate", "load_reference"):
        command = [sys.executable, "manage.py", word, "-v", "0"]
        subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    return surroundings


def run_in(surroundings: dict[str, str], module: str, *words: str) -> str:
    """What a module prints in a process of its own that stands in this database."""
    command = [sys.executable, "-c", WITH_DJANGO, module, *words]
    told = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE)
    return told.stdout.decode()
