"""The keeper's page: numbers of the programme and closed days, changed on record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import User
from tests import factories as make
from workflows.actions import add_holiday, change_setting, remove_holiday
from workflows.actions.settings import MAY_BE_ZERO
from workflows.errors import NotAllowed, Refused
from workflows.models import AuditEvent, Holiday, Setting
from workflows.models.programme import DEFAULT_SETTINGS

pytestmark = pytest.mark.django_db
URL = reverse("workflows:settings")
DAY = date(timezone.localdate().year + 1, 7, 21)


@pytest.fixture
def keeper(client: Client) -> User:
    """The keeper, signed in."""
    admin = make.make_user(roles.ADMIN)
    client.force_login(admin)
    return admin


def test_a_changed_number_counts_and_the_page_says_who_and_why(
    client: Client, keeper: User
) -> None:
    answer = {"act": "setting", "key": "verify_days", "value": "5", "reason": "SK Contoh 1/2026"}
    response = client.post(URL, answer, follow=True)
    shown = response.content.decode()
    assert Setting.value_of("verify_days") == 5
    assert keeper.full_name in shown
    assert "SK Contoh 1/2026" in shown
    event = AuditEvent.objects.get(act="change_setting")
    assert event.detail == {"key": "verify_days", "before": 3, "after": 5}


def test_the_newest_change_of_each_number_is_shown(client: Client, keeper: User) -> None:
    for value in (5, 6):
        change_setting(key="verify_days", value=value, reason=f"Alasan {value}", by=keeper)
    shown = client.get(URL).content.decode()
    assert "Alasan 6" in shown
    assert "Alasan 5" not in shown


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("verify_days", 0, "Contoh"),
        ("verify_days", 3651, "Contoh"),
        ("verify_days", 3, "Contoh"),
        ("verify_days", 4, "  "),
        ("no_such_number", 4, "Contoh"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(key: str, value: int, reason: str) -> None:
    with pytest.raises(Refused):
        change_setting(key=key, value=value, reason=reason, by=make.make_user(roles.ADMIN))
    assert not Setting.objects.filter(pk=key).exists()


def test_a_waiting_time_may_be_nought() -> None:
    admin = make.make_user(roles.ADMIN)
    change_setting(key="wait_after_rejection_days", value=0, reason="Contoh", by=admin)
    assert Setting.value_of("wait_after_rejection_days") == 0


def test_what_the_words_of_a_number_offer_as_nought_may_be_nought() -> None:
    offered = {key for key, said in DEFAULT_SETTINGS.items() if re.search(r"\b0 ", said[1])}
    assert {"self_referral", "keep_years_left", "alert_reveals"} <= offered <= MAY_BE_ZERO


def test_a_refused_number_keeps_what_was_typed(client: Client, keeper: User) -> None:
    answer = {"act": "setting", "key": "verify_days", "value": "0", "reason": "Alasan Contoh"}
    response = client.post(URL, answer)
    assert response.status_code == 409
    assert "Alasan Contoh" in response.content.decode()
    missing = client.post(URL, {**answer, "value": "", "reason": ""})
    assert set(missing.context["form"].errors) == {"value", "reason"}


def test_a_number_is_chosen_by_its_link(client: Client, keeper: User) -> None:
    assert client.get(URL, {"key": "verify_days"}).context["form"].key == "verify_days"
    assert client.get(URL, {"key": "apa-saja"}).context["form"] is None
    assert client.post(URL, {"act": "setting", "key": "apa-saja"}).status_code == 302


def test_a_closed_day_is_added_once(client: Client, keeper: User) -> None:
    answer = {"act": "add_holiday", "day": DAY.isoformat(), "name": "Hari Contoh"}
    assert "Hari Contoh" in client.post(URL, answer, follow=True).content.decode()
    assert not Holiday.objects.get(day=DAY).is_leave
    again = client.post(URL, {**answer, "name": "Hari Lain"})
    assert again.status_code == 409
    assert "Hari Contoh" in again.content.decode()


def test_a_day_without_a_date_says_so(client: Client, keeper: User) -> None:
    response = client.post(URL, {"act": "add_holiday", "day": "kemarin", "name": ""})
    assert set(response.context["holiday_form"].errors) == {"day", "name"}


def test_a_closed_day_is_removed_and_the_trail_keeps_it(client: Client, keeper: User) -> None:
    add_holiday(day=DAY, name="Hari Contoh", is_leave=True, by=keeper)
    answer = {"act": "remove_holiday", "day": DAY.isoformat()}
    assert client.post(URL, answer).status_code == 302
    assert not Holiday.objects.filter(day=DAY).exists()
    assert AuditEvent.objects.get(act="remove_holiday").detail["name"] == "Hari Contoh"
    assert client.post(URL, answer).status_code == 409


def test_an_unknown_act_changes_nothing(client: Client, keeper: User) -> None:
    assert client.post(URL, {"act": "apa-saja"}).status_code == 200
    assert not AuditEvent.objects.exists()


def test_the_actions_ask_for_the_right_themselves() -> None:
    officer = make.make_user(roles.OFFICER)
    with pytest.raises(NotAllowed):
        change_setting(key="verify_days", value=4, reason="Contoh", by=officer)
    with pytest.raises(NotAllowed):
        add_holiday(day=DAY, name="Hari Contoh", is_leave=False, by=officer)
    with pytest.raises(NotAllowed):
        remove_holiday(day=DAY, by=officer)


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"act": "add_holiday"}).status_code == 403


def test_the_page_asks_the_database_seldom(
    client: Client, keeper: User, django_assert_max_num_queries: Any
) -> None:
    for value in range(4, 20):
        change_setting(key="verify_days", value=value, reason="Contoh", by=keeper)
    with django_assert_max_num_queries(10):
        client.get(URL)
