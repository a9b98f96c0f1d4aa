"""Notes that colleagues leave each other on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows import audit, steps
from workflows.errors import Refused
from workflows.models import CaseNote
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import User
    from workflows.models import Case


def add_case_note(case: Case, *, text: str, by: User) -> CaseNote:
    """Leave a note for colleagues; the trail says that there is one, not what it says."""
    check_may(by, "workflows.work_queue", case.vendor)
    check_no_kinship(by, case.vendor)
    if not text.strip():
        raise Refused(_("Write the note first."))
    with steps.locked(case.pk) as case:
        note = CaseNote.objects.create(case=case, text=text.strip(), by=by)
        audit.record("note_case", by=by, vendor=case.vendor, case=case.pk)
        return note
