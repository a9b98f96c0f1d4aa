"""Whether this installation can do its work, in a second at most: for monitors, not for people.

The database decides between up and down; without a broker, a worker or Tesseract the site still
takes papers in, so that is only "degraded".
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from workflows import clock, pulses

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_SILENCE = timedelta(minutes=3)  # the sweep runs twice a minute
BROKER_SECONDS = 0.5  # to connect, and again for the answer


@dataclass(frozen=True)
class Health:
    """What was found; ``broker`` is None for one that cannot be asked (in memory, in tests)."""

    database: bool
    broker: bool | None
    worker_seen_at: datetime | None
    is_silent: bool
    tesseract: str | None

    @property
    def status(self) -> str:
        """``down`` without a database, ``degraded`` when work would wait, else ``ok``."""
        if not self.database:
            return "down"
        if self.broker is False or self.is_silent or self.tesseract is None:
            return "degraded"
        return "ok"


def examine() -> Health:
    """Ask the database, the broker, the worker's pulse and Tesseract; raises nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seen = pulses.last(pulses.WORKER)
        is_silent = seen is None or clock.now() - seen > LONGEST_SILENCE
        is_up = True
    except DatabaseError:
        is_up, seen, is_silent = False, None, True
    broker = broker_answers(settings.CELERY_BROKER_URL)
    return Health(is_up, broker, seen, is_silent, tesseract_version())


def broker_answers(url: str) -> bool | None:
    """Ask a Redis for its pulse; the embedded broker is a folder that must be writable."""
    scheme = url.partition("://")[0]
    if scheme == "filesystem":
        return os.access(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]), os.W_OK)
    if scheme not in ("redis", "rediss"):
        return None
    broker = redis.Redis.from_url(
        url, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
    )
    try:
        return bool(broker.ping())
    except redis.RedisError:
        return False
    finally:
        broker.close()


@cache
def tesseract_version() -> str | None:
    """Return the version of the reader of papers, or None without one; asked once per process."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 - a program found on PATH, with fixed words
            [program, "--version"], capture_output=True, text=True, check=False, timeout=10
        )
    except subprocess.TimeoutExpired:  # it is there; the machine is only busy
        return Path(program).name
    words = (said.stdout or said.stderr).split()
    return words[1] if len(words) > 1 else Path(program).name
