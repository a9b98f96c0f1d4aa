"""A new version is put in while fifty cases are open and a paper is being read.

The cases begin on the code of an earlier commit (the newest whose migrations are not those of
today), in a folder of its own; then this code migrates the same database and finishes them.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground.installation import ROOT, Installation, enter, surroundings_of
from bench.failing.table import Figure, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = 50
COMMITS = 40
BEGIN = f"""
import django; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.core.management import call_command
for word in ("migrate", "createcachetable", "load_reference"):
    call_command(word, verbosity=0)
from workflows.models import Setting
Setting.objects.update_or_create(pk="undo_seconds", defaults={{"value": 0}})
from tests import factories as make
from tests.workflows import firms
cases = [firms.submitted() for _n in range({CASES})]
for case in cases[::3]:
    make.verify(case)
for case in cases[::9]:
    case.refresh_from_db()
    make.approve(case)
"""


def figures() -> Iterator[Figure]:
    """Begin on the old code, migrate, finish on the new; end a worker politely meanwhile."""
    with tempfile.TemporaryDirectory(prefix="mitra-deploy-") as folder:
        commit = _commit_before()
        if commit is None:
            yield Figure("earlier code to begin on", "there", "no history here", False)
            return
        old = Path(folder, "old")
        _unpack(commit, old)
        place = Installation(Path(folder, "data"), surroundings_of(Path(folder, "data")))
        subprocess.run([sys.executable, "-c", BEGIN], cwd=old, env=place.env, check=True)
        begun = time.monotonic()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT, env=place.env, check=True,
        )  # fmt: skip
        took = time.monotonic() - begun
        enter(place)
        yield Figure(f"migrated from {commit[:8]}", "120 s", f"{took:.0f} s", took < 120)
        yield from _finish_cases()
        yield from _finish_held_work(place)
        shutil.rmtree(old)


def _finish_cases() -> Iterator[Figure]:
    from bench.failing.ground import people  # noqa: PLC0415 - once Django is set up
    from tests import factories as make  # noqa: PLC0415 - after the set-up
    from workflows.models import Case  # noqa: PLC0415 - once Django is set up
    from workflows.verifying import verify_trail  # noqa: PLC0415 - once Django is set up

    people.hurry()
    make.count = iter(range(1_000_000, 2_000_000))  # the old code began at 1
    steps = {
        "VERIFY": make.verify,
        "DECIDE": make.approve,
        "HAND_OVER": make.hand_over,
        "CONFIRM_LISTING": make.go_live,
    }
    for case in Case.objects.all():
        for stage, step in steps.items():
            case.refresh_from_db()
            if case.stage == stage:
                step(case)
    active = Case.objects.filter(vendor__status="ACTIVE").count()
    stages = sorted(set(Case.objects.values_list("stage", flat=True)))
    yield all_of(f"cases finished on the new code (stages now: {stages})", active, of=CASES)
    yield all_of("the chain of the trail holds", int(verify_trail().ok), of=1)


def _finish_held_work(place: Installation) -> Iterator[Figure]:
    from bench.failing.ground import people  # noqa: PLC0415 - once Django is set up
    from documents.models import Paper  # noqa: PLC0415 - once Django is set up
    from tests import worker as programs  # noqa: PLC0415 - once Django is set up
    from workflows.models import Job  # noqa: PLC0415 - once Django is set up

    env = programs.surroundings(place.data, "")
    with programs.running_worker(env) as worker:
        with programs.sending_to(place.data, ""):
            paper = people.hand_in_deed(place.data, 1)
        running = Job.objects.filter(subject_id=paper.pk, kind="read_paper", state="RUNNING")
        programs.wait_until(running.exists, seconds=60)
        os.kill(worker.process.pid, signal.SIGTERM)
        worker.process.wait(90)
    job = Job.objects.get(subject_id=paper.pk, kind="read_paper")
    is_read = Paper.objects.get(pk=paper.pk).state != "RECEIVED"
    done = is_read and (job.state, job.attempts) == ("DONE", 1)
    yield all_of("work in hand finished by a worker that was asked to end", int(done), of=1)


def _commit_before() -> str | None:
    """The newest commit whose migrations are not those of today; None without a history."""
    today = {str(path.relative_to(ROOT)) for path in ROOT.glob("*/migrations/*.py")}
    for commit in _git("rev-list", f"--max-count={COMMITS}", "HEAD").split():
        names = _git("ls-tree", "-r", "--name-only", commit).split("\n")
        if {name for name in names if "/migrations/" in name and name.endswith(".py")} != today:
            return commit
    return None


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _unpack(commit: str, to: Path) -> None:
    packed = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(to, filter="data")
