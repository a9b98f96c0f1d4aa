"""Who must do what now: human casework as viewflow processes on one row, the case.

``CaseFlow`` is the way in, from SUBMITTED to on sale: it never decides what the vendor *is*, its
gateways read ``vendor.status`` and its nodes call only the lifecycle. ``ChangeFlow`` looks at what
changed at a firm whose status stays: its gateways read the case's own round and list. Actions
complete the nodes under the flow's lock (``steps``); going back is an edge, never undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from onboarding.models import Status, User, Vendor
from workflows import lifecycle
from workflows.apart import Apart
from workflows.models import Case, CaseKind, CorrectionRequest, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = (
    "CaseFlow",
    "ChangeFlow",
    "complete",
    "fire_due_timers",
    "flow_of",
    "open_task",
    "resume",
    "stage_of",
)

STAGE_OF_NODE: dict[str, str] = {
    "verify": Stage.VERIFY,
    "correct": Stage.CORRECT,
    "decide": Stage.DECIDE,
    "appeal": Stage.APPEAL,
    "hand_over": Stage.HAND_OVER,
    "confirm_listing": Stage.CONFIRM_LISTING,
}


def _status_is(status: Status) -> Callable[[Any], bool]:
    def condition(activation: Any) -> bool:
        return bool(_vendor_of(activation).status == status)

    return condition


def _may_be_appealed(activation: Any) -> bool:
    """Refused, and for the first time: an appeal is heard once."""
    heard = Case.objects.filter(pk=activation.process.pk, appealed_at__isnull=False).exists()
    return _status_is(Status.REJECTED)(activation) and not heard


def _vendor_of(activation: Any) -> Vendor:
    return Vendor.objects.get(pk=activation.process.vendor_id)


class CaseFlow(flow.Flow):
    """Verify, decide, hand over, confirm the listing; correct and appeal wait for the owner."""

    process_class = Case
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)
    process_title: ClassVar[str] = "Case"

    begin = flow.StartHandle(this.open_case).Next(this.verify)
    verify = flow.View(None).Permission("workflows.verify_case").Next(this.after_verify)
    after_verify = (
        flow.Switch()
        .Case(this.correct, _status_is(Status.RETURNED))
        .Case(this.decide, _status_is(Status.VERIFIED))
        .Default(this.closed)
    )
    correct = flow.Handle(this.go_on).OnTimeout(this.due_at, this.lapse).Next(this.after_correct)
    after_correct = (
        flow.Switch().Case(this.verify, _status_is(Status.SUBMITTED)).Default(this.closed)
    )
    lapse = flow.Function(this.run_out_of_time).Next(this.closed)
    decide = flow.View(None).Permission("workflows.decide_case").Next(this.after_decide)
    after_decide = (
        flow.Switch()
        .Case(this.verify, _status_is(Status.SUBMITTED))
        .Case(this.hand_over, _status_is(Status.APPROVED))
        .Case(this.appeal, _may_be_appealed)
        .Default(this.closed)
    )
    appeal = flow.Handle(this.go_on).OnTimeout(this.due_at, this.closed).Next(this.after_appeal)
    after_appeal = (
        flow.Switch().Case(this.verify, _status_is(Status.SUBMITTED)).Default(this.closed)
    )
    hand_over = flow.View(None).Permission("workflows.hand_over_case").Next(this.confirm_listing)
    confirm_listing = flow.View(None).Permission("workflows.confirm_listing").Next(this.closed)
    closed = flow.End()

    def open_case(self, activation: Any, vendor: Vendor) -> Case:
        """Fill the new case's row; the first round opens with it."""
        case: Case = activation.process
        case.vendor = vendor
        case.region_id = vendor.region_id
        return case

    def go_on(self, activation: Any) -> Case:
        """Nothing to do in the flow: the action has already moved the vendor."""
        case: Case = activation.process
        return case

    def due_at(self, activation: Any) -> datetime:
        """The date on the case, which counts working days and holidays."""
        due: datetime = Case.objects.values_list("due_at", flat=True).get(pk=activation.process.pk)
        return due

    def run_out_of_time(self, activation: Any) -> None:
        """The correction window passed in silence."""
        lifecycle.move(
            _vendor_of(activation),
            "lapse",
            by=User.objects.system(),
            reason="correction window passed",
        )


def _begins_with_the_owner(activation: Any) -> bool:
    """What the case is about still has to be handed in."""
    return bool(activation.process.data.get("asks"))


def _asks_the_owner(activation: Any) -> bool:
    """A list was sent in the round in hand."""
    case = activation.process
    sent = CorrectionRequest.objects.filter(case=case.pk, sent_at__isnull=False)
    return sent.filter(round_number=_round_of(case).number).exists()


