"""Minutes of decision: drafted when somebody asks for them, of one case or of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, verdicts
from workflows.errors import Refused
from workflows.models import BulkApproval, Case, Letter
from workflows.rights import check_may

if TYPE_CHECKING:
    from onboarding.models import User

WRITE = "workflows.write_verdict"


@transaction.atomic
def write_verdict(case: Case, *, by: User) -> Letter:
    """Draft the minutes of a decision; a draft that is there is put right, a numbered one stays."""
    check_may(by, WRITE, case.vendor)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    decided = case.rounds.filter(decision__in=verdicts.DECIDED).order_by("number").last()
    if decided is None:
        raise Refused(_("Nothing was decided on this case yet."))
    letters = Letter.objects.filter(case=case, content__round=decided.number)
    facts = verdicts.facts_of_case(case, decided)
    found = {"case": case, "vendor": case.vendor, "subject": verdicts.SUBJECT}
    return _kept(letters, facts, found, by)


@transaction.atomic
def write_verdict_of_batch(approval: BulkApproval, *, by: User) -> Letter:
    """Draft the minutes of what was decided together."""
    check_may(by, WRITE)
    approval = BulkApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if not approval.finished_at or not approval.approved:
        raise Refused(_("Nothing was decided in this batch yet."))
    letters = Letter.objects.filter(approval=approval)
    facts = verdicts.facts_of_many(approval)
    found = {"approval": approval, "subject": verdicts.SUBJECT_OF_MANY}
    return _kept(letters, facts, found, by)


def _kept(letters: Any, facts: dict[str, Any], found: dict[str, Any], by: User) -> Letter:
    standing = letters.filter(kind=Letter.Kind.VERDICT).exclude(state=Letter.State.CANCELLED)
    letter: Letter | None = standing.select_for_update(of=("self",)).first()
    if letter is not None and letter.state != Letter.State.DRAFT:
        return letter
    if letter is not None and letter.content == facts:
        return letter
    letter = letter or Letter(kind=Letter.Kind.VERDICT, created_by=by, **found)
    letter.year, letter.content = timezone.localdate().year, facts
    letter.save()
    audit.record("write_verdict", by=by, vendor=letter.vendor, letter=letter.pk)
    return letter
