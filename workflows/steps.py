"""Taking one step of a case under its lock: re-read, act, complete the node, settle the row.

Everything that was loaded before the lock is stale; ``locked`` hands out the case as it is now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onboarding.models import Vendor
from workflows import deadlines, flows
from workflows.errors import TakenByAnother
from workflows.models import Case, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onboarding.models import User


@contextmanager
def locked(case_id: int, *, at: str | tuple[str, ...] = ()) -> Iterator[Case]:
    """Lock a case and hand out a fresh copy, with its vendor locked too.

    ``at`` names the stages at which the act makes sense; at another the act was already done by
    somebody, and ``TakenByAnother`` says so.
    """
    with flows.CaseFlow.lock(case_id):
        case = Case.objects.get(pk=case_id)
        case.vendor = Vendor.objects.select_for_update().get(pk=case.vendor_id)
        if at and case.stage not in ((at,) if isinstance(at, str) else at):
            raise TakenByAnother(
                _("This step was already taken. The case is now “%(stage)s”.")
                % {"stage": Stage(case.stage).label}
            )
        yield case


def check_in_hand(case: Case, by: User) -> None:
    """A case claimed by a colleague is theirs until they give it back or the claim runs out."""
    if case.owner_id not in (None, by.pk):
        raise TakenByAnother(_("%(name)s is working on this case.") % {"name": case.owner or ""})


def settle(case: Case) -> Case:
    """Write on the row what the flow now waits for: stage, date, nobody's hands."""
    case.refresh_from_db()
    stage = flows.stage_of(case)
    # A new case stands at its first stage already, but has no date yet.
    if stage != case.stage or case.owner_id or case.due_at is None:
        case.stage = stage
        case.due_at = deadlines.due_for(stage)
        case.owner, case.claimed_at = None, None
        case.save(update_fields=["stage", "due_at", "owner", "claimed_at"])
    return case


def open_round(case: Case) -> Round:
    """Begin the next round: a new verifier and a new decider will sign it."""
    case.round_number += 1
    case.save(update_fields=["round_number"])
    return Round.objects.create(case=case, number=case.round_number)
