"""Lists of who is invited: worked out by the formula, kept with all they were made of, changed by
a person only with a reason."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import allocation as rules, events
from training.actions.planning import lock_open_session
from training.errors import Refused
from training.models import Allocation, AllocationRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.models import Session

ACT: Final = "workflows.invite_vendors"
MOST_SEED: Final = 2**31


@transaction.atomic
def open_allocation(session: Session, *, is_wide: bool, by: Any) -> Allocation:
    """Open a list for the free seats of a session; an earlier proposal of it is dropped.

    The seed is drawn once for a session and kept, so that nobody draws until a favourite comes up.
    ``is_wide`` asks the firms of every region, not of those that the session serves.
    """
    if not by.has_perm(ACT):
        raise Refused(_("Your role cannot invite businesses."))
    session = lock_open_session(session)
    if session.audience != session.Audience.VENDORS:
        raise Refused(_("This session is for government users, not for businesses."))
    if session.starts_at <= timezone.now():
        raise Refused(_("This session has begun, so nobody can be invited any more."))
    left = session.seats_left
    if left <= 0:
        raise Refused(_("All seats of this session are taken."))
    earlier = Allocation.objects.filter(session=session)
    if earlier.filter(state=Allocation.State.INVITING).exists():
        raise Refused(_("The businesses of the earlier list are being invited just now."))
    seed = earlier.order_by("pk").values_list("seed", flat=True).first()
    earlier.filter(state__in=(Allocation.State.DRAFT, Allocation.State.WORKING)).update(
        state=Allocation.State.DROPPED
    )
    return Allocation.objects.create(
        session=session,
        seed=secrets.randbelow(MOST_SEED) if seed is None else seed,
        formula=rules.FORMULA,
        inputs={"is_wide": is_wide},
        seats=left,
        waiting=0,
        state=Allocation.State.WORKING,
        made_by=by,
    )


@transaction.atomic
def fill_allocation(
    allocation: Allocation,
    *,
    candidates: Sequence[rules.Candidate],
    shares: Mapping[str, rules.Share],
    facts: Mapping[str, Any],
    by: Any,
) -> Allocation:
    """Work the list out and keep what matters of it: all that are in, the next ones, the totals.

    ``facts`` are kept beside the shares (the day, the regions asked). A list that is no longer
    being worked out is left as it is.
    """
    allocation = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if allocation.state != Allocation.State.WORKING:
        return allocation
    made = rules.allocate(candidates, shares, seats=allocation.seats, seed=allocation.seed)
    inputs = {
        **allocation.inputs,
        **facts,
        "formula": rules.FORMULA,
        "weights": dict(rules.WEIGHTS),
        "seats": allocation.seats,
        "seed": allocation.seed,
    }
    allocation.inputs_sha256 = rules.digest(candidates, shares, inputs)
    allocation.inputs = {
        **inputs,
        "regions": {code: [share.firms, share.seats] for code, share in sorted(shares.items())},
    }
    allocation.outcome = _outcome(made, candidates, shares, allocation.seats)
    allocation.waiting, allocation.state = made.waiting, Allocation.State.DRAFT
    allocation.save()
    AllocationRow.objects.bulk_create(
        (
            AllocationRow(
                allocation=allocation,
                vendor_id=place.id,
                rank=place.rank,
                score=place.score,
                terms=dict(place.terms),
                is_in=place.is_in,
                reason=place.reason,
            )
            for place in made.places
        ),
        batch_size=500,
    )
    events.seats_allocated.send(sender=Allocation, allocation=allocation, by=by)
    return allocation


@transaction.atomic
def override_place(row: AllocationRow, *, is_in: bool, reason: str, by: Any) -> AllocationRow:
    """Put a firm in or take it out against the formula, with a reason that stays on record.

    A full list takes nobody in before somebody is taken out.
    """
    if not by.has_perm(ACT):
        raise Refused(_("Your role cannot invite businesses."))
    allocation = Allocation.objects.select_for_update().get(pk=row.allocation_id)
    if allocation.state != Allocation.State.DRAFT:
        raise Refused(_("This list was used or replaced. Look at the newest one."))
    row = AllocationRow.objects.get(pk=row.pk)
    if row.is_in == is_in:
        raise Refused(_("The list already says so."))
    if not reason.strip():
        raise Refused(_("Write down why the list is changed by hand."))
    if is_in and allocation.rows.filter(is_in=True).count() >= allocation.seats:
        raise Refused(_("The list is full. First take somebody out."))
    row.is_in, row.override_reason, row.overridden_by = is_in, reason.strip(), by
    row.save(update_fields=["is_in", "override_reason", "overridden_by"])
    events.allocation_overridden.send(
        sender=AllocationRow, row=row, reason=row.override_reason, by=by
    )
    return row


@transaction.atomic
def begin_inviting(
    allocation: Allocation, *, has_own_letters: bool, waiting: int, by: Any
) -> Allocation:
    """Take a proposed list in hand, so that nobody changes it or invites from it a second time;
    ``waiting`` of the next ones are to wait for a seat."""
    allocation = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if allocation.state != Allocation.State.DRAFT:
        raise Refused(_("This list was used or replaced. Look at the newest one."))
    if not allocation.rows.filter(is_in=True).exists():
        raise Refused(_("Nobody is in this list."))
    allocation.state, allocation.ordered_by = Allocation.State.INVITING, by
    allocation.has_own_letters = has_own_letters
    allocation.outcome.pop("refusal", None)
    allocation.outcome["to_wait"] = waiting
    allocation.save(update_fields=["state", "ordered_by", "has_own_letters", "outcome"])
    return allocation


@transaction.atomic
def close_allocation(allocation: Allocation, *, state: str, refusal: str = "") -> Allocation:
    """Say how the work on a list ended; a ``refusal`` is shown on its page."""
    allocation = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if not allocation.is_working:
        return allocation
    allocation.state = state
    if refusal:
        allocation.outcome["refusal"] = refusal
    allocation.save(update_fields=["state", "outcome"])
    return allocation


def _outcome(
    made: rules.Outcome,
    candidates: Sequence[rules.Candidate],
    shares: Mapping[str, rules.Share],
    seats: int,
) -> dict[str, Any]:
    added = Counter(place.region for place in made.places if place.is_in)
    by_time = Counter(firm.region for firm in rules.first_come(candidates, seats))
    return {
        "left_out": dict(made.left_out),
        "added": dict(sorted(added.items())),
        "first_come": dict(sorted(by_time.items())),
        "evenness": {
            "before": rules.evenness(shares),
            "list": rules.evenness(shares, added),
            "first_come": rules.evenness(shares, by_time),
        },
    }
