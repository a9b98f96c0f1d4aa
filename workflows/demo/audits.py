"""One audit of the demonstration: an assignment letter, red flags counted, a sample begun."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from onboarding.models import User
from workflows import actions, tasks
from workflows.models import Job

if TYPE_CHECKING:
    from workflows.models import AuditAssignment

NOTES = (("fine", ""), ("finding", "Alamat pada NIB berbeda dengan usulan. Contoh."))


def bring_audits(people: dict[str, User]) -> AuditAssignment:
    """Let the auditor in, have the flags counted, draw a sample by risk and note two of its
    cases."""
    today, auditor = timezone.localdate(), people["pemeriksa"]
    assignment = actions.assign_auditors(
        auditors=[auditor],
        letter_number="700/1234/060/2026",
        letter_on=today - timedelta(days=7),
        issued_by="Inspektorat Contoh Provinsi Jawa Timur",
        access_from=today - timedelta(days=5),
        access_until=today + timedelta(days=60),
        audited_from=today - timedelta(days=365),
        audited_until=today + timedelta(days=60),
        by=people["admin"],
    )
    auditor = User.objects.get(pk=auditor.pk)
    count = actions.order_flags(assignment, send=lambda _pk: None, by=auditor)
    for job in Job.objects.filter(kind=Job.Kind.COUNT_FLAGS, subject_id=count.pk):
        tasks.do_job(job.pk)
    sample = actions.draw_cases(
        assignment,
        cases=actions.cases_of(assignment),
        method="weighted",
        size=12,
        seed="contoh-2026",
        by=auditor,
    )
    for row, (outcome, note) in zip(sample.cases.all(), NOTES, strict=False):
        actions.note_sampled(row, outcome=outcome, note=note, by=auditor)
    return assignment
