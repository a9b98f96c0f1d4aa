"""Redis is killed and stays away for a minute: people notice nothing; all is done afterwards."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from bench.failing.ground.installation import stand
from bench.failing.ground.servers import mortal_redis
from bench.failing.ground.web import running_web, upload
from bench.failing.table import Figure, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE, DURING, AWAY_SECONDS, FINISHED_SECONDS = 3, 6, 60, 300
ANSWER_SECONDS = 2.0


def figures() -> Iterator[Figure]:
    """Uploads before, during and after; a real web server, worker and scheduler."""
    with (
        mortal_redis() as (url, redis),
        stand(broker_url=url) as place,
        running_web(place) as web,
    ):
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from documents.models import Paper  # noqa: PLC0415 - once Django is set up
        from tests import worker as programs  # noqa: PLC0415 - once Django is set up

        people.hurry()
        owners = [people.Owner() for _n in range(BEFORE + DURING)]
        bodies = [upload(people.photo()) for _owner in owners]
        env = programs.surroundings(place.data, url)
        with programs.running_beat(env), programs.running_worker(env):
            sent = list(zip(owners, bodies, strict=True))
            early = [_send(web, *one) for one in sent[:BEFORE]]
            redis.stop(signal.SIGKILL)
            gone = time.monotonic()
            late = [_send(web, *one) for one in sent[BEFORE:]]
            time.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - gone)))
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
        usual = max(answer.seconds for answer in early)
        yield Figure(
            f"slowest answer without a broker (with one: {usual:.1f} s)",
            f"{ANSWER_SECONDS:.0f} s", f"{slowest:.1f} s", slowest < ANSWER_SECONDS,
        )  # fmt: skip
        lost = len(owners) - sum(paper.state == "READ" for paper in papers)
        yield none_of("papers lost", lost, of=len(owners))
        yield none_of("papers read twice", people.read_doubly(papers), of=len(owners))
        done = "all finished after the broker is back"
        yield Figure(done, f"{FINISHED_SECONDS} s", f"{seconds:.0f} s", not lost)


def _send(web, owner, form):
    body, headers = form
    return web.post(owner.path, body, {**owner.headers, **headers})
