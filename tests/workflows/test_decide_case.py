"""The approver's page and the hand-over: right person, wrong person, wrong moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import Case, Stage

pytestmark = pytest.mark.django_db
REFUSAL = {
    "decision": "reject",
    "reject-reason_code": "NAME_MISMATCH",
    "reject-reason": "Nama pada KTP lain.",
}


@pytest.fixture
def approver(client: Client) -> make.User:
    user = make.make_user(roles.APPROVER)
    client.force_login(user)
    return user


def url_of(case: Case) -> str:
    return f"/meja/kasus/{case.pk}/"


def test_approver_sees_who_verified_and_what_they_recommend(
    client: Client, approver: make.User
) -> None:
    officer = make.make_user(roles.OFFICER)
    case = make.verify(firms.submitted(), by=officer)
    actions.claim_case(case, by=approver)
    page = client.get(url_of(case)).text
    assert officer.full_name in page
    assert "Semua dokumen sesuai." in page
    assert f'action="{url_of(case)}putusan/' in page


def test_approver_approves(client: Client, approver: make.User) -> None:
    case = firms.verified()
    answer = client.post(f"{url_of(case)}putusan/", {"decision": "approve"})
    assert answer.status_code == 302
    assert case.vendor.refresh().status == Status.APPROVED


def test_approver_refuses_with_a_reason_from_the_list(client: Client, approver: make.User) -> None:
    case = firms.verified()
    assert client.post(f"{url_of(case)}putusan/", REFUSAL).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.vendor.refresh().status, case.stage) == (Status.REJECTED, Stage.APPEAL)
    assert case.round.reason_code_id == "NAME_MISMATCH"


@pytest.mark.parametrize("left_out", ["reject-reason_code", "reject-reason"])
def test_a_refusal_needs_both_reasons_and_keeps_what_was_typed(
    client: Client, approver: make.User, left_out: str
) -> None:
    case = firms.verified()
    answer = client.post(f"{url_of(case)}putusan/", {**REFUSAL, left_out: ""})
    assert answer.status_code == 422
    assert case.vendor.refresh().status == Status.VERIFIED
    kept = "Nama pada KTP lain." if left_out != "reject-reason" else "NAME_MISMATCH"
    assert kept in answer.text


def test_an_unknown_decision_is_no_door(client: Client, approver: make.User) -> None:
    case = firms.verified()
    assert client.post(f"{url_of(case)}putusan/", {"decision": "maybe"}).status_code == 404


def test_deciding_twice_is_told_so(client: Client, approver: make.User) -> None:
    case = firms.approved()
    answer = client.post(f"{url_of(case)}putusan/", REFUSAL)
    assert answer.status_code == 409
    assert "Nama pada KTP lain." in answer.text
    assert case.vendor.refresh().status == Status.APPROVED


def test_approver_of_a_related_firm_gets_the_reason_instead_of_a_button(
    client: Client, approver: make.User
) -> None:
    case = firms.verified()
    approver.phone = case.vendor.phone
    approver.save()
    page = client.get(url_of(case)).text
    assert f"{url_of(case)}ambil/" not in page
    answer = client.post(f"{url_of(case)}putusan/", {"decision": "approve"})
    assert answer.status_code == 409


def test_approver_sends_back_with_a_reason(client: Client, approver: make.User) -> None:
    case = firms.verified()
    assert client.post(f"{url_of(case)}kirim-balik/", {}).status_code == 422
    answer = client.post(f"{url_of(case)}kirim-balik/", {"back-reason": "Cek ulang NPWP."})
    assert answer.status_code == 302
    assert Case.objects.get(pk=case.pk).stage == Stage.VERIFY


@pytest.mark.parametrize("act", ["putusan", "kirim-balik"])
def test_officer_decides_nothing(client: Client, act: str) -> None:
    case = firms.verified()
    client.force_login(make.make_user(roles.OFFICER))
    assert client.post(f"{url_of(case)}{act}/", {"decision": "approve"}).status_code == 403


@pytest.mark.parametrize("act", ["putusan", "kirim-balik"])
def test_looking_decides_nothing(client: Client, approver: make.User, act: str) -> None:
    assert client.get(f"/meja/kasus/1/{act}/").status_code == 405


def test_officer_hands_over_and_confirms_the_first_product(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    client.force_login(officer)
    case = firms.approved()
    actions.claim_case(case, by=officer)
    assert 'name="account"' in client.get(url_of(case)).text
    today = timezone.localdate()
    typed = {"platform": "toko-daring", "account": "Toko Contoh", "registered_on": today}
    assert client.post(f"{url_of(case)}serah/", typed).status_code == 302
    assert case.vendor.refresh().status == Status.REGISTERED
    assert client.post(f"{url_of(case)}tayang/", {"on_sale_on": today}).status_code == 302
    assert case.vendor.refresh().status == Status.ACTIVE


def test_a_day_in_the_future_is_sent_back_with_what_was_typed(client: Client) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    case = firms.approved()
    typed = {
        "platform": "toko-daring",
        "account": "Toko Contoh",
        "registered_on": timezone.localdate() + timedelta(days=1),
    }
    answer = client.post(f"{url_of(case)}serah/", typed)
    assert answer.status_code == 422
    assert 'value="Toko Contoh"' in answer.text


@pytest.mark.parametrize("act", ["serah", "tayang"])
def test_approver_hands_nothing_over(client: Client, approver: make.User, act: str) -> None:
    case = firms.approved()
    assert client.post(f"{url_of(case)}{act}/").status_code == 403
    assert client.get(f"{url_of(case)}{act}/").status_code == 405


def test_confirming_before_there_is_an_account_is_refused(client: Client) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    case = firms.approved()
    answer = client.post(f"{url_of(case)}tayang/", {"on_sale_on": timezone.localdate()})
    assert answer.status_code == 409
