"""A new version is put in while fifty cases are open, people go on asking and a paper is read.

The cases begin on the code before the last change of a migration, in a folder of its own; then this
code migrates the database and finishes them. An office stops the web server before it migrates
(docs/operations.md, *Upgrade*); here the old one goes on answering, which is harder.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import ROOT, Installation, enter, inside, surroundings_of
from bench.failing.ground.web import Web, upload
from bench.failing.table import Figure
from tests.servers import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = 50
LATE_SECONDS = 2  # of asking after the migration, still of the old code
#: Said by the old code, so nothing of this version may stand in it that was not there before.
BEGIN = f"""
import django, json; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.core.management import call_command
for word in ("migrate", "createcachetable", "load_reference"):
    call_command(word, verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["viewflow"])
from workflows.models import Setting
Setting.objects.update_or_create(pk="undo_seconds", defaults={{"value": 0}})
from django.test import Client
from django.urls import reverse
from tests import factories as make
from tests.workflows import firms
cases = [firms.submitted() for _n in range({CASES})]
for case in cases[::3]:
    make.verify(case)
for case in cases[::9]:
    case.refresh_from_db()
    make.approve(case)
vendor, browser = firms.guided(), Client()
browser.force_login(make.owner_of(vendor), backend="onboarding.permissions.RoleBackend")
path = reverse("workflows:hand_in_paper", args=[vendor.pk, "ktp"])
print(json.dumps({{"path": path, "session": browser.cookies["sessionid"].value}}))
"""


def figures() -> Iterator[Figure]:
    """Both databases at the same time."""
    yield from side_by_side("deploy", ["sqlite", "postgres"])


def alone(database: str) -> Iterator[Figure]:
    """Begin on the old code, migrate, finish on the new; end a worker politely meanwhile."""
    commit = _commit_before()
    yield Figure("code before the last change of the shape", "there", commit[:8], bool(commit))
    if not commit:
        return
    with tempfile.TemporaryDirectory(prefix="mitra-deploy-") as folder, ExitStack() as stack:
        url = stack.enter_context(start_postgres()) if database == "postgres" else ""
        old = Path(folder, "old")
        _unpack(commit, old)
        more = {"DATABASE_URL": url} if url else {}
        place = Installation(Path(folder, "data"), surroundings_of(Path(folder, "data"), **more))
        begun = [sys.executable, "-c", BEGIN]
        said = subprocess.run(begun, cwd=old, env=place.env, check=True, stdout=subprocess.PIPE)
        with _people_asking(place, old, **json.loads(said.stdout)) as answers:
            seconds = _migrate(place)
            time.sleep(LATE_SECONDS)
        enter(place)
        yield Figure(f"migrated from {commit[:8]}", "120 s", f"{seconds:.0f} s", seconds < 120)
        yield from inside("deploy").figures(place, answers)


def _migrate(place: Installation) -> float:
    begun = time.monotonic()
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=place.env, check=True)
    return time.monotonic() - begun


@contextmanager
def _people_asking(place, old, path, session):
    """An owner looks and sends photos, somebody opens the sign-in, until the block ends."""
    mark = "c" * 32
    browser = {"Cookie": f"sessionid={session}; csrftoken={mark}", "X-CSRFToken": mark}
    web = Web(place, preexec_fn=partial(os.chdir, old))
    answers, is_over = [], threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            body, headers = upload(_photo(len(answers)))
            answers.append(("look", web.get(path, **browser)))
            answers.append(("send", web.post(path, body, {**browser, **headers})))
            answers.append(("sign in", web.get("/akun/login/")))

    thread = threading.Thread(target=ask, daemon=True)
    web.start()
    thread.start()
    try:
        yield answers
    finally:
        is_over.set()
        thread.join(60)
        web.kill()


def _photo(number: int) -> bytes:
    """A JPEG that is different each time."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), (number % 256, number // 256, 7)).save(buffer, "JPEG")
    return buffer.getvalue()


def _commit_before() -> str:
    """The parent of the last commit that touched a migration; "" without a history."""
    last = _git("log", "-1", "--format=%H", "--", "*/migrations/*.py").strip()
    return _git("rev-parse", "--verify", "--quiet", f"{last}^").strip() if last else ""


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _unpack(commit: str, to: Path) -> None:
    packed = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(to, filter="data")
