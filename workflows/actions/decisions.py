"""Decisions, always by another person than the one who verified: approve, reject, send back,
appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
from onboarding import roles
from workflows import clock, deadlines, flows, letters, lifecycle, messages, steps
from workflows.actions.changing import conclude_change
from workflows.actions.corrections import check_nothing_open
from workflows.errors import MoveNotAllowed, Refused
from workflows.models import Case, Round, Stage
from workflows.rights import check_may, check_may_decide, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import User, Vendor
    from workflows.models import RejectionReason


def decide_case(
    case: Case,
    *,
    approve: bool,
    reason: str = "",
    reason_code: RejectionReason | None = None,
    by: User,
) -> Case:
    """Approve, or reject with a reason from the list. Eight clicks at once give one decision."""
    with steps.locked(case.pk, at=Stage.DECIDE) as case:
        steps.check_in_hand(case, by)
        check_may_decide(by, case)
        check_nothing_open(case)
        if not approve and (reason_code is None or not reason):
            raise Refused(_("A refusal needs a reason from the list and an explanation."))
        decision = Round.Decision.APPROVED if approve else Round.Decision.REJECTED
        _sign(case, decision, reason=reason, reason_code=reason_code, by=by)
        steps.move(
            case,
            "approve" if approve else "reject",
            by=by,
            reason=reason,
            changes=None if approve else {"rejected_on": timezone.localdate()},
            round=case.round_number,
            **({"code": reason_code.pk} if reason_code else {}),
        )
        if not approve and not case.is_change:
            # The flow sets its timer by this date; after an appeal it closes the case instead.
            Case.objects.filter(pk=case.pk).update(due_at=deadlines.due_for(Stage.APPEAL))
        flows.complete(case, "decide", by=by)
        steps.settle(case)
        if case.is_change:
            conclude_change(case, is_approved=approve, by=by)
        else:
            letters.draft_decision(case, by=by)
        messages.tell_vendor(
            case.vendor,
            ("approved" if approve else "rejected") + ("_change" if case.is_change else ""),
            key=f"decide:{case.pk}:{case.round_number}",
            case=case,
            round=case.round,
        )
        return case


def send_back_case(case: Case, *, reason: str, by: User) -> Case:
    """Ask for another check, with a reason; a new round begins and the papers open again."""
    check_may(by, "workflows.send_back_case", case.vendor)
    with steps.locked(case.pk, at=Stage.DECIDE) as case:
        steps.check_in_hand(case, by)
        check_may_decide(by, case)
        _sign(case, Round.Decision.SENT_BACK, reason=reason, reason_code=None, by=by)
        steps.move(case, "send_back", by=by, reason=reason)
        documents.actions.unfreeze_papers(case.vendor_id)
        steps.open_round(case)
        flows.complete(case, "decide", by=by)
        return steps.settle(case)


def appeal_case(vendor: Vendor, *, reason: str, by: User) -> Case:
    """Appeal a refusal, once, within the time; another officer and another approver look at it."""
    act = "workflows.appeal_case" if by.role == roles.VENDOR else "workflows.appeal_for_owner"
    check_may(by, act, vendor)
    if by.role != roles.VENDOR:
        check_no_kinship(by, vendor)
    case = vendor.cases.filter(stage=Stage.APPEAL).first()
    if case is None:
        raise MoveNotAllowed(_("There is no decision that can still be appealed."))
    with steps.locked(case.pk, at=Stage.APPEAL) as case:
        if case.due_at and case.due_at < clock.now():
            raise MoveNotAllowed(_("There is no decision that can still be appealed."))
        lifecycle.move(case.vendor, "appeal", by=by, reason=reason, case=case.pk)
        documents.actions.unfreeze_papers(case.vendor_id)
        case.appealed_at = timezone.now()
        case.save(update_fields=["appealed_at"])
        steps.open_round(case)
        flows.resume(case, "appeal")
        return steps.settle(case)


def _sign(
    case: Case, decision: str, *, reason: str, reason_code: RejectionReason | None, by: User
) -> None:
    Round.objects.filter(case=case, number=case.round_number).update(
        decided_by=by,
        decided_at=timezone.now(),
        decision=decision,
        reason=reason,
        reason_code=reason_code,
    )
