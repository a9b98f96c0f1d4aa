"""The lease of a paper that is being read, and what a long silence does to it.

Needs Django: imported once a process stands in an installation.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tests import worker as programs
from workflows import jobs
from workflows.models import Job
from workflows.tasks import do_job

if TYPE_CHECKING:
    from bench.failing.ground.installation import Installation


def held() -> set[tuple[int, str]]:
    """The papers in the hands of a worker, and the token of each."""
    running = Job.objects.filter(state=Job.State.RUNNING, kind=Job.Kind.READ_PAPER)
    return set(running.values_list("subject_id", "token"))


def run_out() -> None:
    """What ninety seconds of silence would do."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=past, send_after=past)


def send_again(place: Installation) -> None:
    """What the next sweep would do."""
    with programs.sending_to(place.data, place.broker_url):
        jobs.resend_stuck(do_job.delay)
