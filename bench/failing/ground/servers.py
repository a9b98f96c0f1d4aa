"""Servers that are taken away and brought back at the same address."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tests import servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 60


class Server:
    """A program that is killed and started again with the same words."""

    def __init__(self, words: list[str], folder: str, answers: Callable[[], bool]) -> None:
        self.words, self.folder, self.answers = words, folder, answers
        #: As it is now: whoever stands in an installation later is not to pass it on to a server.
        self.env = dict(os.environ)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        owner = servers._unprivileged_user() if "postgres" in self.words[0] else None
        self.process = subprocess.Popen(
            self.words,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **({"user": owner[0], "group": owner[1], "extra_groups": []} if owner else {}),
        )
        deadline = time.monotonic() + SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.words[0]} did not start")
            time.sleep(0.05)

    def stop(self, how: signal.Signals) -> None:
        """End it this way and wait until it is gone."""
        if self.process is None or self.process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, how)
        self.process.wait()


@contextmanager
def mortal_redis() -> Iterator[tuple[str, Server]]:
    """A Redis that keeps nothing over its death, the worst case."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="mitra-redis-") as folder:
        words = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        words += ["--save", "", "--appendonly", "no"]
        server = Server(words, folder, lambda: servers._answers_ping(port))
        server.start()
        try:
            yield f"redis://127.0.0.1:{port}/0", server
        finally:
            server.stop(signal.SIGKILL)


@contextmanager
def mortal_postgres() -> Iterator[tuple[str, Server]]:
    """A PostgreSQL that comes back with what was committed: its files stay, it flushes none of
    them because the machine itself does not die here."""
    with servers.start_postgres() as url:
        folder = _folder_of(url)
        running = _postmaster(folder)
        program = servers._postgres_program("postgres")
        # What was acknowledged must survive the stop: that is the fault's whole question.
        chosen = {**servers.POSTGRES_OPTIONS, "synchronous_commit": "on"}
        options = [f"-c{name}={value}" for name, value in chosen.items()]
        words = [program, "-D", f"{folder}/cluster", "-k", folder, *options]
        is_ready = servers._postgres_program("pg_isready")
        ask = [is_ready, "-q", "-h", folder, "-d", "mitra", "-U", "mitra"]
        server = Server(words, folder, lambda: subprocess.run(ask, check=False).returncode == 0)
        os.kill(running, signal.SIGINT)
        while Path(folder, "cluster/postmaster.pid").exists():
            time.sleep(0.05)
        server.start()
        try:
            yield url, server
        finally:
            server.stop(signal.SIGINT)


def _folder_of(url: str) -> str:
    return unquote(urlsplit(url).netloc.partition("@")[2])


def _postmaster(folder: str) -> int:
    return int(Path(folder, "cluster/postmaster.pid").read_text().split()[0])
