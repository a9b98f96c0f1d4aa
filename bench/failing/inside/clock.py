"""Two workers, one ten minutes fast and one ten minutes slow, share the work of a true house."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground import people
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from onboarding import roles
from tests import factories as make, worker as programs
from tests.workflows import firms
from workflows import actions, clock, pulses, tasks
from workflows.models import Case, Job, PendingAct, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bench.failing.ground.installation import Installation

SKEWS = {"+10m": 600, "-10m": -600}
PAPERS, UNDO_SECONDS = 4, 12
#: A machine on which much goes on writes the time of an act a little after it looked at the clock.
NEAR = 120


def figures(place: Installation) -> Iterator[Figure]:
    """An act that can be taken back, and papers to read."""
    people.hurry()
    env = programs.surroundings(place.data, place.broker_url)
    with ExitStack() as stack:
        stack.enter_context(programs.running_beat(env))
        for skew in SKEWS:
            stack.enter_context(programs.running_worker({**env, **_skewed(skew)}))
        with programs.sending_to(place.data, place.broker_url):
            early, was_done = _act_that_can_be_taken_back()
            begun = clock.now()
            papers = [people.hand_in_deed(place.data, number) for number in range(PAPERS)]
        wanted = Paper.objects.filter(pk__in=[paper.pk for paper in papers])
        programs.wait_until(lambda: not wanted.exclude(state="READ").exists(), seconds=200)
        time.sleep(1)
        pulse = pulses.last(pulses.WORKER)
        yield from _skews_seen(begun, pulse)
    done = Job.objects.filter(kind="read_paper", attempts=1, state="DONE").count()
    yield all_of("papers read in one try: no lease ended early", done, of=PAPERS)
    yield none_of("papers read twice", people.read_doubly(papers), of=PAPERS)
    yield none_of("acts carried out while they could be taken back", int(early), of=1)
    yield all_of("acts carried out afterwards", int(was_done), of=1)


def _skews_seen(begun: datetime, pulse: datetime | None) -> Iterator[Figure]:
    """What each worker wrote by its own clock tells who did it, and how wrong it goes."""
    now = clock.now()
    done = Job.objects.filter(kind="read_paper", state="DONE")
    seen = Counter(
        skew
        for at in done.values_list("finished_at", flat=True)
        for skew, seconds in SKEWS.items()
        if -NEAR < (at - begun).total_seconds() - seconds < (now - begun).total_seconds() + NEAR
    )
    told = ", ".join(f"{skew}: {count} papers" for skew, count in sorted(seen.items()))
    yield Figure("workers with a wrong clock that worked", "both", told, len(seen) == len(SKEWS))
    off = abs((now - pulse).total_seconds()) if pulse else None
    yield Figure("their pulse, by the clock of all", f"{NEAR} s old at most", f"{off} s",
                 off is not None and off < NEAR)  # fmt: skip


def _act_that_can_be_taken_back() -> tuple[bool, bool]:
    """Press *verify*; say whether it was carried out before its seconds were over, and after."""
    Setting.objects.filter(pk="undo_seconds").update(value=UNDO_SECONDS)
    case = firms.submitted()
    said = {"recommendation": "Semua dokumen sesuai."}
    officer = make.make_user(roles.OFFICER)
    begun = time.monotonic()
    actions.put_off(case, act=PendingAct.Act.VERIFY, said=said, by=officer, send=tasks.finish_later)
    waiting = PendingAct.objects.filter(ended_at__isnull=True)
    while time.monotonic() - begun < UNDO_SECONDS - 2 and waiting.exists():
        time.sleep(0.2)
    is_early = not waiting.exists()
    programs.wait_until(lambda: not waiting.exists(), seconds=90)
    return is_early, Case.objects.get(pk=case.pk).stage == "DECIDE"


def _skewed(skew: str) -> dict[str, str]:
    """The environment in which a program sees another time of day; its waiting stays as it is."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": str(library), "FAKETIME": skew, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
