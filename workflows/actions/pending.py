"""Acts of the desk that can be taken back for some seconds: pressed, put off, then carried out.

Until then nothing moves and nobody is told. The row is the truth: a task with a countdown, or the
sweep when that was lost, carries the act out under the case's lock, once, in the name of whoever
pressed.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Paper
from workflows import audit, clock, steps
from workflows.actions.casework import claim_case, verify_case
from workflows.actions.corrections import return_case
from workflows.actions.decisions import decide_case, send_back_case
from workflows.errors import NotAllowed, PageIsOld, Refused, TakenByAnother
from workflows.models import PendingAct, RejectionReason, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onboarding.models import User
    from workflows.models import Case

logger = logging.getLogger("mitra.pending")

Act, Outcome = PendingAct.Act, PendingAct.Outcome
#: After this long an act that always fails is given back to the person.
TRIED_FOR = timedelta(minutes=10)
MOST_AT_ONCE = 200


class _Rehearsed(Exception):
    """The act would be possible; what the rehearsal wrote is rolled back with it."""


def put_off(
    case: Case,
    *,
    act: str,
    said: Mapping[str, Any],
    seen: str = "",
    by: User,
    send: Callable[[PendingAct], None],
) -> PendingAct | None:
    """Keep an act for ``undo_seconds``; None when that is 0 and the act was carried out at once.

    The act is rehearsed first, so whatever would refuse it refuses now, in the same words. ``said``
    holds what was typed (``recommendation``, ``reason``, code of ``reason_code``); ``send`` orders
    the finish once the row is committed. The same press twice is one act.
    ``seen`` is what the page showed (``steps.seen``); it is empty where no page was pressed. Raises
    ``PageIsOld`` where the case has moved on.
    """
    seconds = Setting.value_of("undo_seconds")
    if not seconds:
        with steps.locked(case.pk) as case:
            _check_seen(case, seen)
            _carry_out(case, act, said, by)
        return None
    with transaction.atomic():
        case = claim_case(case, by=by) if case.owner_id is None else case
        with steps.locked(case.pk) as case:
            own = PendingAct.objects.filter(case=case, act=act, by=by, ended_at__isnull=True)
            pending = own.first()
            if pending is not None:
                return pending
            _check_seen(case, seen)
            _rehearse(case, act, said, by)
            now = clock.now()
            pending = PendingAct.objects.create(
                case=case,
                act=act,
                said={**said, "papers": _papers(case)},
                by=by,
                at=now,
                final_at=now + timedelta(seconds=seconds),
            )
        transaction.on_commit(lambda: send(pending), robust=True)
    return pending


def take_back(pending: PendingAct, *, by: User) -> None:
    """Let it be as if the act was never pressed; only for whoever pressed, only in time."""
    if pending.by_id != by.pk:
        raise NotAllowed(_("Only the person who pressed can take this back."))
    with steps.locked(pending.case_id) as case:
        if not _end(pending, Outcome.TAKEN_BACK):
            raise TakenByAnother(_("It is too late to take this back: it is done already."))
        audit.record("take_back_act", by=by, vendor=case.vendor, case=case.pk, step=pending.act)


def finish(pending_id: int, *, by: User) -> bool:
    """Carry an act out when its seconds are over; ``by`` is the machine. True when it was done.

    What changed meanwhile may refuse it: then the case stays where it is, and the refusal is kept
    for whoever pressed.
    """
    pending = PendingAct.objects.select_related("by").filter(pk=pending_id).first()
    if pending is None or pending.ended_at is not None:
        return False
    with steps.locked(pending.case_id) as case:
        if not _end(pending, Outcome.DONE, due_at=clock.now()):
            return False
        try:
            with transaction.atomic():
                _check_papers(case, pending)
                _carry_out(case, pending.act, pending.said, pending.by)
        except Exception as error:
            sentence = getattr(error, "sentence", None)
            if sentence is None:
                raise
            _refuse(case, pending, sentence, by)
            return False
    return True


def finish_due(*, now: datetime, by: User) -> int:
    """Carry out what no task has; what fails for too long goes back to its person."""
    due = PendingAct.objects.filter(ended_at__isnull=True, final_at__lte=now).order_by("final_at")
    done = 0
    for pending in due[:MOST_AT_ONCE]:
        try:
            done += finish(pending.pk, by=by)
        except Exception as error:
            logger.error("act %s could not be finished: %s", pending.pk, type(error).__name__)
            if pending.final_at < now - TRIED_FOR:
                _give_up(pending, by)
    return done


def acknowledge_refusal(pending: PendingAct, *, by: User) -> None:
    """Whoever pressed has read why their act could not be carried out."""
    if pending.by_id != by.pk:
        raise NotAllowed(_("Your role cannot do this."))
    PendingAct.objects.filter(pk=pending.pk, outcome=Outcome.REFUSED).update(is_shown=False)


def _rehearse(case: Case, act: str, said: Mapping[str, Any], by: User) -> None:
    """Carry the act out and undo it at once: the only way to ask every check that it will ask."""
    try:
        with transaction.atomic():
            _carry_out(case, act, said, by)
            raise _Rehearsed
    except _Rehearsed:
        return


def _carry_out(case: Case, act: str, said: Mapping[str, Any], by: User) -> None:
    PERFORMED[Act(act)](case, said, by)


def _refuse_applicant(case: Case, said: Mapping[str, Any], by: User) -> None:
    code = RejectionReason.objects.filter(pk=said.get("reason_code")).first()
    decide_case(case, approve=False, reason=said["reason"], reason_code=code, by=by)


PERFORMED: Final[dict[str, Callable[[Case, Mapping[str, Any], User], Any]]] = {
    Act.VERIFY: lambda case, said, by: verify_case(
        case, recommendation=said["recommendation"], by=by
    ),
    Act.RETURN: lambda case, _said, by: return_case(case, by=by),
    Act.APPROVE: lambda case, said, by: decide_case(
        case, approve=True, reason=said["reason"], by=by
    ),
    Act.REJECT: _refuse_applicant,
    Act.SEND_BACK: lambda case, said, by: send_back_case(case, reason=said["reason"], by=by),
}


def _end(pending: PendingAct, outcome: str, *, due_at: datetime | None = None) -> bool:
    """End an act that nobody has ended yet; the caller holds the case's lock."""
    waiting = PendingAct.objects.filter(pk=pending.pk, ended_at__isnull=True)
    if due_at is not None:
        waiting = waiting.filter(final_at__lte=due_at)
    return bool(waiting.update(ended_at=timezone.now(), outcome=outcome, is_shown=False))


