"""Samples of an auditor: drawn by a rule that can be followed again, and what was found."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, sampling
from workflows.errors import NotAllowed, Refused
from workflows.models import AuditAssignment, AuditSample, FlagCount, RedFlag, SampledCase
from workflows.rights import check_may

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onboarding.models import User
    from workflows.models import Case

MOST: Final = 500


def check_audits(by: User, assignment: AuditAssignment) -> None:
    """Demand that this auditor's assignment runs. Raises ``NotAllowed``."""
    check_may(by, "workflows.audit")
    if not AuditAssignment.objects.visible_to(by).filter(pk=assignment.pk).exists():
        raise NotAllowed(_("This assignment is not yours, or its period of access is over."))


@transaction.atomic
def draw_cases(
    assignment: AuditAssignment,
    *,
    cases: QuerySet[Case],
    method: str,
    size: int,
    seed: str = "",
    by: User,
) -> AuditSample:
    """Draw a sample of the cases of the period; without a seed one is drawn and kept.

    Raises ``Refused`` when there is nothing to draw from.
    """
    check_audits(by, assignment)
    seed = seed.strip() or secrets.token_hex(8)
    weights = _weights(assignment, cases, is_weighted=method == AuditSample.Method.WEIGHTED)
    if not weights:
        raise Refused(_("No case was opened or decided in this period."))
    drawn = sampling.draw(weights, seed=seed, size=min(size, MOST))
    sample = AuditSample.objects.create(
        assignment=assignment,
        method=method,
        seed=seed,
        size=len(drawn),
        weights={str(case): weight for case, weight in sorted(weights.items())},
        drawn_by=by,
    )
    SampledCase.objects.bulk_create(
        SampledCase(sample=sample, case_id=case, position=place, weight=weights[case])
        for place, case in enumerate(drawn, start=1)
    )
    audit.record(
        "draw_audit_sample", by=by, assignment=assignment.pk, sample=sample.pk,
        seed=seed, cases=len(drawn), of=len(weights), method=method,
    )  # fmt: skip
    return sample


@transaction.atomic
def note_sampled(sampled: SampledCase, *, outcome: str, note: str, by: User) -> SampledCase:
    """Write down what the auditor found at one case of a sample."""
    sampled = SampledCase.objects.select_for_update().get(pk=sampled.pk)
    check_audits(by, sampled.sample.assignment)
    if outcome == SampledCase.Outcome.FINDING and not note.strip():
        raise Refused(_("Write what the finding is."))
    sampled.outcome, sampled.note = outcome, note.strip()
    sampled.looked_at, sampled.looked_by = timezone.now(), by
    sampled.save(update_fields=["outcome", "note", "looked_at", "looked_by"])
    audit.record(
        "note_sampled", by=by, vendor=sampled.case.vendor, sample=sampled.sample_id,
        case=sampled.case_id, outcome=outcome,
    )  # fmt: skip
    return sampled


def _weights(
    assignment: AuditAssignment, cases: QuerySet[Case], *, is_weighted: bool
) -> dict[int, int]:
    rows = cases.order_by("pk").values_list("pk", "vendor_id", "returns", "appealed_at")
    if not is_weighted:
        return {pk: 1 for pk, *_rest in rows}
    of_cases, of_firms = _flags(assignment)
    return {
        pk: sampling.weight_of(
            flags=of_cases[pk] + of_firms[firm],
            returns=returns,
            was_appealed=appealed_at is not None,
        )
        for pk, firm, returns, appealed_at in rows
    }


def _flags(assignment: AuditAssignment) -> tuple[Counter[int], Counter[int]]:
    """The flags of the last finished count: of cases, and of firms where no case is named."""
    counts = FlagCount.objects.filter(assignment=assignment, cut_at__isnull=False)
    flags = RedFlag.objects.filter(count=counts.first())
    of_cases = Counter(flags.filter(case__isnull=False).values_list("case", flat=True))
    of_firms = flags.filter(case__isnull=True, vendor__isnull=False)
    return of_cases, Counter(of_firms.values_list("vendor", flat=True))
