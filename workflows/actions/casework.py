"""Casework up to the recommendation: claim, correct, verify, and give back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
from documents.models import Paper
from workflows import audit, clock, flows, steps
from workflows.actions.sighting import check_sighted
from workflows.apart import Apart
from workflows.errors import ItemsStillOpen, Refused, TakenByAnother
from workflows.leaves import check_is_here
from workflows.models import (
    Case,
    CorrectionItem,
    Round,
    Setting,
    Stage,
)
from workflows.rights import (
    check_may,
    check_may_decide,
    check_may_verify,
    check_no_kinship,
)

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

OFFICE_STAGES = (Stage.VERIFY, Stage.DECIDE, Stage.HAND_OVER, Stage.CONFIRM_LISTING)


def open_case(vendor: Vendor) -> Case:
    """Open a case for a vendor that was just submitted; round 1 begins."""
    case: Case = flows.CaseFlow.begin.run(vendor=vendor)
    Round.objects.create(case=case, number=1)
    return steps.settle(case)


def claim_case(case: Case, *, by: User, key: str = "") -> Case:
    """Take a case in hand. Of two who click at once, one is told who has it.

    ``key`` names the press of "take the next"; of two claims with one key the second fails with
    ``IntegrityError``.
    """
    check_may(by, "workflows.work_queue", case.vendor)
    with steps.locked(case.pk, at=OFFICE_STAGES) as case:
        if case.owner_id == by.pk:
            return case
        steps.check_in_hand(case, by)
        check_may_hold(by, case)
        case.owner, case.claimed_at, case.claim_key = by, clock.now(), key
        case.save(update_fields=["owner", "claimed_at", "claim_key"])
        audit.record("claim_case", by=by, vendor=case.vendor, case=case.pk, stage=case.stage)
        return case


def hand_on_case(case: Case, *, to: User, reason: str, by: User) -> Case:
    """Put a case that is in one's hands into a colleague's, who must be allowed to act on it."""
    with steps.locked(case.pk, at=OFFICE_STAGES) as case:
        if case.owner_id != by.pk:
            raise TakenByAnother(_("This case is not in your hands."))
        steps.check_not_pending(case)
        if to.pk == by.pk:
            raise Refused(_("Choose a colleague."))
        check_is_here(to)
        try:
            check_may_hold(to, case)
        except Refused as refusal:
            words = _("%(name)s may not work on this case. Choose another colleague.")
            raise type(refusal)(words % {"name": to.full_name}) from None
        case.owner, case.claimed_at, case.claim_key = to, clock.now(), ""
        case.save(update_fields=["owner", "claimed_at", "claim_key"])
        audit.record(
            "hand_on_case", by=by, vendor=case.vendor, reason=reason, case=case.pk, person=to.pk
        )
        return case


def check_may_hold(by: User, case: Case) -> None:
    """Who has a case in hand must be allowed to take its next step."""
    if case.stage == Stage.VERIFY:
        check_may_verify(by, case)
    elif case.stage == Stage.DECIDE:
        check_may_decide(by, case)
    else:
        check_may(by, "workflows.hand_over_case", case.vendor)
        check_no_kinship(by, case.vendor)


def give_back_case(case: Case, *, by: User) -> Case:
    """Put a case back into the queue for a colleague."""
    with steps.locked(case.pk) as case:
        if case.owner_id != by.pk:
            raise TakenByAnother(_("This case is not in your hands."))
        steps.check_not_pending(case)
        case.owner, case.claimed_at = None, None
        case.save(update_fields=["owner", "claimed_at"])
        audit.record("give_back_case", by=by, vendor=case.vendor, case=case.pk)
        return case


def release_stale_claims(*, by: User) -> int:
    """Return cases to the queue that were claimed and then left lying (setting
    ``claim_minutes``); each apart from the others."""
    limit = clock.now() - timedelta(minutes=Setting.value_of("claim_minutes"))
    apart, released = Apart(), 0
    for case in Case.objects.filter(claimed_at__lt=limit).select_related("vendor"):
        with apart(f"claim of case {case.pk}"), transaction.atomic():
            left = Case.objects.filter(pk=case.pk, claimed_at=case.claimed_at)
            if left.update(owner=None, claimed_at=None):
                audit.record("release_claim", by=by, vendor=case.vendor, case=case.pk)
                released += 1
    apart.end()
    return released


def verify_case(case: Case, *, recommendation: str, by: User) -> Case:
    """Say that every paper was checked, with a recommendation; impossible while anything is
    open."""
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        if CorrectionItem.objects.filter(request__case=case, resolved_at__isnull=True).exists():
            raise ItemsStillOpen(
                _("There are things to correct on the list. Send the list, or take them off.")
            )
        if Paper.objects.filter(vendor=case.vendor, state=Paper.State.RECEIVED).exists():
            raise ItemsStillOpen(_("A paper is still being read. Try again in a minute."))
        check_sighted(case)
        Round.objects.filter(case=case, number=case.round_number).update(
            verified_by=by, verified_at=timezone.now(), recommendation=recommendation
        )
        documents.actions.freeze_papers(case.vendor_id)
        steps.move(
            case,
            "verify",
            by=by,
            reason=recommendation,
            round=case.round_number,
            papers=_evidence(case),
        )
        flows.complete(case, "verify", by=by)
        return steps.settle(case)


def _evidence(case: Case) -> dict[str, str]:
    """Which papers were looked at, by hash: the trail's answer to "on which evidence?"."""
    papers = Paper.objects.filter(vendor=case.vendor, state=Paper.State.ACCEPTED)
    return {paper.document_type_id: paper.digest for paper in papers}
