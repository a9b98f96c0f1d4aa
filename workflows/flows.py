"""Who must do what now: human casework as a viewflow process, from SUBMITTED to on sale.

The flow never decides what the vendor *is*: its gateways read ``vendor.status`` and its nodes call
only the lifecycle. Actions complete the nodes under the flow's lock (``steps``); going back is an
edge, never undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.timers import fire_due_timers

from onboarding.models import Status, User, Vendor
from workflows import lifecycle
from workflows.models import Case, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = ("CaseFlow", "complete", "fire_due_timers", "open_task", "resume", "stage_of")

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


def open_task(case: Case, node: str) -> Task | None:
    """Return the open task at a node of this case, or None when somebody has completed it."""
    return (
        Task.objects.filter(process_id=case.pk, flow_task=getattr(CaseFlow, node))
        .exclude(status__in=(STATUS.DONE, STATUS.CANCELED))
        .first()
    )


@transaction.atomic
def complete(case: Case, node: str, *, by: User) -> None:
    """Complete a human node in the name of ``by``; the caller holds the case's lock and has moved
    the
    vendor, so the gateway behind the node finds the new status."""
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
