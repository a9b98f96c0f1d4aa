"""The keeper of an installation learns what is wrong with it, and what to do, without reading logs.

Each check is a function that gives one Finding; `ok` is well, `note` is worth knowing, `WRONG`
makes the exit code 1. Nothing is changed, and no secret is printed.
"""

import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from config.gate import antivirus
from workflows import clock, demo, pulses
from workflows.models import Job, Pulse

LONGEST_SILENCE = timedelta(minutes=3)  # the sweep runs twice a minute
LONGEST_WAIT = timedelta(minutes=15)
OLDEST_BACKUP = timedelta(hours=26)
PULSE = "worker"  # renewed by the sweep, so it tells of the scheduler too
OK, NOTE, WRONG = "ok", "note", "WRONG"


class Finding(NamedTuple):
    """One line of the doctor's report: how it is, what was looked at, what to do."""

    verdict: str
    what: str
    advice: str = ""


class Command(BaseCommand):
    help = "Say in plain words what is wrong with this installation, and what to do."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        findings = list(examine())
        for finding in findings:
            self.stdout.write(f"{finding.verdict:<5} {finding.what}")
            if finding.advice:
                self.stdout.write(f"      {finding.advice}")
        wrong = sum(finding.verdict == WRONG for finding in findings)
        if wrong:
            self.stdout.write(f"{wrong} of {len(findings)} things are wrong.")
            sys.exit(1)
        self.stdout.write("All is well.")


def examine() -> Iterator[Finding]:
    """Run every check; what needs the database is asked only when the database answers."""
    for check in CHECKS:
        yield check()
    database = check_database()
    yield database
    if database.verdict == OK:
        for check in CHECKS_WITH_DATABASE:
            yield check()


def check_python() -> Finding:
    """Which Python this is; `./mitra` refuses one that is too old."""
    return Finding(OK, f"Python {sys.version.split()[0]}")


def check_tesseract() -> Finding:
    """The reader of scanned papers, with Indonesian."""
    program = shutil.which("tesseract")
    if not program:
        return Finding(
            WRONG,
            "Tesseract is not installed, so photographed papers cannot be read",
            "Run: apt-get install tesseract-ocr tesseract-ocr-ind",
        )
    said = subprocess.run(  # noqa: S603 a program found on PATH, with fixed words
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20
    )
    if "ind" not in said.stdout.split():
        return Finding(
            WRONG,
            "Tesseract has no Indonesian",
            "Run: apt-get install tesseract-ocr-ind",
        )
    return Finding(OK, "Tesseract reads Indonesian")


def check_letters() -> Finding:
    """The maker of PDF letters and the libraries it stands on."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 fails where Pango is missing: that is the check

        HTML(string="<p>surat</p>").write_pdf()
    except (ImportError, OSError) as error:
        return Finding(
            WRONG,
            f"Letters cannot be made: {str(error).splitlines()[0]}",
            "Run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    return Finding(OK, "Letters can be made")


def check_disk() -> Finding:
    """Room for papers in the data directory."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    what = f"{free / 1024**3:.1f} GB free in {settings.DATA_DIR}"
    if free < settings.LEAST_FREE_BYTES:
        return Finding(WRONG, what, "Free some space: below LEAST_FREE_MB papers are refused.")
    return Finding(OK, what)


def check_antivirus() -> Finding:
    """Uploads are looked at by an antivirus, where one is connected."""
    if settings.ANTIVIRUS == antivirus.NONE:
        return Finding(
            NOTE,
            "No antivirus looks at uploads; every file is opened in a child with limits",
            "Set ANTIVIRUS=clamd:/run/clamav/clamd.ctl when ClamAV's daemon runs here.",
        )
    try:
        return Finding(OK, f"The antivirus answers: {antivirus.version_of(settings.ANTIVIRUS)}")
    except antivirus.ScanFailedError as error:
        return Finding(
            WRONG,
            f"The antivirus does not answer ({error}): no upload is taken in",
            "Start its daemon, or look at ANTIVIRUS.",
        )


def check_child() -> Finding:
    """What opens uploads has no network, where the system lets it leave."""
    program = "from config.gate.fence import leave_the_network as go; raise SystemExit(not go())"
    done = subprocess.run(  # noqa: S603 our own line of Python
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, check=False
    )
    if done.returncode == 0:
        return Finding(OK, "What opens uploads has no network")
    return Finding(
        NOTE,
        "What opens uploads keeps the network: this system lets no process leave it",
        "Allow user namespaces to the site's user (kernel.unprivileged_userns_clone=1).",
    )


