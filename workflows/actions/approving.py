"""Many cases approved in one order: all green, a sample of them opened first, the number typed.

An approval that is ordered for many is still one approval each, by the same act, under the same
checks, in the name of who ordered it.
"""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import Referral
from workflows import audit, jobs
from workflows.actions.decisions import decide_case
from workflows.advice import APPROVAL, advice_words
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.greenness import Greenness, greenness_of, to_judge
from workflows.models import BulkApproval, Case, CaseKind, Job, Round, Stage
from workflows.rights import check_may, ties_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import Region, User

DECIDE = "workflows.decide_case"
SAMPLE = 5
MOST = 100
#: So many are looked through, those that wait longest, until a hundred green ones are found.
TRIED = 500


def green_cases(by: User, *, region: Region | None = None) -> list[tuple[Case, Greenness]]:
    """Return the cases that this person could approve together now, the first due first, each with
    what confirms it; at most 100, of those that wait longest, in a handful of queries.
    """
    first = Round.objects.filter(case=OuterRef("pk"), number=1)
    advised = first.filter(recommendation=advice_words(APPROVAL)).exclude(verified_by=by)
    named_by_them = Referral.objects.filter(vendor=OuterRef("vendor"), created_by=by)
    waiting = (
        Case.objects.visible_to(by)
        .is_open()
        .filter(stage=Stage.DECIDE, kind=CaseKind.ONBOARDING, round_number=1, returns=0)
        .filter(owner__isnull=True, held_since__isnull=True, appealed_at__isnull=True)
        .filter(Exists(advised))
        .exclude(Exists(named_by_them))
    )
    if region is not None:
        waiting = waiting.filter(region=region)
    longest = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:TRIED])
    green: list[tuple[Case, Greenness]] = []
    for some in (longest[:MOST], longest[MOST:]):
        block = list(to_judge(Case.objects.filter(pk__in=some))) if some else []
        found = greenness_of(block)
        judged = [(one.case, found[one.case_id]) for one in block]
        green += [(case, greenness) for case, greenness in judged if not greenness.why]
        if len(green) >= MOST:
            break
    ties = ties_of(by, [case.vendor_id for case, _why in green], is_to_judge=True)
    return [one for one in green if one[0].vendor_id not in ties][:MOST]


@transaction.atomic
def draw_approval(
    *, region: Region | None = None, by: User, seed: int | None = None
) -> BulkApproval:
    """Draw a batch of green cases and, by a stored seed, those that must be opened first."""
    check_may(by, DECIDE)
    ids = [case.pk for case, _why in green_cases(by, region=region)]
    if not ids:
        raise Refused(_("No case waits in which every check is green."))
    seed = secrets.randbelow(2**31) if seed is None else seed
    drawn = random.Random(seed).sample(sorted(ids), min(SAMPLE, len(ids)))  # noqa: S311 - repeatable
    try:
        with transaction.atomic():
            approval = BulkApproval.objects.create(
                region=region, cases=ids, seed=seed, sample=drawn, drawn_by=by
            )
    except IntegrityError:
        raise TakenByAnother(_("You have drawn a batch already. Finish it or drop it.")) from None
    audit.record("draw_approval", by=by, batch=approval.pk, seed=seed, cases=len(ids), sample=drawn)
    return approval


@transaction.atomic
def open_sampled(approval: BulkApproval, *, case_id: int, by: User) -> BulkApproval:
    """Keep that a case of the sample was opened by the one who will approve."""
    approval = _own(approval, by)
    if case_id not in approval.sample:
        raise Refused(_("This case is not in the sample."))
    if case_id not in approval.opened:
        approval.opened = [*approval.opened, case_id]
        approval.save(update_fields=["opened"])
        audit.record("open_sampled", by=by, batch=approval.pk, case=case_id)
    return approval


