"""Corrections, the appeal, and leaving: the owner's own acts on the road."""

import pytest
from django.test import Client
from django.urls import reverse

from onboarding.models import Status, Vendor
from tests import factories as make
from tests.workflows.test_own_page import returned
from workflows.models import CorrectionItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def address(name: str, vendor: Vendor) -> str:
    return reverse(f"workflows:{name}", args=[vendor.pk])


def owned(client: Client, vendor: Vendor) -> Vendor:
    client.force_login(make.owner_of(vendor))
    return vendor.refresh()


def test_corrections_go_off_once_the_paper_came(client: Client) -> None:
    vendor = owned(client, returned())
    page = client.get(address("resubmit_case", vendor)).content.decode()
    assert "Nomor tidak terbaca." in page
    assert "1 paper still has to be sent first." in page
    make.hand_in(vendor, "rekening")
    make.run_jobs()
    assert "Send the corrections" in client.get(address("own_page", vendor)).content.decode()
    response = client.post(address("resubmit_case", vendor), follow=True)
    assert "An officer checks your corrections." in response.content.decode()
    assert vendor.refresh().status == Status.SUBMITTED
    assert not CorrectionItem.objects.filter(resolved_at__isnull=True).exists()


def test_corrections_without_their_paper_are_refused(client: Client) -> None:
    vendor = owned(client, returned())
    response = client.post(address("resubmit_case", vendor))
    assert response.status_code == 409
    assert "1 paper still has to be sent." in response.content.decode()
    assert vendor.refresh().status == Status.RETURNED


@pytest.mark.parametrize("name", ["resubmit_case", "appeal_case"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_act_at_the_wrong_time_is_refused_with_a_sentence(
    client: Client, name: str, method: str
) -> None:
    vendor = owned(client, make.refer())
    response = getattr(client, method)(address(name, vendor), {"reason": "Contoh"})
    assert response.status_code == 409
    assert "This cannot be done now" in response.content.decode()


@pytest.mark.parametrize("name", ["resubmit_case", "appeal_case", "withdraw_own_firm"])
def test_another_owner_s_firm_does_not_exist(client: Client, name: str) -> None:
    vendor = make.refer()
    owned(client, make.refer())
    assert client.get(address(name, vendor)).status_code == 404
    assert client.post(address(name, vendor), {"reason": "x", "sure": "on"}).status_code == 404
    assert vendor.refresh().status == Status.ELIGIBLE


@pytest.mark.parametrize("name", ["resubmit_case", "appeal_case", "withdraw_own_firm"])
@pytest.mark.parametrize("role", ["officer", "agency", "auditor"])
def test_staff_do_not_act_as_owners_here(client: Client, name: str, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(address(name, make.refer())).status_code == 403


def test_a_refusal_is_appealed_once(client: Client) -> None:
    vendor = owned(client, make.reject(make.verify(make.submit())).vendor)
    assert "Ask for another look" in client.get(address("appeal_case", vendor)).content.decode()
    response = client.post(address("appeal_case", vendor), {"reason": "Nama sama, lihat akta."})
    assert response.status_code == 302
    assert vendor.refresh().status == Status.SUBMITTED
    assert client.post(address("appeal_case", vendor), {"reason": "Lagi"}).status_code == 409


def test_an_appeal_needs_a_reason(client: Client) -> None:
    vendor = owned(client, make.reject(make.verify(make.submit())).vendor)
    client.post(address("appeal_case", vendor), {"reason": " "})
    assert vendor.refresh().status == Status.REJECTED


def test_leaving_needs_a_reason_and_a_tick(client: Client) -> None:
    vendor = owned(client, make.refer())
    page = client.post(address("withdraw_own_firm", vendor), {"reason": "Tutup"}).content.decode()
    assert "Tick the box if you are sure." in page
    assert vendor.refresh().status == Status.ELIGIBLE
    data = {"reason": "Tutup", "sure": "on"}
    response = client.post(address("withdraw_own_firm", vendor), data)
    assert response["Location"] == address("own_page", vendor)
    assert vendor.refresh().status == Status.WITHDRAWN
    assert client.get(address("withdraw_own_firm", vendor)).status_code == 409
