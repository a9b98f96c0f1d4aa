"""A real worker and a real scheduler for tests: the same programs that an installation runs.

`running_worker` and `running_beat` give a `Program` that can be killed outright; `sending_to` lets
this process send its orders to the same broker. All of them are ended by their own process group.
Errors: TimeoutError, when what a test waits for does not come.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from celery import Celery
from django.db import connection

from config.celery import app
from workflows.models import Pulse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 10


class Program:
    """One program in a process group of its own."""

    def __init__(self, *words: str, env: dict[str, str]) -> None:
        self.log = Path(env["MITRA_DATA"], f"{words[0]}.log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", *words],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        """Say whether it runs; raises with its last words when it fell by itself."""
        if self.process.poll() is not None:
            raise RuntimeError(self.log.read_text()[-2000:])
        return True

    def kill(self) -> None:
        """End it as a power cut would, with every process of its group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end; after a while it is killed."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()


def surroundings(data: Path, broker_url: str) -> dict[str, str]:
    """The environment of an installation in ``data`` that works on this test's database."""
    temporary = data / "tmp"
    temporary.mkdir(exist_ok=True)
    env = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TMPDIR": str(temporary),
        "MITRA_DATA": str(data),
        "DATABASE_URL": _database_url(),
        "DEMO": "0",
    }
    return {**env, "BROKER_URL": broker_url} if broker_url else env


@contextmanager
def running_worker(env: dict[str, str]) -> Iterator[Program]:
    """Give a worker that has said hello."""
    Pulse.objects.filter(name="worker").delete()
    quick = ("--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=ERROR")
    program = Program("worker", *quick, env=env)
    try:
        hello = Pulse.objects.filter(name="worker")
        wait_until(lambda: program.is_running() and hello.exists(), seconds=START_SECONDS)
        yield program
    finally:
        program.stop()


@contextmanager
def running_beat(env: dict[str, str]) -> Iterator[Program]:
    """Give a scheduler; its first sweep comes half a minute after its start."""
    schedule = Path(env["MITRA_DATA"], "beat")
    program = Program("beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=ERROR", env=env)
    try:
        yield program
    finally:
        program.stop()


@contextmanager
def sending_to(data: Path, broker_url: str) -> Iterator[None]:
    """Send what this process orders to the broker of an installation."""
    sender = Celery("sender", set_as_current=False)
    sender.config_from_object("django.conf:settings", namespace="CELERY")
    sender.conf.broker_url = broker_url or "filesystem://localhost"
    folder = str(data / "broker")
    Path(folder).mkdir(exist_ok=True)
    embedded = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), folder)
    sender.conf.broker_transport_options = {} if broker_url else embedded
    sender.set_current()
    try:
        yield
    finally:
        app.set_current()
        sender.close()


def wait_until(is_so: Callable[[], Any], *, seconds: float) -> None:
    """Ask again and again until the answer is yes."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so within {seconds} s")
        time.sleep(0.1)


def processes_that_mention(text: str) -> list[str]:
    """Command lines of running processes in which a text stands, such as a folder's name."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            lines += [line] if text in line else []
    return lines


def _database_url() -> str:
    """The database of this test as a URL, whatever name the test run gave it."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    host = quote(str(chosen["HOST"]), safe="")
    return f"postgres://{chosen['USER']}@{host}/{chosen['NAME']}"
