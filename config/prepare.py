"""Bring a data directory up to date before the site starts: `python -m config.prepare FILE`.

Each step may be repeated; a second start finds little to do. The demonstration's accounts are
written to FILE as JSON, for the one who starts the site to show.
"""

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from config.terminal import Trouble, step

NOT_SERVED = ["viewflow"]  # 50 MB for screens that we never mount, with links to files it lacks


def prepare(accounts_file: Path) -> None:
    """Migrate, load reference data, collect static files, and load the demonstration if asked.

    Raises Trouble when the database cannot be used.
    """
    with step("reading the settings"):
        django.setup()
    try:
        with step("bringing the database up to date"):
            bring_up_to_date()
    except (OperationalError, ProgrammingError) as error:
        raise Trouble(f"The database cannot be used: {str(error).strip()}") from None
    with step("loading reference data"):
        call_command("load_reference", stdout=StringIO())
    collect_static(Path(settings.STATIC_ROOT))
    if not settings.DEMO:
        return
    print("• demonstration data, made once", flush=True)
    try:
        call_command("load_demo")
    except CommandError as error:
        raise Trouble(f"{error} To start without it: ./mitra up --no-demo") from None
    with accounts_file.open("w") as accounts:
        call_command("demo_accounts", "--json", stdout=accounts)


def bring_up_to_date() -> None:
    """Change the shape of the database where that is still to be done.

    Where nothing is, nothing is touched: an office's site has a role that may not (docs/deploy).
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static(root: Path) -> None:
    """Copy the static files to `root`, unless nothing changed since the last time."""
    stamp = root / ".state"
    state = static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    with step("collecting the static files"):
        call_command(
            "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=NOT_SERVED
        )
    stamp.write_text(state)


def static_state() -> str:
    """Sum up what the static files are made from: our own, and the locked packages' own."""
    state = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            about = path.stat()
            state.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return state.hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        prepare(Path(sys.argv[1]))
    except Trouble as trouble:
        sys.exit(str(trouble))