def _was_verified(activation: Any) -> bool:
    return _round_of(activation.process).verified_at is not None


def _was_sent_back(activation: Any) -> bool:
    """Sending back opens the next round, which nobody has signed."""
    return not _round_of(activation.process).decision


def _round_of(case: Case) -> Round:
    """The round in hand, read anew: the action has just written it."""
    return Round.objects.filter(case=case.pk).latest("number")


class ChangeFlow(flow.Flow):
    """Something changed at an approved firm: the owner hands in, one verifies, another decides.

    A window that passes in silence ends the case; ``lapse_due`` says what becomes of the papers.
    """

    process_class = Case
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)
    process_title: ClassVar[str] = "Change"

    begin = flow.StartHandle(this.open_case).Next(this.after_begin)
    after_begin = flow.Switch().Case(this.correct, _begins_with_the_owner).Default(this.verify)
    verify = flow.View(None).Permission("workflows.verify_case").Next(this.after_verify)
    after_verify = (
        flow.Switch()
        .Case(this.correct, _asks_the_owner)
        .Case(this.decide, _was_verified)
        .Default(this.closed)
    )
    correct = flow.Handle(this.go_on).OnTimeout(this.due_at, this.closed).Next(this.verify)
    decide = flow.View(None).Permission("workflows.decide_case").Next(this.after_decide)
    after_decide = flow.Switch().Case(this.verify, _was_sent_back).Default(this.closed)
    closed = flow.End()

    def open_case(
        self, activation: Any, vendor: Vendor, kind: str, due_at: datetime | None
    ) -> Case:
        """Fill the new case's row; ``due_at`` is the date of the owner's window, where it begins
        with one."""
        case = CaseFlow.instance.open_case(activation, vendor)
        case.kind, case.due_at = kind, due_at
        case.stage = Stage.CORRECT if due_at else Stage.VERIFY
        return case

    go_on = CaseFlow.go_on
    due_at = CaseFlow.due_at


def flow_of(case: Case) -> type[flow.Flow]:
    """Return the flow that a case runs in."""
    return CaseFlow if case.kind == CaseKind.ONBOARDING else ChangeFlow


def open_task(case: Case, node: str) -> Task | None:
    """Return the open task at a node of this case, or None when somebody has completed it."""
    return (
        Task.objects.filter(process_id=case.pk, flow_task=getattr(flow_of(case), node))
        .exclude(status__in=(STATUS.DONE, STATUS.CANCELED))
        .first()
    )


@transaction.atomic
def complete(case: Case, node: str, *, by: User) -> None:
    """Complete a human node in the name of ``by``; the caller holds the case's lock and has moved
    the vendor or signed the round, so the gateway behind the node finds what is new."""
    task = open_task(case, node)
    if task is None:
        raise LookupError(f"{node} is not open on case {case.pk}")
    activation = task.flow_task.activation_class(task)
    if task.owner_id != by.pk:
        if task.owner_id is not None:
            activation.unassign()
        activation.assign(by)
    activation.start(None)
    activation.execute()


@transaction.atomic
def resume(case: Case, node: str) -> None:
    """Wake a node that waits for the owner (``correct``, ``appeal``); lock held as in
    ``complete``."""
    task = open_task(case, node)
    if task is None:
        raise LookupError(f"{node} is not open on case {case.pk}")
    activation = task.flow_task.activation_class(task)
    activation.run(None)
    activation.execute()


def fire_due_timers(*, now: datetime) -> int:
    """Let the owners' windows end that are over; returns how many ended.

    ``now`` is the database's: viewflow's own dispatcher would ask this machine's clock, and end a
    window early where that is fast. A flow that is broken stops none of the others; then raises
    ``Unfinished`` in the end.
    """
    apart, fired = Apart(), 0
    over = Task.objects.filter(
        flow_task_type="TIMER", status=STATUS.SCHEDULED, scheduled__lte=now
    ).order_by("scheduled")
    for task in over:
        with apart(f"timer {task.pk}"), task.activation() as activation:
            if activation.start.can_proceed():  # another sweep may have been first
                activation.start()
                activation.execute()
                fired += 1
    apart.end()
    return fired


def stage_of(case: Case) -> str:
    """Read the stage off the open tasks; without one the case is closed."""
    nodes = Task.objects.filter(process_id=case.pk).exclude(
        status__in=(STATUS.DONE, STATUS.CANCELED)
    )
    for task in nodes:
        stage = STAGE_OF_NODE.get(task.flow_task.name)
        if stage:
            return stage
    return Stage.CLOSED