def check_secret_key() -> Finding:
    """The key that signs sessions and links is nobody else's to read."""
    path = Path(settings.DATA_DIR, "secret_key")
    if path.exists() and path.stat().st_mode & 0o077:
        return Finding(WRONG, "Others can read the secret key", f"Run: chmod 600 {path}")
    return Finding(OK, "The secret key is kept")


def check_site() -> Finding:
    """People reach the site over HTTPS, or from this machine only."""
    if _is_local():
        return Finding(OK, f"The site is for this machine only ({settings.SITE_URL})")
    if not settings.SITE_URL.startswith("https://"):
        return Finding(
            WRONG,
            f"SITE_URL is {settings.SITE_URL}: passwords and papers would travel in the open",
            "Put an HTTPS proxy in front and set SITE_URL=https://…",
        )
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return Finding(
            WRONG,
            "The site is HTTPS but no proxy is trusted, so every page redirects to itself",
            "Set TRUSTED_PROXY_COUNT=1 when one proxy stands in front.",
        )
    return Finding(OK, f"The site is {settings.SITE_URL}")


def check_debug() -> Finding:
    """Debug pages show the insides to anyone."""
    if settings.DEBUG:
        return Finding(NOTE if _is_local() else WRONG, "DEBUG is on", "Set DEBUG=0.")
    return Finding(OK, "DEBUG is off")


def check_demo() -> Finding:
    """The demonstration's passwords are known to everyone."""
    if not (settings.DEMO or demo.is_demo()):
        return Finding(OK, "There are no demonstration accounts")
    if _is_local():
        return Finding(NOTE, "This is a demonstration: its passwords are public")
    return Finding(
        WRONG,
        "Demonstration accounts with public passwords are on a site that others reach",
        "Set DEMO=0 and start with a new data directory.",
    )


def check_source() -> Finding:
    """The licence (AGPL) asks that users can get the source."""
    if settings.SOURCE_URL or _is_local():
        return Finding(OK, f"The source is offered at {settings.SOURCE_URL or '(not set)'}")
    return Finding(
        NOTE,
        "SOURCE_URL is not set: the licence asks that users are offered the source",
        "Set SOURCE_URL to where this version's source can be had.",
    )


def check_mail() -> Finding:
    """Sign-in codes travel by e-mail."""
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding(
            OK if _is_local() else NOTE,
            "E-mail is written to a file or the screen, not sent",
            "" if _is_local() else "Set EMAIL_URL=submission://user:password@host:587",
        )
    try:
        line = get_connection(timeout=5)
        line.open()
        line.close()
    except OSError as error:
        return Finding(
            WRONG,
            f"The mail server {settings.EMAIL_HOST} refuses: {error}",
            "Look at EMAIL_URL: host, port, user and password.",
        )
    return Finding(OK, f"The mail server {settings.EMAIL_HOST} answers")


def check_broker() -> Finding:
    """Work is handed to the worker through the broker."""
    advice = "Look at BROKER_URL, or leave it out to use the embedded broker."
    with current_app.connection_for_write() as line:
        try:
            line.ensure_connection(max_retries=1, timeout=3)
        except (OSError, OperationalError, *line.connection_errors) as error:
            return Finding(WRONG, f"The broker does not answer: {error}", advice)
    return Finding(OK, "The broker answers")


def check_redis() -> Finding:
    """A Redis that others reach takes orders from whoever asks, unless it has a password."""
    cached = settings.CACHES["default"].get("LOCATION", "")
    urls = {"BROKER_URL": settings.CELERY_BROKER_URL, "REDIS_URL": cached}
    for name, url in urls.items():
        parts = urlsplit(str(url))
        elsewhere = parts.scheme in {"redis", "rediss"} and not _is_here(parts.hostname)
        if elsewhere and not parts.password:
            return Finding(
                WRONG,
                f"{name} is a Redis on another host, without a password",
                "Set requirepass there, and redis://:password@host:6379/0 here.",
            )
    if str(settings.CELERY_BROKER_URL).startswith("filesystem") and not _is_here(
        str(connection.settings_dict.get("HOST") or "")
    ):
        return Finding(
            NOTE,
            "The database is on another host, but hints to workers go through a folder of this one",
            "Set BROKER_URL=redis://:password@host:6379/0 for workers on other hosts.",
        )
    return Finding(OK, "Redis is nobody else's to use")


