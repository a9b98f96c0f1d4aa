"""Taking one step of a case under its lock: re-read, act, complete the node, settle the row.

Everything that was loaded before the lock is stale; ``locked`` hands out the case as it is now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows import audit, deadlines, flows, lifecycle
from workflows.errors import OnHold, TakenByAnother
from workflows.models import Case, PendingAct, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onboarding.models import User


@contextmanager
def locked(case_id: int, *, at: str | tuple[str, ...] = ()) -> Iterator[Case]:
    """Lock a case and hand out a fresh copy, with its vendor locked too.

    ``at`` names the stages at which the act makes sense; at another the act was already done by
    somebody, and ``TakenByAnother`` says so.
    """
    with flows.CaseFlow.lock(case_id):  # the row of the case, whichever flow it runs in
        fresh = Case.objects.select_related("vendor").select_for_update(of=("vendor",))
        case = fresh.get(pk=case_id)
        if at and case.stage not in ((at,) if isinstance(at, str) else at):
            raise TakenByAnother(
                _("This step was already taken. The case is now “%(stage)s”.")
                % {"stage": Stage(case.stage).label}
            )
        yield case


def move(
    case: Case, verb: str, /, *, by: User, reason: str = "", changes: Any = None, **detail: Any
) -> None:
    """Take the firm of a locked case along a verb. A change moves no firm: the step is written in
    the trail only, under ``<verb>_change``."""
    detail = {"case": case.pk, **detail}
    if case.is_change:
        if flows.stage_of(case) != case.stage:  # the flow's timer was quicker
            raise TakenByAnother(_("This step was already taken. Look at the page again."))
        act = f"{verb}_change"
        audit.record(act, by=by, vendor=case.vendor, reason=reason, kind=case.kind, **detail)
        return
    lifecycle.move(case.vendor, verb, by=by, reason=reason, changes=changes, **detail)


def check_in_hand(case: Case, by: User) -> None:
    """A case claimed by a colleague is theirs until they give it back or the claim runs out; on one
    that is on hold nobody acts before it goes on."""
    check_not_held(case)
    check_not_pending(case)
    if case.owner_id not in (None, by.pk):
        raise TakenByAnother(_("%(name)s is working on this case.") % {"name": case.owner or ""})


def check_not_held(case: Case) -> None:
    """While the clock stands still nothing is checked, decided or taken. Raises ``OnHold``."""
    if case.held_since is not None:
        raise OnHold(
            _("This case is on hold since %(day)s. Let it go on first.")
            % {"day": date_format(timezone.localtime(case.held_since), "DATE_FORMAT")}
        )


def check_not_pending(case: Case) -> None:
    """While an act can still be taken back nothing else is done with its case."""
    pending = PendingAct.objects.filter(case=case, ended_at__isnull=True).first()
    if pending is not None:
        raise TakenByAnother(
            _("This case is just being finished by %(name)s. Take that back first, or wait.")
            % {"name": pending.by}
        )


def seen(case: Case, papers: Iterable[int]) -> str:
    """Name what lies before whoever acts on a case: its round and the keys of its papers."""
    return f"{case.round_number}:{','.join(str(key) for key in sorted(papers))}"


def settle(case: Case) -> Case:
    """Write on the row what the flow now waits for: stage, date, nobody's hands."""
    case.refresh_from_db()
    stage = flows.stage_of(case)
    # A new case stands at its first stage already, but has no date yet.
    if stage != case.stage or case.owner_id or case.due_at is None:
        case.stage = stage
        if stage not in deadlines.WINDOW_OF_STAGE:
            # The date of the owner's window was written by the act: the flow's timer is set by it.
            case.due_at = deadlines.due_for(stage)
        case.owner, case.claimed_at = None, None
        case.save(update_fields=["stage", "due_at", "owner", "claimed_at"])
    return case


def open_round(case: Case) -> Round:
    """Begin the next round: a new verifier and a new decider will sign it."""
    case.round_number += 1
    case.save(update_fields=["round_number"])
    return Round.objects.create(case=case, number=case.round_number)
