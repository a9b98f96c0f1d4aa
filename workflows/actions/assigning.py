"""Who lets an auditor in: an assignment letter with its period and its part, and its early end."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
from onboarding import roles
from workflows import audit
from workflows.errors import Refused
from workflows.models import AuditAssignment
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onboarding.models import User

ASSIGN = "workflows.assign_auditors"


@transaction.atomic
def assign_auditors(
    *,
    auditors: Sequence[User],
    letter_number: str,
    letter_on: date,
    issued_by: str,
    access_from: date,
    access_until: date,
    audited_from: date,
    audited_until: date,
    regions: Iterable[str] = (),
    agencies: Iterable[int] = (),
    shows_numbers: bool = False,
    scan_as: str = "",
    by: User,
) -> AuditAssignment:
    """Let auditors in by their assignment letter, for as long and for as much as it says.

    ``scan_as`` is the stored picture of the letter. Raises ``Refused`` for periods that end before
    they begin and for people who are no auditors.
    """
    check_may(by, ASSIGN)
    if access_until < access_from or audited_until < audited_from:
        raise Refused(_("A period ends before it begins. Look at the dates again."))
    if not auditors or any(one.role != roles.AUDITOR or not one.is_active for one in auditors):
        raise Refused(_("Choose at least one person who has the role of auditor."))
    facts: dict[str, Any] = {
        "letter_number": letter_number,
        "letter_on": letter_on,
        "issued_by": issued_by,
        "access_from": access_from,
        "access_until": access_until,
        "audited_from": audited_from,
        "audited_until": audited_until,
        "regions": sorted(regions),
        "agencies": sorted(agencies),
        "shows_numbers": shows_numbers,
    }
    assignment = AuditAssignment.objects.create(**facts, scan_as=scan_as, entered_by=by)
    assignment.auditors.set(auditors)
    told: dict[str, Any] = {key: value.isoformat() if isinstance(value, date) else value
            for key, value in facts.items() if value}  # fmt: skip
    people = sorted(one.pk for one in auditors)
    audit.record("assign_auditors", by=by, assignment=assignment.pk, people=people, **told)
    return assignment


def enter_assignment(said: dict[str, Any], *, by: User) -> AuditAssignment:
    """Let auditors in as the filled-in form says; the scan is drawn anew by the child and kept.

    Raises ``Refused``, and ``documents.errors.FileRefused`` for a scan that is no picture.
    """
    check_may(by, ASSIGN)
    scan = said.pop("scan", None)
    stored_as = ""
    if scan:
        first = documents.actions.redraw_pictures(scan, door="assignment_letter", by=by)[0]
        stored_as = default_storage.save(f"audits/{uuid.uuid4().hex}.jpg", ContentFile(first))
    facts = said | {
        "auditors": list(said["auditors"]),
        "regions": [region.pk for region in said["regions"]],
        "agencies": [agency.pk for agency in said["agencies"]],
    }
    try:
        return assign_auditors(**facts, scan_as=stored_as, by=by)
    except BaseException:
        if stored_as:
            default_storage.delete(stored_as)
        raise


@transaction.atomic
def end_assignment(assignment: AuditAssignment, *, reason: str, by: User) -> AuditAssignment:
    """End the access before its time; what was drawn and taken away stays on record."""
    check_may(by, ASSIGN)
    assignment = AuditAssignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.ended_at is not None:
        return assignment
    assignment.ended_at, assignment.ended_by = timezone.now(), by
    assignment.save(update_fields=["ended_at", "ended_by"])
    audit.record("end_audit", by=by, assignment=assignment.pk, reason=reason)
    return assignment
