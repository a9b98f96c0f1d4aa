"""Tests meet the real PostgreSQL and the real Redis, started here and gone when they end.

`start_postgres` and `start_redis` are context managers that give a URL; `shared_postgres` gives one
server to a whole run, workers included. Only the standard library is used, so that `./mitra`, which
runs before anything is installed, can start the same servers. The servers listen on a socket file
or on a free port of this machine, keep nothing, and are ended by their own process id.
Errors: ServerMissing, when a program is not installed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

POSTGRES_VARIABLE = "MITRA_TEST_POSTGRES_URL"
START_SECONDS = 60
STOP_SECONDS = 10
POSTGRES_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}
_open_servers = ExitStack()


class ServerMissing(RuntimeError):
    """Raised when a server program that a test needs is not on this machine."""


@contextmanager
def start_postgres() -> Iterator[str]:
    """Give the URL of a new, empty PostgreSQL cluster on a socket file; user and database `mitra`.

    The cluster flushes nothing to disk: it is quick, and worthless after a crash.
    """
    initdb, postgres, is_ready, psql = (
        _postgres_program(name) for name in ("initdb", "postgres", "pg_isready", "psql")
    )
    owner = _unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="mitra-pg-") as folder:
        if owner:
            shutil.chown(folder, *owner)
        cluster = f"{folder}/cluster"
        arguments = ["-U", "mitra", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([initdb, "-D", cluster, *arguments], folder, owner)
        options = [f"-c{name}={value}" for name, value in POSTGRES_OPTIONS.items()]
        server = [postgres, "-D", cluster, "-k", folder, *options]
        with _running(server, folder, owner, stop=signal.SIGINT) as process:
            _wait_until(process, lambda: _succeeds([is_ready, "-q", "-h", folder]), "PostgreSQL")
            create = "CREATE DATABASE mitra"
            _run([psql, "-qX", "-h", folder, "-U", "mitra", "-c", create, "postgres"], folder, None)
            yield f"postgres://mitra@{quote(folder, safe='')}/mitra"


@contextmanager
def start_redis() -> Iterator[str]:
    """Give the URL of a new, empty Redis on a free port of this machine."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerMissing("redis-server is not installed; './mitra test' installs it.")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="mitra-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with _running([program, *options], folder, None, stop=signal.SIGTERM) as process:
            _wait_until(process, lambda: _answers_ping(port), "Redis")
            yield f"redis://127.0.0.1:{port}/0"


def shared_postgres() -> str:
    """Give one PostgreSQL to a whole test run: the first caller starts it, children inherit it."""
    if POSTGRES_VARIABLE not in os.environ:
        os.environ[POSTGRES_VARIABLE] = _open_servers.enter_context(start_postgres())
    return os.environ[POSTGRES_VARIABLE]


def stop_shared() -> None:
    """End what this process started with `shared_postgres`; call it once, at the end of the run."""
    _open_servers.close()


def _postgres_program(name: str) -> str:
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: float(path.parts[-3]),
    )
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise ServerMissing(f"PostgreSQL's {name} is not installed; './mitra test' installs it.")
    return program


def _unprivileged_user() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root; its own account serves, or else nobody's."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return account.pw_uid, account.pw_gid
    raise ServerMissing("PostgreSQL cannot run as root and there is no other account here.")


def _identity(owner: tuple[int, int] | None) -> dict[str, Any]:
    return {"user": owner[0], "group": owner[1], "extra_groups": ()} if owner else {}


def _run(command: Sequence[str], folder: str, owner: tuple[int, int] | None) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, **_identity(owner)
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def _running(
    command: Sequence[str],
    folder: str,
    owner: tuple[int, int] | None,
    *,
    stop: signal.Signals,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends, or until this process dies, whatever kills it."""
    setpriv = shutil.which("setpriv")
    guard = [setpriv, "--pdeathsig", stop.name.removeprefix("SIG"), "--"] if setpriv else []
    with Path(folder, "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*guard, *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_identity(owner),
        )
        try:
            yield process
        finally:
            _end(process, stop)


def _end(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    process.send_signal(stop)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{name} did not start (exit {process.poll()}).")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _answers_ping(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=1) as line,
    ):
        line.sendall(b"PING\r\n")
        return line.recv(7).startswith(b"+PONG")
    return False
