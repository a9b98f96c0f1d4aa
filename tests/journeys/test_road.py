"""One firm all the way, through the real actions."""

import pytest

from onboarding.models import Status
from tests import factories as make
from workflows.models import AuditEvent, Stage

pytestmark = pytest.mark.django_db


def test_a_named_firm_goes_all_the_way_to_being_on_sale() -> None:
    vendor = make.refer()
    assert vendor.status == Status.ELIGIBLE
    assert make.invite(vendor, session := make.make_session()).status == Status.INVITED
    assert make.guide(vendor, session).status == Status.GUIDED
    assert make.hand_in_everything(vendor).status == Status.SUBMITTED
    case = make.verify(vendor.cases.get())
    assert (case.vendor.refresh().status, case.stage) == (Status.VERIFIED, Stage.DECIDE)
    case = make.approve(case)
    assert (case.vendor.refresh().status, case.stage) == (Status.APPROVED, Stage.HAND_OVER)
    case = make.hand_over(case)
    assert (case.vendor.refresh().status, case.stage) == (
        Status.REGISTERED,
        Stage.CONFIRM_LISTING,
    )
    case = make.go_live(case)
    assert (case.vendor.refresh().status, case.stage) == (Status.ACTIVE, Stage.CLOSED)
    moves = AuditEvent.objects.filter(vendor=vendor).exclude(to_status="").order_by("pk")
    assert [event.act for event in moves] == [
        "find_eligible",
        "invite",
        "guide",
        "submit",
        "verify",
        "approve",
        "register",
        "go_live",
    ]
