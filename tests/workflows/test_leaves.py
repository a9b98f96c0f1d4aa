"""While somebody is away, a colleague has what they held, and nobody hands them more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions, tasks
from workflows.errors import NotAllowed, Refused
from workflows.models import AuditEvent, Leave

pytestmark = pytest.mark.django_db
URL = "/meja/cuti/"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_on_the_first_day_away_the_colleague_gets_the_cases(client: Client) -> None:
    officer, cover = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    case = actions.claim_case(firms.submitted(), by=officer)
    client.force_login(officer)
    days = {"from_on": in_days(1).isoformat(), "until_on": in_days(3).isoformat()}
    assert client.post(URL, {**days, "to": cover.email}).status_code == 302
    case.refresh_from_db()
    assert case.owner == officer
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=-1)):
        actions.hand_over_leaves(today=in_days(0))
    case.refresh_from_db()
    assert case.owner == cover
    event = AuditEvent.objects.get(act="hand_on_case")
    assert event.by == officer
    assert cover.full_name in client.get(URL).text


def test_nobody_hands_a_case_to_somebody_who_is_away() -> None:
    officer, cover, other = (make.make_user(roles.OFFICER) for _ in range(3))
    actions.plan_leave(from_on=in_days(0), until_on=in_days(2), cover=cover, by=officer)
    case = actions.claim_case(firms.submitted(), by=other)
    with pytest.raises(Refused, match=cover.full_name):
        actions.hand_on_case(case, to=officer, reason="Contoh", by=other)
    actions.end_leave(Leave.objects.get(), by=officer)
    assert actions.hand_on_case(case, to=officer, reason="Contoh", by=other).owner == officer


@pytest.mark.parametrize(
    ("first", "last"), [(-3, -1), (3, 2)], ids=["in the past", "ends before it begins"]
)
def test_days_that_make_no_sense_are_refused(client: Client, first: int, last: int) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    cover = make.make_user(roles.OFFICER)
    days = {"from_on": in_days(first).isoformat(), "until_on": in_days(last).isoformat()}
    answer = client.post(URL, {**days, "to": cover.email})
    assert answer.status_code in (409, 422)
    assert not Leave.objects.exists()


def test_a_colleague_who_is_away_cannot_cover() -> None:
    one, two, three = (make.make_user(roles.OFFICER) for _ in range(3))
    actions.plan_leave(from_on=in_days(1), until_on=in_days(2), cover=two, by=one)
    with pytest.raises(Refused):
        actions.plan_leave(from_on=in_days(2), until_on=in_days(3), cover=one, by=three)
    with pytest.raises(Refused):
        actions.plan_leave(from_on=in_days(2), until_on=in_days(3), cover=three, by=two)
    with pytest.raises(NotAllowed):
        actions.end_leave(Leave.objects.get(), by=two)


def test_the_daily_work_hands_over_what_was_claimed_since() -> None:
    officer, cover = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    actions.plan_leave(from_on=in_days(0), until_on=in_days(2), cover=cover, by=officer)
    case = actions.claim_case(firms.submitted(), by=officer)
    tasks.run_due()
    case.refresh_from_db()
    assert case.owner == cover
