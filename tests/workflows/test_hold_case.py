"""A case on hold: the clock stands still, nobody acts on it, its date moves by what was lost."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.workflows import firms
from workflows import actions, deadlines
from workflows.errors import NotAllowed, OnHold, Refused, TakenByAnother
from workflows.lateness import lateness_of_case
from workflows.models import Case, Hold, Holiday, Message, Stage

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")


def at(day: date, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=WIB), tick=False)


def hold(case: Case, *, by: User | None = None, days: int = 7) -> Hold:
    return actions.hold_case(
        case,
        reason="Menunggu jawaban OSS",
        look_again_on=timezone.localdate() + timedelta(days=days),
        by=by or make.make_user(roles.OFFICER),
    )


def test_the_date_moves_by_the_working_days_held_and_holidays_do_not_count() -> None:
    monday = date(2027, 2, 1)
    Holiday.objects.create(day=date(2027, 2, 3), name="Libur contoh")
    with at(monday):
        case, officer = firms.submitted(), make.make_user(roles.OFFICER)
        before = firms.again(case).due_at
        assert before
        hold(case, by=officer)
    with at(date(2027, 2, 8)):  # Tue, Thu, Fri, Mon; not Wed, not the weekend
        actions.go_on_with_case(case, by=officer)
        case = firms.again(case)
    assert before.astimezone(WIB).date() == date(2027, 2, 5)
    assert case.due_at
    assert case.due_at.astimezone(WIB) == datetime(2027, 2, 11, 16, tzinfo=WIB)
    assert (case.held_since, case.owner, case.stage) == (None, None, Stage.VERIFY)
    assert Hold.objects.get(case=case).ended_by == officer


def test_nobody_acts_on_a_held_case_and_nobody_is_given_it() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    actions.claim_case(case, by=officer)
    hold(case, by=officer)
    assert firms.again(case).owner is None
    for act in (make.verify, firms.returned):
        with pytest.raises(OnHold):
            act(case)
    with pytest.raises(OnHold):
        actions.claim_case(case, by=officer)
    assert actions.take_next_case(by=officer) is None
    late = lateness_of_case(firms.again(case), timezone.now() + timedelta(days=90))
    assert late
    assert late.kind == "info"
    assert firms.acts_on(case.vendor)[-1] == "hold_case"


@pytest.mark.parametrize("point", ["verified", "approved", "registered"])
def test_whoever_may_take_the_next_step_may_hold_and_go_on(point: str) -> None:
    case = getattr(firms, point)()
    role = roles.APPROVER if point == "verified" else roles.OFFICER
    wrong = roles.OFFICER if point == "verified" else roles.APPROVER
    with pytest.raises(NotAllowed):
        hold(case, by=make.make_user(wrong))
    hold(case, by=make.make_user(role))
    with pytest.raises(NotAllowed):
        actions.go_on_with_case(case, by=make.make_user(wrong))
    actions.go_on_with_case(case, by=make.make_user(role))
    assert firms.again(case).held_since is None


def test_a_hold_ends_within_the_time_that_the_bureau_allows() -> None:
    case = firms.submitted()
    for days in (0, 61):
        with pytest.raises(Refused):
            hold(case, days=days)
    with pytest.raises(TakenByAnother):
        hold(firms.returned())
    assert not Hold.objects.exists()


def test_a_firm_that_leaves_while_its_case_is_on_hold_ends_the_hold() -> None:
    case = firms.submitted()
    hold(case)
    actions.withdraw_vendor(case.vendor.refresh(), reason="Tutup", by=make.owner_of(case.vendor))
    assert firms.again(case).stage == Stage.CLOSED
    assert not Hold.objects.filter(ended_at=None).exists()


def test_the_owner_hears_nothing_of_lateness_while_the_clock_stands_still(client: Client) -> None:
    case = firms.submitted()
    hold(case, days=40)
    client.force_login(make.owner_of(case.vendor))
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        client.force_login(make.owner_of(case.vendor))
        page = client.get(reverse("workflows:own_page", args=[case.vendor_id]))
    assert "lebih lama dari rencana" not in page.content.decode()


def test_an_officer_holds_and_lets_go_on_from_the_page(client: Client) -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    url = reverse("workflows:hold_case", args=[case.pk])
    page = reverse("workflows:review_case", args=[case.pk])
    assert b'id="hold"' in client.get(page).content
    assert client.post(url, {"hold-reason": ""}).status_code == 422
    past: dict[str, Any] = {"hold-reason": "OSS", "hold-look_again_on": "2020-01-01"}
    assert client.post(url, past).status_code == 409
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert client.post(url, past | {"hold-look_again_on": day}).status_code == 302
    shown = client.get(page)
    assert shown.context["hold"].reason == "OSS"
    assert shown.context["may_go_on"]
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        client.force_login(officer)
        assert client.get(page).context["is_to_be_looked_at"]
    client.force_login(officer)
    assert client.post(reverse("workflows:go_on_with_case", args=[case.pk])).status_code == 302
    assert firms.again(case).held_since is None
    assert client.post(reverse("workflows:go_on_with_case", args=[case.pk])).status_code == 409


# --- windows of the owner ---
def test_a_window_never_ends_on_a_day_on_which_the_office_is_closed() -> None:
    Holiday.objects.create(day=date(2027, 2, 15), name="Libur contoh")
    with at(date(2027, 2, 6)):  # a week later is a Saturday, then Sunday, then a holiday
        due_at = deadlines.due_for(Stage.CORRECT)
    assert due_at
    assert due_at.astimezone(WIB) == datetime(2027, 2, 16, 23, 59, tzinfo=WIB)


def test_a_window_that_was_lengthened_over_a_holiday_lapses_by_the_flows_own_timer() -> None:
    Holiday.objects.create(day=date(2027, 2, 15), name="Libur contoh")
    system = User.objects.system()
    with at(date(2027, 2, 6)):
        case = firms.returned()
    with at(date(2027, 2, 16)):
        assert actions.lapse_due(by=system)["timers"] == 0
        assert firms.again(case).stage == Stage.CORRECT
    with at(date(2027, 2, 17)):
        assert actions.lapse_due(by=system)["timers"] == 1
    assert firms.again(case).stage == Stage.CLOSED
    assert Message.objects.filter(vendor=case.vendor, kind="lapsed").exists()


def test_an_appeal_window_that_ends_closes_the_case_by_the_flows_own_timer() -> None:
    with at(date(2027, 1, 30)):  # two weeks later is a Saturday
        case = firms.verified()
        hold(case, by=make.make_user(roles.APPROVER))
        actions.go_on_with_case(case, by=make.make_user(roles.APPROVER))
        case = make.reject(case)
    with at(date(2027, 2, 15), hour=20):
        assert actions.lapse_due(by=User.objects.system())["timers"] == 0
    with at(date(2027, 2, 16)):
        assert actions.lapse_due(by=User.objects.system())["timers"] == 1
    assert firms.again(case).stage == Stage.CLOSED
