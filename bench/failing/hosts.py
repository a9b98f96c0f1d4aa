"""The web on one host, the work on another: they share PostgreSQL, Redis and the store, no file.

A paper is sent to the web host, read on the other and looked at through the first; letters are
ordered on the one, bound on the other and fetched from the first. Two schedulers run. Where the
system allows no namespaces, that is said and nothing is claimed.
"""

from __future__ import annotations

import socket
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bench.failing.ground.hosts import (
    DATA,
    PORT,
    SERVERS,
    SHARED,
    Host,
    end,
    hosts,
    wait,
    why_not,
)
from bench.failing.ground.installation import ROOT, inside, stand
from bench.failing.table import Figure, all_of, none_of
from config.start import programs
from tests import servers
from tests.stores import running_store

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "rahasia-contoh"
FORGE = """
import django; django.setup()
import sys
from django.db import DatabaseError, connection
try:
    connection.cursor().execute(sys.argv[1])
except DatabaseError as error:
    print("refused" if "permission denied" in str(error) else error)
"""
FORGERIES = (
    "UPDATE workflows_auditevent SET act = 'x'",
    "DELETE FROM workflows_auditevent",
    "TRUNCATE workflows_look",
    "UPDATE workflows_chainlink SET hash = ''",
    "INSERT INTO workflows_chainlink (event_id, hash) VALUES (1, '')",
    "DELETE FROM django_migrations",
)


def figures() -> Iterator[Figure]:
    """Real gunicorn, worker, schedulers, PostgreSQL, Redis with a password, S3 server."""
    if why := why_not():
        yield Figure(f"two hosts (not possible here: {why})", "two", "none", is_good=False)
        return
    env = {"SITE_URL": f"http://10.213.7.2:{PORT}", "SECRET_KEY": "k" * 60}
    env |= {"SECURE_COOKIES": "0", "SECOND_FACTOR": "0"}
    with ExitStack() as stack:
        # The hosts come first: the servers listen at an address on their line.
        web, work = stack.enter_context(hosts({}))
        database = stack.enter_context(_postgres())
        redis = stack.enter_context(_redis())
        files = stack.enter_context(running_store(SERVERS))
        shared = {"FILES_URL": files, "REDIS_URL": f"{redis}/1", **env}
        place = stack.enter_context(stand(database_url=database, broker_url=f"{redis}/0", **shared))
        own = {"MITRA_DATA": DATA, "TMPDIR": "/tmp", "DATABASE_URL": _lesser(database)}
        for host in (web, work):
            host.env = {**place.env, **own}
        yield from _told_apart(web, work)
        running = _start(web, work)
        try:
            wait(lambda: web.ask("/healthz").status > 0, running)
            yield from inside("hosts").figures(web, work, place.data / "tmp", running)
        finally:
            for process in running.values():
                end(process)


def _lesser(database_url: str) -> str:
    """Let the hosts work as the role that docs/deploy makes for the site; gives its URL."""
    psql = servers._postgres_program("psql")
    role = "CREATE ROLE mitra_app LOGIN PASSWORD 'contoh'"
    rights = ROOT / "docs/deploy/trail.sql"
    for words in (("-c", role), ("-f", str(rights))):
        subprocess.run([psql, "-qX", *words, database_url], check=True, capture_output=True)
    return database_url.replace("mitra@", "mitra_app:contoh@")


def _told_apart(web: Host, work: Host) -> Iterator[Figure]:
    for name, host in (("web", web), ("work", work)):
        where = host.run("-c", SHARED)[1].split()
        yield none_of(f"{name} host: writable places that others see {where}", len(where), of=4)
    forged = sum(work.run("-c", FORGE, act)[1].split()[-1:] != ["refused"] for act in FORGERIES)
    yield none_of("changes of the trail that the site's role may make", forged, of=len(FORGERIES))
    code, said = work.run("-c", "import config.settings", SECRET_KEY="")
    is_refused = code != 0 and "SECRET_KEY must be given" in said
    yield all_of(
        "start refused without SECRET_KEY beside a database elsewhere", int(is_refused), of=1
    )


def _start(web: Host, work: Host) -> dict[str, subprocess.Popen[str]]:
    """What `./mitra up` starts, each on its host, and a second scheduler on the other."""
    code, said = web.run("-m", "config.prepare", "/tmp/accounts.json")
    if code:
        raise RuntimeError(said)
    words = {name: command[1:] for name, command in programs(PORT, web.env["MITRA_DATA"]).items()}
    at = words["web"].index("--bind") + 1
    words["web"][at] = f"0.0.0.0:{PORT}"
    return {
        "web": web.start(*words["web"]),
        "worker": work.start(*words["worker"]),
        "scheduler": work.start(*words["scheduler"]),
        "second scheduler": web.start(*words["scheduler"]),
    }


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL that the hosts reach by their line."""
    servers.POSTGRES_OPTIONS["listen_addresses"] = SERVERS
    with servers.start_postgres() as url:
        folder = unquote(urlsplit(url).netloc.partition("@")[2])
        with Path(folder, "cluster/pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.213.0.0/16 trust\n")
        psql = servers._postgres_program("psql")
        ask = [psql, "-qX", "-h", folder, "-U", "mitra", "-c", "SELECT pg_reload_conf()", "mitra"]
        subprocess.run(ask, check=True, capture_output=True)
        yield f"postgres://mitra@{SERVERS}/mitra"


@contextmanager
def _redis() -> Iterator[str]:
    """A Redis as docs/deploy has it: with a password, at the address of the servers."""
    config = ROOT / "docs/deploy/redis.conf"
    port = servers._free_port()
    with tempfile.TemporaryDirectory(prefix="mitra-redis-") as folder:
        words = ["redis-server", str(config), "--port", str(port), "--bind", SERVERS]
        words += ["--dir", folder, "--requirepass", PASSWORD, "--logfile", ""]
        with servers._running(words, folder, None, stop=servers.signal.SIGTERM) as process:
            servers._wait_until(process, lambda: _listens(port), "Redis")
            yield f"redis://:{PASSWORD}@{SERVERS}:{port}"


def _listens(port: int) -> bool:
    try:
        socket.create_connection((SERVERS, port), timeout=1).close()
    except OSError:
        return False
    return True
