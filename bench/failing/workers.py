"""Workers are killed outright twenty times while they really read; nothing is lost or doubled.

Ten kills with Redis and PostgreSQL, ten with the embedded broker and SQLite, side by side.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import stand
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS, PAPERS = 10, 8
ORPHAN_SECONDS, FINISHED_SECONDS = 30, 300


def figures() -> Iterator[Figure]:
    """Both brokers at the same time."""
    yield from side_by_side("workers", ["redis", "embedded"])


def alone(broker: str) -> Iterator[Figure]:
    """One broker."""
    is_redis = broker == "redis"
    with stand(postgres=is_redis, redis=is_redis) as place:
        yield from _kill_and_drain(place)


def _kill_and_drain(place):
    from bench.failing.ground import people  # noqa: PLC0415 - once Django is set up
    from documents.models import Paper  # noqa: PLC0415 - once Django is set up
    from tests import worker as programs  # noqa: PLC0415 - once Django is set up
    from workflows.models import Job  # noqa: PLC0415 - once Django is set up

    people.hurry()
    env = programs.surroundings(place.data, place.broker_url)
    with programs.sending_to(place.data, place.broker_url):
        papers = [people.hand_in_deed(place.data, number) for number in range(PAPERS)]
    kills = 0
    for number in range(KILLS):
        before = set(Job.objects.values_list("pk", "token"))
        with programs.running_worker(env) as worker:
            # Each kill meets a job that this very worker has claimed.
            if number >= PAPERS:  # all of them were met: what ninety seconds of silence would do
                _let_leases_run_out()
                _send_again(place, programs)
            programs.wait_until(partial(_has_claimed_since, before), seconds=90)
            time.sleep(0.15 * number)
            worker.kill()
            kills += 1
    begun = time.monotonic()
    orphans = _orphans_after(programs, place)
    wanted = Paper.objects.filter(pk__in=[paper.pk for paper in papers])
    with programs.running_beat(env), programs.running_worker(env):
        while wanted.filter(state="RECEIVED").exists():
            if time.monotonic() - begun > FINISHED_SECONDS:
                break
            time.sleep(0.5)
        seconds = time.monotonic() - begun
        time.sleep(1)
    yield all_of("kills while a paper was being read", kills, of=KILLS)
    lost = wanted.exclude(state="READ").count()
    yield none_of("papers lost, or sent to a person for an innocent kill", lost, of=PAPERS)
    yield none_of("papers read twice, pictures left over", people.read_doubly(papers), of=PAPERS)
    yield none_of(f"processes left over after {ORPHAN_SECONDS} s", orphans, of=kills)
    yield Figure("all finished after the last kill", "300 s", f"{seconds:.0f} s", lost == 0)


def _has_claimed_since(before: set[tuple[int, str]]) -> bool:
    from workflows.models import Job  # noqa: PLC0415 - once Django is set up

    running = Job.objects.filter(state="RUNNING", kind="read_paper")
    return bool(set(running.values_list("pk", "token")) - before)


def _orphans_after(programs, place):
    deadline = time.monotonic() + ORPHAN_SECONDS
    temporary = str(place.data / "tmp")
    while programs.processes_that_mention(temporary) and time.monotonic() < deadline:
        time.sleep(0.2)
    return len(programs.processes_that_mention(temporary))


def _let_leases_run_out() -> None:
    from datetime import timedelta  # noqa: PLC0415 - once Django is set up

    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from workflows.models import Job  # noqa: PLC0415 - once Django is set up

    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(state="RUNNING").update(lease_until=past, send_after=past)


def _send_again(place, programs) -> None:
    from workflows import jobs  # noqa: PLC0415 - once Django is set up
    from workflows.tasks import do_job  # noqa: PLC0415 - once Django is set up

    with programs.sending_to(place.data, place.broker_url):
        jobs.resend_stuck(do_job.delay)
