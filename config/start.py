"""Keep the whole site running on one machine: `python -m config.start PORT`.

Prepares the data directory, then runs the web server, the worker and the scheduler side by side,
each in a process group of its own with its name before every line. One that falls is started again;
SIGINT, SIGTERM or SIGHUP ends them all within a few seconds.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from config.terminal import Trouble, print_table

READY_SECONDS = 120
STOP_SECONDS = 4  # work that is cut short is taken up again by the sweep
MOST_FALLS = 5  # in a row, each sooner than STEADY_SECONDS after its start
STEADY_SECONDS = 60


def programs(port: int, data: str) -> dict[str, list[str]]:
    """Name the three programs of an installation, with their commands."""
    python = [sys.executable, "-m"]
    # Celery warns at length when root runs it, as in most containers; we accept no pickles.
    calm = [sys.executable, "-W", "ignore::UserWarning:celery.platforms", "-m"]
    celery = [*calm, "celery", "--quiet", "--app", "config"]
    return {
        "web": [
            *(*python, "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--graceful-timeout", "4", "--log-level", "warning", "--no-control-socket"),
        ],
        "worker": [
            *(*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle"),
        ],
        "scheduler": [
            *(*celery, "beat", "--loglevel", "WARNING"),
            *("--pidfile", "", "--schedule", f"{data}/beat-schedule"),
        ],
    }


def answers(port: int, site_url: str) -> bool:
    """Tell whether the site says that it is well; a redirect to HTTPS is an answer too."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Host": urlsplit(site_url).netloc, "X-Forwarded-Proto": "https"}
    with suppress(OSError, http.client.HTTPException):
        line.request("GET", "/healthz", headers=headers)
        return line.getresponse().status < 400
    return False


class Programs:
    """Runs programs side by side until told to stop."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.begun_at: dict[str, float] = {}
        self.falls = dict.fromkeys(commands, 0)
        self.stopping = threading.Event()

    def run(self, is_ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Run until a signal; call `announce` once. Raises Trouble when one does not stay up."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        deadline: float | None = time.monotonic() + READY_SECONDS
        try:
            for name in self.commands:
                self.start(name)
            while not self.stopping.wait(0.25):
                self.raise_fallen(starting=deadline is not None)
                if deadline and is_ready():
                    deadline = None
                    announce()
                if deadline and time.monotonic() > deadline:
                    raise Trouble(f"The site did not answer within {READY_SECONDS} s.")
        finally:
            self.end_all()

    def start(self, name: str) -> None:
        """Start one program, which the kernel ends if this process is killed outright."""
        setpriv = shutil.which("setpriv")
        guard = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
        self.begun_at[name] = time.monotonic()
        process = self.running[name] = subprocess.Popen(
            [*guard, *self.commands[name]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=_relay, args=(name, process.stdout), daemon=True).start()

    def raise_fallen(self, *, starting: bool) -> None:
        """Start again what ended by itself, later each time; not while all are still starting."""
        for name, process in self.running.items():
            if process.poll() is None or self.stopping.is_set():
                continue
            _end_group(process)
            steady = time.monotonic() - self.begun_at[name] > STEADY_SECONDS
            self.falls[name] = 1 if steady else self.falls[name] + 1
            if starting or self.falls[name] > MOST_FALLS:
                raise Trouble(f"The {name} program does not stay up; its own words are above.")
            print(f"• {name} ended (exit {process.returncode}); starting it again", flush=True)
            self.stopping.wait(self.falls[name] - 1)
            self.start(name)

    def end_all(self) -> None:
        """Ask all; whoever is still there after a few seconds is killed, children included."""
        for process in self.running.values():
            with suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0, deadline - time.monotonic()))
            _end_group(process)


def _relay(name: str, lines: IO[str]) -> None:
    for line in lines:
        print(f"{name:<9} | {line.rstrip()}", flush=True)


def _end_group(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def start(port: int) -> None:
    """Prepare and run the site of MITRA_DATA on `port`. Raises Trouble."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "accounts.json")
        if subprocess.run([sys.executable, "-m", "config.prepare", note], check=False).returncode:
            raise Trouble("The site was not started.")
        accounts = json.loads(note.read_text()) if note.exists() else []

    def announce() -> None:
        print(f"• starting took {time.monotonic() - begun:.1f} s")
        print(f"ready: http://127.0.0.1:{port}", flush=True)
        print_table(accounts)

    commands = programs(port, os.environ["MITRA_DATA"])
    Programs(commands).run(lambda: answers(port, os.environ["SITE_URL"]), announce)


if __name__ == "__main__":
    try:
        start(int(sys.argv[1]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)
