"""Uploads before the broker goes and while it is away, and what has become of them afterwards."""

from __future__ import annotations

import signal
import statistics
import time
from typing import TYPE_CHECKING

from bench.failing.ground import people
from bench.failing.ground.web import upload
from bench.failing.table import Figure, none_of
from documents.models import Paper
from tests import worker as programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.servers import Server
    from bench.failing.ground.web import Answer, Web

BEFORE, DURING, AWAY_SECONDS, FINISHED_SECONDS = 3, 6, 60, 300
ANSWER_SECONDS = 2.0


def figures(place: Installation, web: Web, redis: Server) -> Iterator[Figure]:
    """Kill, wait, start, wait until all is read."""
    people.hurry()
    owners = [people.Owner() for _n in range(BEFORE + DURING)]
    env = programs.surroundings(place.data, place.broker_url)
    with programs.running_beat(env), programs.running_worker(env):
        early = [_send(web, owner) for owner in owners[:BEFORE]]
        redis.stop(signal.SIGKILL)
        gone = time.monotonic()
        late = []
        for number, owner in enumerate(owners[BEFORE:], start=1):
            late.append(_send(web, owner))
            spent = time.monotonic() - gone
            time.sleep(max(0.0, AWAY_SECONDS * number / DURING - spent))
        redis.start()
        back = time.monotonic()
        waiting = Paper.objects.filter(state="RECEIVED")
        while waiting.exists() and time.monotonic() - back < FINISHED_SECONDS:
            time.sleep(0.5)
        seconds = time.monotonic() - back
    papers = list(Paper.objects.all())
    slowest = max(answer.seconds for answer in late)
    others = sum(answer.status != 302 for answer in early + late)
    yield none_of("uploads that were not taken", others, of=len(owners))
    usual = statistics.median(answer.seconds for answer in early)
    yield Figure(
        f"slowest answer without a broker (with one: {usual:.1f} s)",
        f"{ANSWER_SECONDS:.0f} s more at most", f"{slowest:.1f} s",
        slowest - usual < ANSWER_SECONDS,
    )  # fmt: skip
    lost = len(owners) - sum(paper.state == "READ" for paper in papers)
    yield none_of("papers lost", lost, of=len(owners))
    yield none_of("papers read twice", people.read_doubly(papers), of=len(owners))
    yield Figure("all finished after the broker is back", f"{FINISHED_SECONDS} s",
                 f"{seconds:.0f} s", not lost and seconds <= FINISHED_SECONDS)  # fmt: skip


def _send(web: Web, owner: people.Owner) -> Answer:
    body, headers = upload(people.photo())
    return web.post(owner.path, body, {**owner.headers, **headers})
