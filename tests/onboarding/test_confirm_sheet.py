"""The one press that confirms a list, or cancels it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import Referral, ReferralSheet
from tests import factories as make
from tests.onboarding import lists

pytestmark = pytest.mark.django_db
State = ReferralSheet.State


def url(sheet: ReferralSheet, press: str) -> str:
    return reverse(f"onboarding:{press}", args=[sheet.pk])


def test_confirming_hands_the_list_to_the_worker_who_enters_it(client: Client) -> None:
    sheet = lists.read(make.values(), make.values(name=""))
    client.force_login(sheet.received_by)
    response = client.post(url(sheet, "confirm_sheet"), follow=True)
    assert response.redirect_chain == [(reverse("onboarding:sheet", args=[sheet.pk]), 302)]
    sheet.refresh_from_db()
    assert sheet.state == State.CONFIRMED
    make.run_jobs()
    assert Referral.objects.filter(sheet=sheet).count() == 1


def test_a_cancelled_list_enters_nobody(client: Client) -> None:
    sheet = lists.read()
    client.force_login(sheet.received_by)
    assert client.post(url(sheet, "cancel_sheet")).status_code == 302
    make.run_jobs()
    sheet.refresh_from_db()
    assert sheet.state == State.CANCELLED
    assert not Referral.objects.filter(sheet=sheet).exists()


@pytest.mark.parametrize("press", ["confirm_sheet", "cancel_sheet"])
def test_a_list_that_is_not_ready_answers_with_a_sentence(client: Client, press: str) -> None:
    sheet = lists.received()
    client.force_login(sheet.received_by)
    response = client.post(url(sheet, press))
    assert response.status_code == 409
    assert str(State.RECEIVED.label) in response.content.decode()


@pytest.mark.parametrize("press", ["confirm_sheet", "cancel_sheet"])
def test_the_second_press_is_told_that_it_was_done(client: Client, press: str) -> None:
    sheet = lists.read()
    client.force_login(sheet.received_by)
    client.post(url(sheet, press))
    assert client.post(url(sheet, press)).status_code == 409


@pytest.mark.parametrize("press", ["confirm_sheet", "cancel_sheet"])
def test_another_office_finds_nothing(client: Client, press: str) -> None:
    sheet = lists.read()
    client.force_login(make.make_user(roles.COOPERATIVE))
    assert client.post(url(sheet, press)).status_code == 404


@pytest.mark.parametrize("press", ["confirm_sheet", "cancel_sheet"])
@pytest.mark.parametrize("role", [roles.AUDITOR, roles.VENDOR, roles.APPROVER, roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, press: str, role: str) -> None:
    sheet = lists.read()
    client.force_login(make.make_user(role))
    assert client.post(url(sheet, press)).status_code == 403


@pytest.mark.parametrize("press", ["confirm_sheet", "cancel_sheet"])
def test_looking_changes_nothing(client: Client, press: str) -> None:
    sheet = lists.read()
    client.force_login(sheet.received_by)
    assert client.get(url(sheet, press)).status_code == 405
    sheet.refresh_from_db()
    assert sheet.state == State.READ
