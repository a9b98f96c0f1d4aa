"""Papers sent, and tried by a worker, while a disk is full; then there is room again."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from bench.failing.ground import leases, people
from bench.failing.ground.installation import run
from bench.failing.ground.web import upload
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import worker as programs
from workflows import clock, jobs, orphans
from workflows.models import Job
from workflows.tasks import do_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.web import Web

#: Left on the disk: SQLite then breaks off in the middle of an act, not before it.
SPARE = {"files": 0, "database": 20_000, "broker": 0}
LARGE = 700_000
TRIES, WAITING = 10, 2
FINISHED_SECONDS = 200


def figures(place_of: str, place: Installation, web: Web, at: Path) -> Iterator[Figure]:
    """Fill, send, try, free, send again, wait until all is read."""
    people.hurry()
    owners = [people.Owner() for _n in range(TRIES)]
    (place.data / "files").mkdir(exist_ok=True)
    with programs.sending_to(place.data.parent, ""):  # no worker hears of these yet
        waiting = [people.hand_in_deed(place.data.parent, number) for number in range(WAITING)]
    env = programs.surroundings(place.data, place.broker_url) | {"LEAST_FREE_MB": "0"}
    with programs.running_worker(env) as worker:
        if place_of != "files":
            _leave(at / "ballast", at, SPARE[place_of])
        size = LARGE if place_of == "files" else 0
        statuses = [_send(web, owner, people.photo(size)) for owner in owners]
        _leave(at / "ballast", at, 0)
        yield from _told(place_of, statuses, len(waiting))
        yield from _tried(place_of, place, waiting)
        subprocess.run(["mount", "-o", "remount,size=256m", str(at)], check=True)
        left = [owner for owner, was in zip(owners, statuses, strict=True) if was != 302]
        again = [_send(web, owner, people.photo(size)) for owner in left]
        yield all_of("sent again when there is room", again.count(302), of=len(left))
        yield all_of("the worker stands through it", int(worker.process.poll() is None), of=1)
        yield from _read_in_the_end(place, env)
    run(place, "sweep", "--files", "--older-than", "0")
    names = len(list(orphans.find_orphans(until=clock.now())))
    yield none_of("files without a row after the sweep", names, of=orphans.count_files())
    yield none_of("rows without a whole file", people.broken_files(), of=Paper.objects.count())


def _told(place_of: str, statuses: list[int], known: int) -> Iterator[Figure]:
    """What people were told while the disk was full."""
    wanted = 302 if place_of == "broker" else 507
    told = statuses.count(wanted)
    yield Figure(
        f"answers {wanted} while it is full", "more than 0", f"{told} of {TRIES}", told > 0
    )
    others = sum(status not in (302, 507) for status in statuses)
    yield none_of("other answers (a bare 500, none)", others, of=TRIES)
    taken = Paper.objects.count() - known
    yield all_of("answers *taken* that have a row", taken, of=statuses.count(302))
    yield none_of("rows without a whole file", people.broken_files(), of=taken + known)


def _tried(place_of: str, place: Installation, waiting: list[Paper]) -> Iterator[Figure]:
    """More tries than a job has that fails by its own fault; none of them may count."""
    job = Job.objects.get(kind="read_paper", subject_id=waiting[0].pk)
    tries = 0
    for _n in range(jobs.MOST_ERRORS + 1):
        with programs.sending_to(place.data, place.broker_url), contextlib.suppress(Exception):
            do_job.delay(job.pk)  # a full broker refuses it
        has_failed = partial(_has_failed, job, job.send_after)
        with contextlib.suppress(TimeoutError):
            programs.wait_until(has_failed, seconds=20 if place_of == "files" else 2)
            tries += 1
    if place_of == "files":  # elsewhere neither a hint nor a try can be written down
        yield all_of("tries of a worker while it is full", tries, of=jobs.MOST_ERRORS + 1)
    job.refresh_from_db()
    yield none_of("of these held against the paper", job.errors, of=tries)
    given_up = Paper.objects.exclude(state__in=("RECEIVED", "READ")).count()
    yield none_of("papers given up while it is full", given_up, of=Paper.objects.count())


def _has_failed(job: Job, before: datetime) -> bool:
    job.refresh_from_db()
    return job.state == "QUEUED" and job.send_after != before


def _read_in_the_end(place: Installation, env: dict[str, str]) -> Iterator[Figure]:
    unread = Paper.objects.exclude(state="READ")
    leases.run_out()
    leases.send_again(place)
    with programs.running_beat(env), contextlib.suppress(TimeoutError):
        programs.wait_until(lambda: not unread.exists(), seconds=FINISHED_SECONDS)
    yield none_of("papers that were not read in the end", unread.count(), of=Paper.objects.count())


def _send(web: Web, owner: people.Owner, picture: bytes) -> int:
    body, headers = upload(picture)
    return web.post(owner.path, body, {**owner.headers, **headers}).status


def _leave(ballast: Path, at: Path, spare: int) -> None:
    """Fill a disk but for so many bytes."""
    with ballast.open("ab", buffering=0) as out:
        while (free := shutil.disk_usage(at).free) > spare:
            out.write(b"\0" * min(free - spare, 65_536))
