"""Who hears of what is nearly due or late: one mail a person and working day, never one a case."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import Case, CaseKind, Hold, Holiday, Message, Stage

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2027, 2, 5)


def tell(day: date = FRIDAY, hour: int = 8) -> dict[str, int]:
    return actions.tell_of_time(now=datetime(day.year, day.month, day.day, hour, tzinfo=WIB))


def due(day: date, **facts: object) -> Case:
    case = firms.submitted()
    due_at = datetime(day.year, day.month, day.day, 16, tzinfo=WIB)
    Case.objects.filter(pk=case.pk).update(due_at=due_at, **facts)
    return firms.again(case)


def test_the_head_and_approvers_get_one_digest_each_working_day_with_the_oldest() -> None:
    head, approver = make.make_user(roles.MANAGER), make.make_user(roles.APPROVER)
    make.make_user(roles.OFFICER)
    cases = [due(date(2027, 2, 1)) for _number in range(2)]
    due(date(2027, 2, 4))  # late by one working day only
    due(date(2027, 2, 1), held_since=timezone.now())
    assert tell(hour=6)["digests"] == 0
    assert tell()["digests"] == 2
    assert tell(hour=15)["digests"] == 0
    assert tell(date(2027, 2, 6))["digests"] == 0  # a Saturday
    mail = Message.objects.get(kind="late_digest", to=approver.email)
    assert mail.subject.startswith("2 kasus terlambat")
    assert all(f"/meja/kasus/{case.pk}/" in mail.body for case in cases)
    plain = Message.objects.get(kind="late_digest", to=head.email)
    assert "/meja/kasus/" not in plain.body  # the head may not open a case
    assert cases[0].vendor.name in plain.body


def test_an_expired_paper_that_nobody_renewed_is_in_the_digest() -> None:
    make.make_user(roles.MANAGER)
    due(date(2027, 2, 1), stage=Stage.CORRECT)  # an owner mends; that is nobody's lateness
    assert tell()["digests"] == 0
    due(date(2027, 2, 1), stage=Stage.CORRECT, kind=CaseKind.EXPIRED_PAPER)
    assert tell()["digests"] == 1


def test_a_holiday_is_neither_a_day_late_nor_a_day_of_mail() -> None:
    make.make_user(roles.MANAGER)
    Holiday.objects.create(day=date(2027, 2, 4), name="Libur contoh")
    due(date(2027, 2, 3))
    assert tell(date(2027, 2, 4))["digests"] == 0
    assert tell(FRIDAY)["digests"] == 0  # one working day late
    assert tell(date(2027, 2, 8))["digests"] == 1


def test_a_holder_hears_once_a_day_of_what_is_near_and_of_what_to_look_at_again() -> None:
    officer, other = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    at = timezone.now()
    near = due(date(2027, 2, 8), owner=officer, claimed_at=at)
    due(date(2027, 2, 9), owner=other, claimed_at=at)
    waiting = due(date(2027, 3, 1), held_since=at)
    Hold.objects.create(case=waiting, reason="OSS", look_again_on=FRIDAY, began_by=officer)
    assert tell()["holders"] == 1
    assert tell()["holders"] == 0
    mail = Message.objects.get(kind="own_work")
    assert mail.to == officer.email
    assert near.vendor.name in mail.body
    assert waiting.vendor.name in mail.body
    assert firms.again(waiting).stage == Stage.VERIFY  # nothing ends a hold by itself
    assert tell(FRIDAY + timedelta(days=3))["holders"] == 2
