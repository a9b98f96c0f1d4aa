"""Long work and its lease: claimed by one conditional UPDATE, renewed by a beat, finished with a
token.

The queue only hints that a row waits. Whoever loses the lease (killed, frozen, too slow) can change
nothing any more, because the room calls ``beat`` inside the transaction that keeps its result.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from workflows.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

logger = logging.getLogger("mitra.jobs")

LEASE = timedelta(seconds=90)
#: Entering is one transaction, in which a beat is seen by nobody until the end.
LONG_LEASE = {
    Job.Kind.ENTER_SHEET.value: timedelta(minutes=10),
    Job.Kind.COUNT_FIGURES.value: timedelta(minutes=10),  # a question to a million firms
    Job.Kind.LOOK_FOR_TWINS.value: timedelta(minutes=10),  # the firms of a region in one breath
}
#: Work that nobody waits for: so many are sent by each sweep, behind what people do wait for.
IN_NO_HURRY = {Job.Kind.REREAD_PAPER.value: 2}
MOST_ATTEMPTS = 5
FIRST_RESEND = timedelta(seconds=60)
LONGEST_RESEND = timedelta(minutes=5)


class LeaseLost(Exception):
    """The work was given to another worker; what this one found must not be kept."""


@dataclass(frozen=True)
class Claim:
    """A job in this worker's hands."""

    job: Job
    token: str

    def beat(self) -> None:
        """Renew the lease; raises ``LeaseLost`` when the token is no longer the job's."""
        held = Job.objects.filter(pk=self.job.pk, token=self.token, state=Job.State.RUNNING).update(
            lease_until=timezone.now() + LONG_LEASE.get(self.job.kind, LEASE)
        )
        if held != 1:
            raise LeaseLost(str(self.job))

    def finish(self) -> bool:
        """Mark the job done, if it is still this worker's."""
        return bool(
            Job.objects.filter(pk=self.job.pk, token=self.token).update(
                state=Job.State.DONE, finished_at=timezone.now(), token="", lease_until=None
            )
        )

    def fail(self, error: BaseException) -> None:
        """Put the job back for another try; only the error's class is kept, never its words."""
        now = timezone.now()
        Job.objects.filter(pk=self.job.pk, token=self.token).update(
            state=Job.State.QUEUED,
            token="",
            lease_until=None,
            send_after=now + _pause(self.job.attempts),
            error=type(error).__name__,
        )


def order(kind: str, subject_id: int, *, send: Callable[[int], None]) -> Job:
    """Write the row of work with the act, and hint to the queue after commit.

    A queue that is away costs nothing but time: the sweep sends again.
    """
    job, _made = Job.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        state__in=(Job.State.QUEUED, Job.State.RUNNING),
        defaults={"send_after": timezone.now() + FIRST_RESEND},
    )
    transaction.on_commit(lambda: send(job.pk), robust=True)
    return job


def order_many(kind: str, subject_ids: Sequence[int]) -> int:
    """Write many rows of work in the caller's transaction; only the sweep sends them."""
    jobs = [Job(kind=kind, subject_id=subject_id) for subject_id in subject_ids]
    return len(Job.objects.bulk_create(jobs, batch_size=1000))


def claim(job_id: int) -> Claim | None:
    """Take a job that waits, or one whose worker has gone silent; None when another has it."""
    token = secrets.token_hex(16)
    now = timezone.now()
    taken = (
        Job.objects.filter(pk=job_id, attempts__lt=MOST_ATTEMPTS)
        .filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now))
        .update(
            state=Job.State.RUNNING,
            token=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
    )
    if taken != 1:
        return None
    held = Claim(Job.objects.get(pk=job_id), token)
    held.beat()  # the kind of work decides how long a silence is borne
    return held


def resend_stuck(send: Callable[[int], None]) -> list[Job]:
    """Send again what waits too long; return the jobs that have used up their attempts."""
    now = timezone.now()
    stuck = Job.objects.filter(
        Q(state=Job.State.QUEUED, send_after__lte=now)
        | Q(state=Job.State.RUNNING, lease_until__lt=now, send_after__lte=now)
    )
    hurried = stuck.exclude(kind__in=IN_NO_HURRY).order_by("pk")[:500]
    patient = [stuck.filter(kind=kind).order_by("pk")[:most] for kind, most in IN_NO_HURRY.items()]
    exhausted = []
    for job in chain(hurried, *patient):
        if job.attempts >= MOST_ATTEMPTS:
            exhausted.append(job)
            continue
        Job.objects.filter(pk=job.pk).update(send_after=now + _pause(job.attempts))
        send(job.pk)
    return exhausted


def give_up(job: Job) -> bool:
    """Close a job that no worker could finish; the caller gives the subject to a person."""
    logger.warning("job %s (%s) was given up after %s attempts", job.pk, job.kind, job.attempts)
    return bool(
        Job.objects.filter(pk=job.pk, attempts__gte=MOST_ATTEMPTS)
        .exclude(state=Job.State.DONE)
        .update(state=Job.State.GIVEN_UP, finished_at=timezone.now(), token="", lease_until=None)
    )


def _pause(attempts: int) -> timedelta:
    return min(FIRST_RESEND * 2 ** max(attempts - 1, 0), LONGEST_RESEND)
