"""Orders work for the machine, from within the act that needs it."""

from __future__ import annotations

from workflows import jobs, tasks


def order(kind: str, subject_id: int) -> None:
    """Order one job, once; it is sent when the act is committed."""
    jobs.order(kind, subject_id, send=tasks.do_job.delay)
