"""Two at once open a change, or one holds a case while another decides: one outcome, no debris."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.faults.test_races import CROWD, all_at_once, crowd, won
from tests.workflows import firms
from workflows import actions
from workflows.errors import MoveNotAllowed, OnHold, TakenByAnother
from workflows.models import Case, CaseKind, Hold, Round

pytestmark = pytest.mark.usefixtures("office")


def test_eight_who_open_a_change_at_once_open_one() -> None:
    vendor, officer = firms.active(), make.make_user(roles.OFFICER)
    results = crowd(
        lambda: actions.open_change_case(vendor, kind=CaseKind.KBLI_2025, kbli="56301", by=officer)
    )
    assert won(results, TakenByAnother) == 1
    assert Case.objects.filter(vendor=vendor).is_open().count() == 1
    assert firms.acts_on(vendor).count("open_change") == 1
    assert firms.status_of(vendor) == Status.ACTIVE


def test_a_hold_and_a_decision_at_once_are_one_of_the_two() -> None:
    case = firms.verified()
    people = [make.make_user(roles.APPROVER) for _number in range(CROWD)]
    until = timezone.localdate() + timedelta(days=3)
    acts = [
        lambda by=by, place=place: (
            make.approve(case, by=by)
            if place % 2
            else actions.hold_case(case, reason="OSS", look_again_on=until, by=by)
        )
        for place, by in enumerate(people)
    ]
    results = all_at_once(acts)
    refusals = [error for error in results if isinstance(error, Exception)]
    assert len(refusals) == CROWD - 1
    case = firms.again(case)
    is_held = Hold.objects.filter(case=case, ended_at=None).count() == 1
    decided = Round.objects.get(case=case).decision == "APPROVED"
    assert is_held != decided
    assert bool(case.held_since) == is_held
    assert firms.status_of(case) == (Status.APPROVED if decided else Status.VERIFIED)


def test_a_change_that_is_dropped_and_sent_off_at_once_ends_one_way() -> None:
    vendor = firms.active()
    owner = make.owner_of(vendor)
    case = actions.open_change_case(vendor, kind=CaseKind.KBLI_2025, kbli="56301", by=owner)
    firms.put_paper(vendor, "nib")
    results = all_at_once(
        [
            lambda: actions.drop_change_case(vendor, reason="Keliru", by=owner),
            lambda: actions.resubmit_case(vendor, by=owner),
        ]
    )
    assert won(results, TakenByAnother, MoveNotAllowed, OnHold) == 1
    assert firms.again(case).stage in {"CLOSED", "VERIFY"}
