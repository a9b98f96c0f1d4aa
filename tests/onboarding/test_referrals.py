"""The page of an office: what it named and what became of it, and nothing of others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.onboarding import lists

pytestmark = pytest.mark.django_db
URL = reverse("onboarding:referrals")


def page(client: Client, user: User, **query: Any) -> str:
    client.force_login(user)
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_office_sees_its_firms_and_nothing_of_another_office(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    own, strange = make.refer(by=office), make.refer(by=make.make_user(roles.COOPERATIVE))
    shown = page(client, office)
    assert own.name in shown
    assert own.number in shown
    assert strange.name not in shown


def test_an_office_cannot_look_at_another_by_changing_the_address(client: Client) -> None:
    stranger = make.make_user(roles.COOPERATIVE)
    strange = make.refer(by=stranger)
    sheet = lists.entered(by=stranger)
    office = make.make_user(roles.AGENCY)
    for query in ({"agency": stranger.agency_id}, {"sheet": sheet.pk}, {"tab": "lists"}):
        shown = page(client, office, **query)
        assert strange.name not in shown
        assert sheet.original_name not in shown


@pytest.mark.parametrize("role", [roles.OFFICER, roles.AUDITOR])
def test_officers_and_auditors_see_all_with_the_name_of_the_office(
    client: Client, role: str
) -> None:
    office = make.make_user(roles.AGENCY)
    firms = [make.refer(by=office), make.refer(by=make.make_user(roles.COOPERATIVE))]
    shown = page(client, make.make_user(role))
    assert office.agency
    assert all(firm.name in shown for firm in firms)
    assert office.agency.name in shown


def test_a_firm_that_is_not_yet_eligible_says_what_is_missing_and_who_helps(
    client: Client,
) -> None:
    office = make.make_user(roles.AGENCY)
    make.refer(by=office, nib="")
    shown = page(client, office)
    assert "oss.go.id" in shown
    assert "DPMPTSP" in shown


def test_the_phone_and_the_numbers_of_a_firm_are_not_on_the_page(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    firm = make.refer(by=office, phone="081234567890")
    shown = page(client, office)
    assert "81234567890" not in shown
    assert firm.nib not in shown


def test_the_outcomes_can_be_narrowed_to_a_status(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    good, waiting = make.refer(by=office), make.refer(by=office, nib="")
    shown = page(client, office, status="ELIGIBLE")
    assert good.name in shown
    assert waiting.name not in shown
    assert good.name not in page(client, office, status="ACTIVE")


def test_the_lists_of_an_office_are_shown_with_state_and_counts(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    sheet = lists.read(make.values(), make.values(name=""), by=office)
    assert sheet.original_name in page(client, office)
    assert sheet.original_name in page(client, office, tab="lists")


def test_an_office_that_named_nobody_is_told_the_three_steps(client: Client) -> None:
    shown = page(client, make.make_user(roles.AGENCY))
    assert reverse("onboarding:template") in shown
    assert reverse("onboarding:upload_sheet") in shown
    assert shown.count("<li") >= 3


def test_an_auditor_is_offered_no_act(client: Client) -> None:
    shown = page(client, make.make_user(roles.AUDITOR))
    assert reverse("onboarding:upload_sheet") not in shown
    assert reverse("onboarding:refer_vendor") not in shown


@pytest.mark.parametrize(
    "role", [roles.VENDOR, roles.TRAINER, roles.MANAGER, roles.ADMIN, roles.APPROVER]
)
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_the_page_only_shows(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    assert client.post(URL).status_code == 405


def test_a_long_list_is_cut_into_pages_that_lead_on_and_back(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    firms = [make.refer(by=office) for _number in range(26)]
    first = page(client, office)
    assert firms[-1].number in first
    assert firms[0].number not in first
    oldest_shown = firms[1].referrals.get().pk
    assert f"before={oldest_shown}" in first
    second = page(client, office, before=oldest_shown)
    assert firms[0].number in second
    assert firms[-1].number not in second


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "1e3", ""])
def test_a_broken_page_key_shows_the_newest(client: Client, key: str) -> None:
    office = make.make_user(roles.AGENCY)
    firm = make.refer(by=office)
    assert firm.name in page(client, office, before=key)


def test_the_page_asks_the_database_as_often_for_many_firms_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    office = make.make_user(roles.AGENCY)
    lists.entered(*[make.values(nib="") for _number in range(30)], by=office)
    client.force_login(office)
    with django_assert_max_num_queries(10):
        client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL, {"tab": "lists"})
