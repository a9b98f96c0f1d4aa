"""Kill worker after worker, then let one finish what all of them began."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.failing.ground import leases, people, processes
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import worker as programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation

KILLS, PAPERS = 10, 8
FINISHED_SECONDS = 300


def figures(place: Installation) -> Iterator[Figure]:
    """Each kill comes a little later into the reading than the one before."""
    people.hurry()
    env = programs.surroundings(place.data, place.broker_url)
    with programs.sending_to(place.data, place.broker_url):
        papers = [people.hand_in_deed(place.data, number) for number in range(PAPERS)]
    met = sum(_kill(place, env, number) for number in range(KILLS))
    left = processes.left_of(place)
    begun = time.monotonic()
    wanted = Paper.objects.filter(pk__in=[paper.pk for paper in papers])
    with programs.running_beat(env), programs.running_worker(env):
        while wanted.filter(state="RECEIVED").exists():
            if time.monotonic() - begun > FINISHED_SECONDS:
                break
            time.sleep(0.5)
        seconds = time.monotonic() - begun
        time.sleep(1)
    yield all_of("kills that left a paper half read", met, of=KILLS)
    lost = wanted.exclude(state="READ").count()
    yield none_of("papers lost, or sent to a person for an innocent kill", lost, of=PAPERS)
    yield none_of("papers read twice, pictures left over", people.read_doubly(papers), of=PAPERS)
    yield none_of(f"processes left over after {processes.ORPHAN_SECONDS} s", len(left), of=KILLS)
    yield Figure("all finished after the last kill", f"{FINISHED_SECONDS} s", f"{seconds:.0f} s",
                 lost == 0 and seconds <= FINISHED_SECONDS)  # fmt: skip


def _kill(place: Installation, env: dict[str, str], number: int) -> bool:
    """Kill a worker that reads; say whether its token is on a job that nobody works at any more."""
    before = leases.held()
    with programs.running_worker(env) as worker:
        if number >= PAPERS:  # all of them were met: what ninety seconds of silence would do
            leases.run_out()
            leases.send_again(place)
        programs.wait_until(lambda: leases.held() - before, seconds=90)
        time.sleep(0.15 * number)
        worker.kill()
    return bool(leases.held() - before)