def check_files() -> Finding:
    """The store of papers and letters takes a file, gives it back and forgets it."""
    try:
        name = default_storage.save(f"doctor/{uuid.uuid4().hex}", ContentFile(b"well"))
        with default_storage.open(name) as stored:
            well = stored.read() == b"well"
        default_storage.delete(name)
    except OSError as error:
        return Finding(
            WRONG,
            f"The store of files does not work: {error or type(error).__name__}",
            "Look at FILES_URL (host, bucket, key and its rights), or at MITRA_DATA/files.",
        )
    what = "The store of files gives back what it is given"
    return Finding(OK, what) if well else Finding(WRONG, f"Not so: {what}", "Look at FILES_URL.")


def check_database() -> Finding:
    """The database answers and has the shape that this version expects."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return Finding(WRONG, f"The database does not answer: {reason}", "Look at DATABASE_URL.")
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(
            WRONG,
            f"{len(missing)} changes to the database are still to be made",
            "Run: ./mitra manage migrate",
        )
    return Finding(OK, f"The database ({connection.vendor}) answers and is up to date")


def check_cache() -> Finding:
    """Sign-in limits are counted in the cache that all processes share."""
    try:
        cache.set("doctor", "well", 30)
        well = cache.get("doctor") == "well"
    except (DatabaseError, RedisError, OSError) as error:
        return Finding(
            WRONG,
            f"The cache does not answer: {str(error).splitlines()[0]}",
            "Look at REDIS_URL, or run: ./mitra manage createcachetable",
        )
    if not well:
        return Finding(WRONG, "The cache forgets what it is given", "Look at REDIS_URL.")
    return Finding(OK, "The cache answers")


def check_pulse() -> Finding:
    """The worker was seen lately, at the scheduler's bidding."""
    seen = Pulse.objects.filter(name=PULSE).first()
    if seen is None or clock.now() - seen.seen_at > LONGEST_SILENCE:
        return Finding(
            WRONG,
            "The worker was not seen lately: papers wait unread, messages unsent",
            "Start the site with ./mitra up, or look at the worker's and the scheduler's logs.",
        )
    return Finding(OK, "The worker and the scheduler are at work")


def check_backup() -> Finding:
    """A copy of the installation that is not older than a day."""
    kept = pulses.last(pulses.BACKUP)
    if kept is None:
        what = "No backup was ever made"
    elif clock.now() - kept > OLDEST_BACKUP:
        what = f"The last backup is of {timezone.localtime(kept):%Y-%m-%d %H:%M}"
    else:
        return Finding(OK, f"The last backup is of {timezone.localtime(kept):%Y-%m-%d %H:%M}")
    verdict = NOTE if _is_local() else WRONG
    return Finding(verdict, what, "Run ./mitra backup FILE every night, on another disk.")


def check_queue() -> Finding:
    """No piece of work waits long, and none was given up unnoticed."""
    waiting = Job.objects.filter(
        state=Job.State.QUEUED, send_after__lt=clock.now() - LONGEST_WAIT
    ).count()
    if waiting:
        return Finding(
            WRONG,
            f"{waiting} pieces of work have waited more than 15 minutes",
            "Look whether the worker runs, and whether one long piece holds it.",
        )
    given_up = Job.objects.filter(state=Job.State.GIVEN_UP).count()
    if given_up:
        words = "a person has them, or they are tried again"
        return Finding(NOTE, f"{given_up} pieces of work were given up; {words}")
    return Finding(OK, "No work waits long")


def _is_here(host: str | None) -> bool:
    """No host is a file or a socket, and so is a path."""
    return not host or host.startswith("/") or host in {"127.0.0.1", "localhost", "::1"}


def _is_local() -> bool:
    return urlsplit(settings.SITE_URL).hostname in {"127.0.0.1", "localhost", "::1"}


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_python,
    check_tesseract,
    check_letters,
    check_disk,
    check_secret_key,
    check_antivirus,
    check_child,
    check_site,
    check_debug,
    check_source,
    check_mail,
    check_broker,
    check_redis,
    check_files,
)
CHECKS_WITH_DATABASE: tuple[Callable[[], Finding], ...] = (
    check_demo,
    check_cache,
    check_pulse,
    check_queue,
    check_backup,
)
