"""A proof that stands among the tests, gone through at length: run as a test in a process of its
own, on the database that is prepared for all faults; it leaves its figures in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.failing.ground.installation import ROOT, prepared


def asked(path: str, chosen: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Run one file of tests with these words in its environment; returns how it ended, and its
    figures. What failed is printed."""
    with tempfile.TemporaryDirectory(prefix="mitra-asked-") as folder:
        figures = Path(folder) / "figures.json"
        surroundings = {**os.environ, **chosen, "MITRA_FIGURES": str(figures)}
        surroundings |= {"MITRA_DATA": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        (prepared(Path(folder, "data")).data / "mitra.sqlite3").rename(Path(folder, "test.sqlite3"))
        command = [sys.executable, "-m", "pytest", path, "--reuse-db"]
        command += ["-q", "--no-header", "--tb=short"]
        done = subprocess.run(
            command, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(done.stdout[-6000:], flush=True)
        counts = json.loads(figures.read_text()) if figures.exists() else {}
    return done.returncode, counts
