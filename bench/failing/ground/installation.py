"""A real installation in a folder of its own, on SQLite or PostgreSQL, and this process inside it.

The prepared database is kept between faults (in the system's temporary folder, under a name that
changes with the migrations), because migrating takes longer than most faults. `stand` must be
called before anything of Django is imported; a process stands in one installation.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import django
from django.apps import apps

from tests.servers import start_postgres, start_redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
#: Where the prepared databases are kept, whatever folder a fault is given for itself.
KEPT = "MITRA_FAULTS_KEPT"
PREPARE = ("migrate", "createcachetable", "load_reference")
#: What the keeper of this machine may have chosen must not reach a fault.
CHOICES = (
    *("DATABASE_URL", "BROKER_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "SECRET_KEY"),
    *("SITE_URL", "TRUSTED_PROXY_COUNT", "FILES_URL", "OFFICE_NAME", "LANGUAGE"),
)


@dataclass(frozen=True)
class Installation:
    """Where it is, what its programs are told, and the addresses of its servers ("" for none)."""

    data: Path
    env: dict[str, str]
    database_url: str = ""
    broker_url: str = ""


@contextmanager
def stand(
    *,
    postgres: bool = False,
    redis: bool = False,
    database_url: str = "",
    broker_url: str = "",
    data: Path | None = None,
    **more: str,
) -> Iterator[Installation]:
    """Give a prepared installation in which this process stands; everything is gone afterwards.

    Its servers are started here, unless their addresses are given.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-fault-"))
        data = data or Path(folder, "data")
        database = stack.enter_context(start_postgres()) if postgres else database_url
        broker = stack.enter_context(start_redis()) if redis else broker_url
        place = prepared(data, database_url=database, broker_url=broker, **more)
        enter(place)
        yield place


def prepared(
    data: Path, *, database_url: str = "", broker_url: str = "", **more: str
) -> Installation:
    """Lay an installation in a folder, its database filled from the one prepared for all."""
    env = surroundings_of(data, **more)
    env |= {"DATABASE_URL": database_url} if database_url else {}
    env |= {"BROKER_URL": broker_url} if broker_url else {}
    place = Installation(data, env, database_url, broker_url)
    _fill(place)
    return place


def surroundings_of(data: Path, **more: str) -> dict[str, str]:
    """What the programs of an installation in a folder are told."""
    temporary = data / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name not in CHOICES}
    return env | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MITRA_DATA": str(data),
        "TMPDIR": str(temporary),
        "DEMO": "0",
        "DEBUG": "0",
        "OMP_THREAD_LIMIT": "1",
        "PYTHONUNBUFFERED": "1",
        "LEAST_FREE_MB": "0",
        "SECOND_FACTOR": "0",  # what is measured here is not how people sign in
        **more,
    }


def enter(place: Installation) -> None:
    """Have this process work in an installation, without waiting seconds before acts are final."""
    for name in CHOICES:
        os.environ.pop(name, None)
    os.environ.update(place.env)
    django.setup()
    settings = apps.get_model("workflows", "Setting").objects
    settings.update_or_create(pk="undo_seconds", defaults={"value": 0})


def inside(fault: str) -> ModuleType:
    """The part of a fault that needs the product's own models; only once this process stands in
    an installation can it be imported."""
    return importlib.import_module(f"bench.failing.inside.{fault}")


def run(place: Installation, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run one of the installation's commands."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=place.env,
        capture_output=True,
        text=True,
        check=check,
    )


def _fill(place: Installation) -> None:
    kind = "postgres" if place.database_url else "sqlite"
    kept = _kept(kind)
    if kept.exists():
        _take(place, kept)
        return
    for word in PREPARE:
        run(place, word, "--verbosity", "0")
    draft = kept.with_suffix(f".{os.getpid()}")
    if place.database_url:
        _ask("pg_dump", place, "--format=custom", f"--file={draft}")
    else:
        shutil.copy(place.data / "mitra.sqlite3", draft)
    draft.rename(kept)


def lay_static(place: Installation) -> None:
    """Pages name their styles by content, so a page needs the collected files to be there."""
    if (place.data / "static").is_symlink():
        return
    kept = _kept("static")
    if not kept.exists():
        run(place, "collectstatic", "--noinput", "--verbosity", "0", "--ignore", "viewflow")
        (place.data / "static").rename(draft := kept.with_suffix(f".{os.getpid()}"))
        with contextlib.suppress(OSError):  # another fault was first: theirs is the same
            draft.rename(kept)
    (place.data / "static").symlink_to(kept)


def _kept(kind: str) -> Path:
    folder = os.environ.get(KEPT) or tempfile.gettempdir()
    return Path(folder, f"mitra-faults-{_shape()}.{kind}")


def _take(place: Installation, kept: Path) -> None:
    if place.database_url:
        _ask("pg_restore", place, "--no-owner", str(kept), "--dbname", "mitra")
        return
    shutil.copy(kept, place.data / "mitra.sqlite3")


def _ask(name: str, place: Installation, *words: str) -> None:
    program = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1]
    parts = urlsplit(place.database_url)
    where = ["--host", unquote(parts.hostname or ""), "--username", parts.username or "mitra"]
    given = [] if name == "pg_restore" else ["mitra"]
    subprocess.run([program, *where, *words, *given], check=True, capture_output=True)


def _shape() -> str:
    """What is prepared depends on migrations, reference data and static files."""
    state = hashlib.sha256()
    patterns = ("*/migrations/*.py", "*/reference/**/*.csv", "requirements.lock", "static/**/*")
    for pattern in patterns:
        for path in filter(Path.is_file, sorted(ROOT.glob(pattern))):
            state.update(path.read_bytes())
    return state.hexdigest()[:16]
