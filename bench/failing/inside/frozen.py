"""Freeze the worker, take its work over, thaw it, and see what it still does."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from bench.failing.ground import leases, people, processes
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import worker as programs
from workflows.models import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation

FROZEN_SECONDS = 60
READ_SECONDS = 150


def figures(place: Installation) -> Iterator[Figure]:
    """The frozen worker is known to have come to an end with the first paper when it, the only
    one left, has read the next."""
    people.hurry()
    env = programs.surroundings(place.data, place.broker_url)
    with programs.running_worker(env) as frozen:
        paper = _hand_in(place, 1)
        programs.wait_until(leases.held, seconds=60)
        os.killpg(frozen.process.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        held = leases.held()
        try:
            leases.run_out()
            with programs.running_worker(env):
                leases.send_again(place)
                took = _until_read(paper)
            second = Job.objects.get(subject_id=paper.pk, kind="read_paper")
            before = _pictures(paper)
            next_paper = _hand_in(place, 2)
            time.sleep(max(0.0, FROZEN_SECONDS - (time.monotonic() - stopped)))
        finally:
            os.killpg(frozen.process.pid, signal.SIGCONT)
        frozen_for = time.monotonic() - stopped
        again = _until_read(next_paper)
    met = {subject for subject, _token in held} == {paper.pk}
    yield all_of("frozen while the paper was being read", int(met), of=1)
    yield Figure("frozen for", f">= {FROZEN_SECONDS} s", f"{frozen_for:.0f} s",
                 frozen_for >= FROZEN_SECONDS)  # fmt: skip
    yield all_of("the lease was taken over", int(second.attempts == 2), of=1)
    yield _in_time("read by the other worker after", took)
    yield all_of("what the late worker found changed nothing", int(before == _pictures(paper)),
                 of=1)  # fmt: skip
    yield _in_time("the thawed worker reads the next paper after", again)
    papers = [paper, next_paper]
    yield none_of("papers read twice", people.read_doubly(papers), of=len(papers))
    left = processes.left_of(place)
    yield none_of(f"processes left over after {processes.ORPHAN_SECONDS} s", len(left), of=2)


def _hand_in(place: Installation, number: int) -> Paper:
    with programs.sending_to(place.data, place.broker_url):
        return people.hand_in_deed(place.data, number)


def _until_read(paper: Paper) -> float:
    begun = time.monotonic()
    read = Paper.objects.filter(pk=paper.pk, state="READ")
    programs.wait_until(read.exists, seconds=READ_SECONDS)
    return time.monotonic() - begun


def _pictures(paper: Paper) -> list[str]:
    return sorted(paper.pages.values_list("stored_as", flat=True))


def _in_time(what: str, seconds: float) -> Figure:
    return Figure(what, f"< {READ_SECONDS} s", f"{seconds:.0f} s", seconds < READ_SECONDS)
