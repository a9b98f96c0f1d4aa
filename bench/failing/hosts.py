"""The web on one host, the work on another: they share PostgreSQL, Redis and the store, no file.

A paper is sent to the web host, read on the other and looked at through the first; letters are
ordered on the one, bound on the other and fetched from the first. Two schedulers run. Where the
system allows no namespaces, that is said and nothing is claimed.
"""

from __future__ import annotations

import hashlib
import http.client
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from bench.failing.ground.hosts import DATA, SERVERS, SHARED, Host, end, hosts, why_not
from bench.failing.ground.installation import ROOT, stand
from bench.failing.ground.web import signed_in, upload
from bench.failing.table import Figure, all_of, none_of
from config.start import programs
from tests import servers
from tests.stores import running_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECONDS = 200
PORT = 8000
PASSWORD = "rahasia-contoh"
HASH = """
import django; django.setup()
import hashlib, sys
from django.core.files.storage import default_storage
print(hashlib.sha256(default_storage.open(sys.argv[1]).read()).hexdigest())
"""


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
            _wait(lambda: _ask(web, "/healthz").status > 0, running)
            yield from _walk(web, work, place.data / "tmp", running)
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


def _walk(web: Host, work: Host, folder: Path, running: Mapping[str, Any]) -> Iterator[Figure]:
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    from bench.failing.ground import people  # noqa: PLC0415 - once Django is set up
    from documents.models import PageImage, Paper, PaperFile  # noqa: PLC0415 - once Django is set up
    from onboarding import roles  # noqa: PLC0415 - once Django is set up
    from tests import factories as make  # noqa: PLC0415 - once Django is set up
    from tests.workflows import campaigns  # noqa: PLC0415 - once Django is set up
    from workflows.models import AuditEvent, LetterRun  # noqa: PLC0415 - once Django is set up

    people.hurry()
    owner, desk = people.Owner(), signed_in(make.make_user(roles.OFFICER))
    picture = people.photo(1_000_000)
    body, kind = upload(picture)
    sent = _ask(web, owner.path, body, {**owner.headers, **kind})
    yield all_of("a paper was sent to the web host", int(sent.status == 302), of=1)
    begun = time.monotonic()
    people.hand_in_deed(folder, 1)
    _wait(lambda: not Paper.objects.exclude(state=Paper.State.READ).exists(), running)
    seconds = time.monotonic() - begun
    yield Figure(
        "it and a deed were read on the other host", "60 s", f"{seconds:.0f} s", seconds < 60
    )
    item, page = PaperFile.objects.earliest("pk"), PageImage.objects.earliest("pk")
    shown = _ask(web, reverse("documents:page_image", args=[page.pk]), headers=desk)
    yield all_of(
        "the officer sees the page that was drawn there", int(shown.body[8:12] == b"WEBP"), of=1
    )
    digest = hashlib.sha256(picture).hexdigest()
    original = _ask(web, reverse("documents:original", args=[item.pk]), headers=desk)
    here = hashlib.sha256(original.body).hexdigest()
    there = work.run("-c", HASH, item.stored_as)[1].split()[-1]
    yield all_of(
        "the original is the same on both, byte for byte", int(here == there == digest), of=1
    )
    campaign = campaigns.draft("dindik", "dinkes")
    _ask(web, f"/permintaan/{campaign.pk}/surat/", b"act=write", {**desk, **_FORM})
    _wait(lambda: LetterRun.objects.exclude(stored_as="").exists(), running)
    bundle = _ask(web, f"/permintaan/berkas/{LetterRun.objects.get().pk}/", headers=desk)
    yield all_of(
        "letters ordered here, bound there, fetched here", int(bundle.body[:4] == b"%PDF"), of=1
    )
    reads = AuditEvent.objects.filter(act="read_paper").count()
    yield Figure("papers read once each, with two schedulers", "2", str(reads), reads == 2)
    kept = web.files() | work.files()
    papers = {name for name in kept if not name.startswith(("static", "beat", "source", "."))}
    yield none_of(f"files of people on either host {sorted(papers)[:3]}", len(papers), of=len(kept))


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class _Answer:
    """A status and a body; status 0 when nobody answers."""

    def __init__(self, status: int = 0, body: bytes = b"") -> None:
        self.status, self.body = status, body


def _ask(
    host: Host, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> _Answer:
    line = http.client.HTTPConnection(host.address, PORT, timeout=60)
    try:
        line.request("POST" if body else "GET", path, body or None, dict(headers or {}))
        answer = line.getresponse()
        return _Answer(answer.status, answer.read())
    except (OSError, http.client.HTTPException):
        return _Answer()
    finally:
        line.close()


def _wait(is_so: Callable[[], bool], running: Mapping[str, subprocess.Popen[str]]) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        for name, process in running.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name} fell: {process.communicate()[0][-1500:]}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"not so within {SECONDS} s:\n{_last_words(running)}")
        time.sleep(0.2)


def _last_words(running: Mapping[str, subprocess.Popen[str]]) -> str:
    for process in running.values():
        end(process)
    return "\n".join(
        f"{name}: {process.communicate()[0][-800:]}" for name, process in running.items()
    )


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
