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

from workflows import broker, clock
from workflows.away import is_away
from workflows.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

logger = logging.getLogger("mitra.jobs")

OPEN = (Job.State.QUEUED, Job.State.RUNNING)
LEASE = timedelta(seconds=90)
#: Entering is one transaction, in which a beat is seen by nobody until the end.
LONG_LEASE = {
    Job.Kind.ENTER_SHEET.value: timedelta(minutes=10),
    Job.Kind.COUNT_FIGURES.value: timedelta(minutes=10),  # a question to a million firms
    Job.Kind.LOOK_FOR_TWINS.value: timedelta(minutes=10),  # the firms of a region in one breath
}
#: Work that nobody waits for: so many are sent by each sweep, behind what people do wait for.
IN_NO_HURRY = {Job.Kind.REREAD_PAPER.value: 2}
#: A job that raises so often goes to a person. Tries that died with their worker say less about
#: the job (somebody restarted the machine), so they are counted apart and borne longer.
MOST_ERRORS = 5
MOST_ATTEMPTS = 15
USED_UP = Q(attempts__gte=MOST_ATTEMPTS) | Q(errors__gte=MOST_ERRORS)
#: What has been away for so long is not the house: perhaps the work itself asks for too much.
LONGEST_AWAY = timedelta(days=3)
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
            lease_until=clock.now() + LONG_LEASE.get(self.job.kind, LEASE)
        )
        if held != 1:
            raise LeaseLost(str(self.job))

    def finish(self) -> bool:
        """Mark the job done, if it is still this worker's; what was ordered again meanwhile waits
        as if it were new, and the sweep sends it."""
        mine = Job.objects.filter(pk=self.job.pk, token=self.token)
        ended = {"token": "", "lease_until": None}
        if mine.filter(again=False).update(
            state=Job.State.DONE, finished_at=timezone.now(), **ended
        ):
            return True
        return bool(
            mine.update(
                state=Job.State.QUEUED,
                created_at=timezone.now(),
                send_after=clock.now(),
                attempts=0,
                errors=0,
                error="",
                refused_since=None,
                **ended,
            )
        )

    def fail(self, error: BaseException) -> None:
        """Put the job back for another try; only the error's class is kept, never its words.

        A disk without room, a database, broker or store that is away says nothing about the job,
        so that try does not count; once it is refused so for days, every further try does.
        """
        now = clock.now()
        since = (self.job.refused_since or now) if is_away(error) else None
        counts = since is None or since < now - LONGEST_AWAY
        errors = self.job.errors + counts
        Job.objects.filter(pk=self.job.pk, token=self.token).update(
            state=Job.State.QUEUED,
            token="",
            lease_until=None,
            send_after=now + _pause(errors),
            errors=errors,
            attempts=self.job.attempts - (not counts),
            error=type(error).__name__,
            refused_since=since,
        )


def order(kind: str, subject_id: int, *, send: Callable[[int], None], is_act: bool = True) -> Job:
    """Write the row of work with the act, and hint to the queue after commit.

    A queue that is away costs nothing but time: the sweep sends again. Who is at the work already
    may not have seen what an act changes, so then it is done once more; for what is only due (not
    ``is_act``) it is enough that somebody is at it.
    """
    job, is_new = _open_job(kind, subject_id)
    while is_act and not is_new and not _is_marked(job):
        job, is_new = _open_job(kind, subject_id)  # it ended in this very moment
    transaction.on_commit(lambda: send(job.pk), robust=True)
    return job


def _open_job(kind: str, subject_id: int) -> tuple[Job, bool]:
    return Job.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        state__in=OPEN,
        defaults={"send_after": clock.now() + FIRST_RESEND},
    )


def _is_marked(job: Job) -> bool:
    """Mark also what still waits: until the act is committed nobody can claim it then."""
    return bool(Job.objects.filter(pk=job.pk, state__in=OPEN).update(again=True))


def order_many(kind: str, subject_ids: Sequence[int]) -> int:
    """Write many rows of work in the caller's transaction; only the sweep sends them."""
    now = clock.now()
    jobs = [Job(kind=kind, subject_id=subject_id, send_after=now) for subject_id in subject_ids]
    return len(Job.objects.bulk_create(jobs, batch_size=1000))


def claim(job_id: int) -> Claim | None:
    """Take a job that waits, or one whose worker has gone silent; None when another has it."""
    token = secrets.token_hex(16)
    now = clock.now()
    taken = (
        Job.objects.filter(pk=job_id)
        .exclude(USED_UP)
        .filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now))
        .update(
            state=Job.State.RUNNING,
            token=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            again=False,
        )
    )
    if taken != 1:
        return None
    held = Claim(Job.objects.get(pk=job_id), token)
    held.beat()  # the kind of work decides how long a silence is borne
    return held


def resend_stuck(send: Callable[[int], None]) -> list[Job]:
    """Send again what waits too long; return the jobs that have used up their attempts.

    A queue that holds more hints than there is open work needs none: with no worker, or one that
    is behind, sending on would only flood it. One that is away is asked once a sweep.
    """
    now = clock.now()
    stuck = Job.objects.filter(
        Q(state=Job.State.QUEUED, send_after__lte=now)
        | Q(state=Job.State.RUNNING, lease_until__lt=now, send_after__lte=now)
    ).order_by("pk")
    waiting = stuck.exclude(USED_UP)
    hurried = waiting.exclude(kind__in=IN_NO_HURRY)[:500]
    patient = [waiting.filter(kind=kind)[:most] for kind, most in IN_NO_HURRY.items()]
    for job in [] if _is_flooded() else chain(hurried, *patient):
        Job.objects.filter(pk=job.pk).update(send_after=now + _pause(job.errors))
        if not _is_sent(job, send):
            break
    return list(stuck.filter(USED_UP)[:500])


def _is_sent(job: Job, send: Callable[[int], None]) -> bool:
    try:
        send(job.pk)
    except Exception as error:
        logger.error("hints cannot be sent: %s", type(error).__name__)
        return False
    return True


def _is_flooded() -> bool:
    waiting = broker.waiting_hints()
    return waiting is not None and waiting > Job.objects.filter(state__in=OPEN).count()


def give_up(job: Job) -> bool:
    """Close a job that no worker could finish; the caller gives the subject to a person."""
    logger.warning(
        "job %s (%s) was given up after %s tries, %s errors",
        *(job.pk, job.kind, job.attempts, job.errors),
    )
    return bool(
        Job.objects.filter(USED_UP, pk=job.pk)
        .exclude(state=Job.State.DONE)
        .update(state=Job.State.GIVEN_UP, finished_at=timezone.now(), token="", lease_until=None)
    )


def _pause(errors: int) -> timedelta:
    return min(FIRST_RESEND * 2 ** max(errors - 1, 0), LONGEST_RESEND)