def _papers(case: Case) -> list[int]:
    papers = Paper.objects.filter(vendor=case.vendor_id).exclude(state=Paper.State.REPLACED)
    return list(papers.order_by("pk").values_list("pk", flat=True))


def _check_seen(case: Case, seen: str) -> None:
    """Nobody signs for papers or a round that their page, perhaps an old one, did not show."""
    if seen and seen != steps.seen(case, _papers(case)):
        raise PageIsOld(
            _("The case has changed since you opened the page. Look at it again, then press again.")
        )


def _check_papers(case: Case, pending: PendingAct) -> None:
    if pending.act == Act.VERIFY and _papers(case) != pending.said.get("papers"):
        raise Refused(_("A paper was sent after you pressed. Look at it, then verify again."))


def _refuse(case: Case, pending: PendingAct, sentence: str, by: User) -> None:
    PendingAct.objects.filter(pk=pending.pk).update(
        outcome=Outcome.REFUSED, refusal=sentence[:300], is_shown=True
    )
    audit.record("refuse_put_off_act", by=by, vendor=case.vendor, case=case.pk, step=pending.act)


def _give_up(pending: PendingAct, by: User) -> None:
    with steps.locked(pending.case_id) as case:
        if _end(pending, Outcome.REFUSED):
            _refuse(case, pending, _("It could not be carried out. Please do it again."), by)
