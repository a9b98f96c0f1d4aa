"""Who must do what now: the flow, the row that queues read, and the status never disagree."""

import pytest
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions, flows
from workflows.models import Case, Stage

pytestmark = pytest.mark.django_db

STATUS_AT = {
    Stage.VERIFY: {Status.SUBMITTED},
    Stage.CORRECT: {Status.RETURNED},
    Stage.DECIDE: {Status.VERIFIED},
    Stage.APPEAL: {Status.REJECTED},
    Stage.HAND_OVER: {Status.APPROVED, Status.SUSPENDED},
    Stage.CONFIRM_LISTING: {Status.REGISTERED, Status.SUSPENDED},
}
POINTS = {
    "submitted": Stage.VERIFY,
    "returned": Stage.CORRECT,
    "resubmitted": Stage.VERIFY,
    "verified": Stage.DECIDE,
    "rejected": Stage.APPEAL,
    "appealed": Stage.VERIFY,
    "approved": Stage.HAND_OVER,
    "registered": Stage.CONFIRM_LISTING,
}


def open_tasks(case: Case) -> list[str]:
    tasks = Task.objects.filter(process_id=case.pk)
    ended = (STATUS.DONE, STATUS.CANCELED)
    return [task.flow_task.name for task in tasks.exclude(status__in=ended)]


def check_consistent(case: Case) -> None:
    """The row says what the flow waits for, and the firm stands where that makes sense."""
    case = firms.again(case)
    assert case.stage == flows.stage_of(case)
    if case.stage == Stage.CLOSED:
        assert open_tasks(case) == []
        assert case.due_at is None
        return
    assert firms.status_of(case) in STATUS_AT[Stage(case.stage)]
    assert case.due_at is not None


@pytest.mark.parametrize(("point", "stage"), POINTS.items())
def test_the_row_says_what_the_flow_waits_for(point: str, stage: str) -> None:
    case = getattr(firms, point)()
    assert firms.again(case).stage == stage
    check_consistent(case)


def test_a_walk_over_every_open_case_finds_none_that_disagrees() -> None:
    for point in POINTS:
        getattr(firms, point)()
    firms.suspended(firms.approved())
    firms.suspended(firms.registered())
    firms.withdrawn(firms.verified().vendor.refresh())
    firms.active()
    make.reject(make.verify(firms.appealed()))
    cases = list(Case.objects.all())
    assert len(cases) == len(POINTS) + 5
    for case in cases:
        check_consistent(case)


def test_sending_back_leads_to_the_officer_again() -> None:
    case = firms.verified()
    actions.send_back_case(case, reason="Periksa", by=make.make_user(roles.APPROVER))
    check_consistent(case)
    assert open_tasks(case) == ["verify"]


def test_going_round_many_times_leaves_one_open_step() -> None:
    case = firms.submitted()
    for _round in range(3):
        case = make.verify(firms.resubmitted(case))
        actions.send_back_case(case, reason="Periksa", by=make.make_user(roles.APPROVER))
        case = firms.again(case)
        check_consistent(case)
    assert case.round_number == 7


def test_every_human_step_names_who_may_take_it() -> None:
    nodes = {node.name: node for node in flows.CaseFlow.instance.nodes()}
    for name in ("verify", "decide", "hand_over", "confirm_listing"):
        permission = nodes[name]._owner_permission
        assert any(make.make_user(role).has_perm(permission) for role in roles.ROLES[:2]), name


def test_the_flow_is_locked_by_the_row_and_waits_instead_of_failing() -> None:
    lock = flows.CaseFlow.lock_impl
    assert isinstance(lock, SelectForUpdateLock)
    assert (lock.nowait, lock.attempts) == (False, 1)


def test_every_stored_step_is_a_step_of_the_flow() -> None:
    firms.active()
    firms.returned()
    known = {node.name for node in flows.CaseFlow.instance.nodes()}
    assert {task.flow_task.name for task in Task.objects.all()} <= known


def test_a_step_that_is_not_open_cannot_be_completed() -> None:
    case = firms.submitted()
    with pytest.raises(LookupError):
        flows.complete(case, "decide", by=make.make_user(roles.APPROVER))
    with pytest.raises(LookupError):
        flows.resume(case, "correct")
    assert open_tasks(case) == ["verify"]
