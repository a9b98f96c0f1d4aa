"""Workers whose clocks are ten minutes fast and slow: nothing ends early, nothing is done twice."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground.installation import stand
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SKEWS = ("+10m", "-10m")
PAPERS, UNDO_SECONDS = 4, 12


def figures() -> Iterator[Figure]:
    """Two skewed workers and a true scheduler, on PostgreSQL and Redis."""
    with stand(postgres=True, redis=True) as place, ExitStack() as stack:
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from documents.models import Paper  # noqa: PLC0415 - once Django is set up
        from tests import worker as programs  # noqa: PLC0415 - once Django is set up
        from workflows.models import Job  # noqa: PLC0415 - once Django is set up

        people.hurry()
        env = programs.surroundings(place.data, place.broker_url)
        stack.enter_context(programs.running_beat(env))
        for skew in SKEWS:
            stack.enter_context(programs.running_worker({**env, **_skewed(skew)}))
        with programs.sending_to(place.data, place.broker_url):
            early, was_done = _act_that_can_be_taken_back()
            papers = [people.hand_in_deed(place.data, number) for number in range(PAPERS)]
        wanted = Paper.objects.filter(pk__in=[paper.pk for paper in papers])
        programs.wait_until(lambda: not wanted.exclude(state="READ").exists(), seconds=200)
        time.sleep(1)
        claims = Job.objects.filter(kind="read_paper", attempts=1, state="DONE").count()
        yield all_of(f"workers with a wrong clock ({', '.join(SKEWS)})", len(SKEWS), of=2)
        yield all_of("papers read in one try: no lease ended early", claims, of=PAPERS)
        yield none_of("papers read twice", people.read_doubly(papers), of=PAPERS)
        yield none_of("acts carried out while they could be taken back", int(early), of=1)
        yield all_of("acts carried out afterwards", int(was_done()), of=1)


def _act_that_can_be_taken_back():
    """Press *verify*; say whether it was carried out before its seconds were over."""
    from onboarding import roles  # noqa: PLC0415 - once Django is set up
    from tests import factories as make  # noqa: PLC0415 - once Django is set up
    from tests.worker import wait_until  # noqa: PLC0415 - once Django is set up
    from tests.workflows import firms  # noqa: PLC0415 - once Django is set up
    from workflows import actions, tasks  # noqa: PLC0415 - once Django is set up
    from workflows.models import Case, PendingAct, Setting  # noqa: PLC0415 - once Django is set up

    Setting.objects.filter(pk="undo_seconds").update(value=UNDO_SECONDS)
    case = firms.submitted()
    said = {"recommendation": "Semua dokumen sesuai."}
    officer = make.make_user(roles.OFFICER)
    begun = time.monotonic()
    actions.put_off(case, act=PendingAct.Act.VERIFY, said=said, by=officer, send=tasks.finish_later)
    waiting = PendingAct.objects.filter(ended_at__isnull=True)
    while time.monotonic() - begun < UNDO_SECONDS - 2 and waiting.exists():
        time.sleep(0.2)
    early = not waiting.exists()

    def was_done() -> bool:
        wait_until(lambda: not waiting.exists(), seconds=90)
        return Case.objects.get(pk=case.pk).stage == "DECIDE"

    return early, was_done


def _skewed(skew: str) -> dict[str, str]:
    """The environment in which a program sees another time of day; its waiting stays as it is."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": str(library), "FAKETIME": skew, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
