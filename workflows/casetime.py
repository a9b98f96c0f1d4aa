"""What stands beside a case on its page: its hold, its objection, the firm's earlier cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from workflows.actions.casework import OFFICE_STAGES, check_may_hold
from workflows.errors import Refused
from workflows.forms.holding import HoldForm
from workflows.models import AuditEvent, Case, Hold, Round

if TYPE_CHECKING:
    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.casefile import CaseFile

MOST_ROUNDS = 20


def parts_of_case(request: SignedIn, file: CaseFile) -> dict[str, Any]:
    """Gather all of them, in two queries at most for a case that is not on hold."""
    return {
        **hold_of_case(request, file),
        **appeal_of_case(request, file),
        **before_of_case(request, file),
    }


def hold_of_case(request: SignedIn, file: CaseFile) -> dict[str, Any]:
    """The hold of a case, if it has one, and whether this person may end it; else the form."""
    case = file.case
    if case.stage not in OFFICE_STAGES or not request.user.may("workflows.work_queue"):
        return {}
    if case.held_since is None:
        return {"hold_form": HoldForm(prefix="hold")}
    hold = Hold.objects.filter(case=case, ended_at__isnull=True).select_related("began_by").first()
    return {
        "hold": hold,
        "is_to_be_looked_at": bool(hold and hold.look_again_on <= timezone.localdate()),
        "may_go_on": _may_act(request.user, case),
    }


def appeal_of_case(_request: SignedIn, file: CaseFile) -> dict[str, Any]:
    """What the owner said against the refusal, and the refusal itself."""
    case = file.case
    if case.appealed_at is None:
        return {}
    said = AuditEvent.objects.filter(vendor=case.vendor_id, act="appeal", detail__case=case.pk)
    refused = [r for r in file.rounds if r.decision == Round.Decision.REJECTED]
    before = [r for r in refused if r.opened_at < case.appealed_at]
    return {
        "appeal": said.select_related("by").first(),
        "appealed_at": case.appealed_at,
        "refused_round": before[0] if before else None,
    }


def before_of_case(_request: SignedIn, file: CaseFile) -> dict[str, Any]:
    """How the firm's other cases were judged, newest first; a firm named again keeps them."""
    if not file.round.has_case_before:  # type: ignore[attr-defined]  # annotated by the case file
        return {"rounds_before": []}
    others = Round.objects.filter(case__vendor=file.case.vendor_id).exclude(case=file.case.pk)
    rounds = others.select_related("case", "verified_by", "decided_by", "reason_code")
    return {"rounds_before": list(rounds.order_by("-case_id", "-number")[:MOST_ROUNDS])}


def _may_act(user: User, case: Case) -> bool:
    try:
        check_may_hold(user, case)
    except Refused:
        return False
    return True
