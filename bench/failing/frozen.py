"""A worker hangs for a minute while it reads: another takes the work over, the late result is
refused.

The lease is let run out by hand at once (ninety seconds of silence would do the same), so that the
frozen worker comes back after the other one has finished.
"""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from bench.failing.ground.installation import stand
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FROZEN_SECONDS = 60


def figures() -> Iterator[Figure]:
    """Freeze, take over, thaw."""
    with stand(postgres=True, redis=True) as place:
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from bench.failing.workers import _let_leases_run_out, _send_again  # noqa: PLC0415 - once Django is set up
        from documents.models import Paper  # noqa: PLC0415 - once Django is set up
        from tests import worker as programs  # noqa: PLC0415 - once Django is set up
        from workflows.models import Job  # noqa: PLC0415 - once Django is set up

        people.hurry()
        env = programs.surroundings(place.data, place.broker_url)
        with programs.running_worker(env) as frozen:
            with programs.sending_to(place.data, place.broker_url):
                paper = people.hand_in_deed(place.data, 1)
            running = Job.objects.filter(subject_id=paper.pk, kind="read_paper", state="RUNNING")
            programs.wait_until(running.exists, seconds=60)
            first = running.get().token
            os.killpg(frozen.process.pid, signal.SIGSTOP)
            stopped = time.monotonic()
            try:
                _let_leases_run_out()
                with programs.running_worker(env):
                    _send_again(place, programs)
                    read = Paper.objects.filter(pk=paper.pk, state="READ")
                    programs.wait_until(read.exists, seconds=150)
                    took = time.monotonic() - stopped
                second = Job.objects.get(subject_id=paper.pk, kind="read_paper")
                before = sorted(paper.pages.values_list("stored_as", flat=True))
                time.sleep(max(0.0, FROZEN_SECONDS - (time.monotonic() - stopped)))
            finally:
                os.killpg(frozen.process.pid, signal.SIGCONT)
            time.sleep(15)  # the thawed worker tries to keep what it found
        yield all_of("the lease was taken over", int(second.attempts == 2 and bool(first)), of=1)
        yield Figure("read by the other worker after", "150 s", f"{took:.0f} s", took < 150)
        after = sorted(paper.pages.values_list("stored_as", flat=True))
        yield all_of("what the late worker found changed nothing", int(before == after), of=1)
        yield none_of("papers read twice", people.read_doubly([paper]), of=1)
