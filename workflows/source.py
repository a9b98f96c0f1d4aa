"""The source of the running version as a zip: the licence (AGPL-3.0, section 13) owes it to users.

Made once per process from an allow-list of names, so that it is what runs here, changes included,
and nothing of the data, the keys or the environment can slip in.
"""

from __future__ import annotations

import os
import tempfile
import threading
import zipfile
from functools import cache
from pathlib import Path

from django.conf import settings

NAMES = (
    ".env.example",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "NOTICE",
    "README.md",
    "bench",
    "config",
    "docs",
    "documents",
    "locale",
    "manage.py",
    "mitra",
    "onboarding",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "static",
    "templates",
    "tests",
    "training",
    "workflows",
)
_one_at_a_time = threading.Lock()


def archive() -> Path:
    """Return the path of the zip, made at the first call of this process."""
    with _one_at_a_time:
        return _made(settings.VERSION)


@cache
def _made(version: str) -> Path:
    folder = Path(settings.DATA_DIR) / "source"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"mitra-bejo-{version}.zip"
    top = f"mitra-bejo-{version}"
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as draft:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as bundle:
            for file in files():
                bundle.write(file, f"{top}/{file.relative_to(settings.BASE_DIR)}")
        Path(draft.name).replace(path)
    return path


def files() -> list[Path]:
    """Return the files of the allow-list, without links, caches and hidden files below the top."""
    root = Path(settings.BASE_DIR)
    found = [root / name for name in NAMES if (root / name).is_file()]
    for name in NAMES:
        for folder, folders, names in os.walk(root / name):
            folders[:] = sorted(f for f in folders if not f.startswith((".", "__pycache__")))
            found += [Path(folder) / file for file in sorted(names) if _belongs(file)]
    return [file for file in found if not file.is_symlink()]


def _belongs(name: str) -> bool:
    return not name.startswith(".") and not name.endswith((".pyc", ".sqlite3"))