@transaction.atomic
def drop_approval(approval: BulkApproval, *, by: User) -> BulkApproval:
    """Leave a batch: its cases are decided one by one, or drawn again."""
    approval = _own(approval, by)
    approval.dropped_at = timezone.now()
    approval.save(update_fields=["dropped_at"])
    audit.record("drop_approval", by=by, batch=approval.pk)
    return approval


@transaction.atomic
def confirm_approval(
    approval: BulkApproval, *, count: int, by: User, send: Callable[[int], None]
) -> BulkApproval:
    """Order the batch to be approved; ``count`` is what the person typed.

    Raises ``Refused`` while a case of the sample was not opened, or when the count is another.
    ``send`` hints the queue after commit, as in ``jobs.order``.
    """
    approval = _own(approval, by)
    if set(approval.sample) - set(approval.opened):
        raise Refused(_("Open every case of the sample first."))
    if count != len(approval.cases):
        raise Refused(
            _("There are %(rest)d cases in the batch, not %(count)d. Look at the list again.")
            % {"rest": len(approval.cases), "count": count}
        )
    approval.typed, approval.confirmed_at = count, timezone.now()
    approval.save(update_fields=["typed", "confirmed_at"])
    audit.record("approve_many", by=by, batch=approval.pk, cases=count, seed=approval.seed)
    jobs.order(Job.Kind.APPROVE_MANY, approval.pk, send=send)
    return approval


def approve_many(approval_id: int, *, by: User, beat: Callable[[], None]) -> dict[str, int]:
    """Approve what a person ordered, case by case in that person's name; the machine only works.

    Whoever is not green any more is left out, with why. Killed, it goes on where it was.
    """
    del by
    approval = BulkApproval.objects.select_related("drawn_by").get(pk=approval_id)
    if approval.confirmed_at and not approval.finished_at:
        for case_id in approval.cases:
            if str(case_id) not in approval.results:
                _approve_one(approval, case_id, beat)
        _finish(approval, beat)
    return {"approved": len(approval.approved), "left": _left(approval)}


def give_up_approving(approval_id: int, *, by: User) -> None:
    """No worker could go on: what is left is decided one by one."""
    del by
    approval = BulkApproval.objects.select_related("drawn_by").get(pk=approval_id)
    if approval.finished_at is None:
        _finish(approval, lambda: None)


def _approve_one(approval: BulkApproval, case_id: int, beat: Callable[[], None]) -> None:
    """The decision and its line in the results are one transaction, so it happens once."""
    with transaction.atomic():
        beat()
        approval.results[str(case_id)] = _decided(approval, case_id)
        approval.save(update_fields=["results"])


def _decided(approval: BulkApproval, case_id: int) -> str:
    case = Case.objects.select_related("vendor__region").get(pk=case_id)
    found = greenness_of(list(to_judge(Case.objects.filter(pk=case_id))))
    if case_id in found and found[case_id].why:
        return found[case_id].why
    reason = _("Approved together with others, batch %(number)d.") % {"number": approval.pk}
    try:
        with transaction.atomic():
            decide_case(case, approve=True, reason=reason, by=approval.drawn_by)
    except Refused as refusal:
        return refusal.sentence
    return ""


@transaction.atomic
def _finish(approval: BulkApproval, beat: Callable[[], None]) -> None:
    beat()
    approval.finished_at = timezone.now()
    approval.save(update_fields=["finished_at"])
    audit.record(
        "finish_approval",
        by=approval.drawn_by,
        batch=approval.pk,
        approved=len(approval.approved),
        left=_left(approval),
    )


def _left(approval: BulkApproval) -> int:
    return len(approval.cases) - len(approval.approved)


def _own(approval: BulkApproval, by: User) -> BulkApproval:
    check_may(by, DECIDE)
    approval = BulkApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if approval.drawn_by_id != by.pk:
        raise NotAllowed(_("This batch was drawn by a colleague."))
    if approval.dropped_at or approval.confirmed_at:
        raise TakenByAnother(_("This batch is already decided. Look at the page again."))
    return approval
