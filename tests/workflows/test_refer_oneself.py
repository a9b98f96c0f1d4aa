"""A business that no office named sends its own answers, when the Bureau lets it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from onboarding.models import Referral, Status, Vendor
from tests.factories import refer
from workflows.models import AuditEvent, Setting

pytestmark = pytest.mark.django_db
PAGE = "/daftarkan-usaha/"
ANSWERS = {
    "name": "Contoh Dapur Sendiri",
    "legal_form": "perorangan",
    "region": "35.78",
    "owner_name": "Contoh Sulastri",
    "phone": "0812 9999 0001",
    "nib": "0001210000017",
    "programme": "Contoh Bank Binaan",
    "consent": "on",
    "key": "a-key-of-the-page",
}


@pytest.fixture
def is_open(db: None) -> None:
    cache.clear()
    Setting.objects.create(key="self_referral", value=1, explanation="")


def send(client: Client, **changes: str) -> Any:
    return client.post(PAGE, {**ANSWERS, **changes})


def test_the_page_is_closed_until_the_bureau_opens_it(client: Client) -> None:
    assert "form" not in client.get(PAGE).content.decode().split("<main")[1].split("</main")[0]
    send(client)
    assert not Vendor.objects.exists()


def test_a_business_names_itself_and_enters_the_same_road(client: Client, is_open: None) -> None:
    answer = client.get(send(client).url)
    referral = Referral.objects.get()
    assert referral.source == Referral.Source.SELF
    assert referral.programme == "Contoh Bank Binaan"
    assert referral.received["consent"]
    assert referral.vendor.refresh().status == Status.ELIGIBLE
    assert f"{referral.pk:06d}" in answer.content.decode()
    assert AuditEvent.objects.filter(act="refer_vendor", vendor=referral.vendor).count() == 1


def test_sent_twice_it_counts_once(client: Client, is_open: None) -> None:
    send(client)
    send(client)
    assert Referral.objects.count() == 1


def test_a_stranger_learns_nothing_of_a_known_business_and_changes_nothing_of_it(
    client: Client, is_open: None
) -> None:
    known = refer(nib=ANSWERS["nib"], phone="", email="ada@contoh.test")
    answer = client.get(send(client, name="Contoh Lain").url).content.decode()
    assert known.name not in answer
    assert known.refresh().phone == ""
    assert Referral.objects.get(source=Referral.Source.SELF).needs_look


@pytest.mark.parametrize("missing", ["consent", "phone", "name", "region"])
def test_what_is_missing_is_said_beside_its_field(
    client: Client, is_open: None, missing: str
) -> None:
    answer = send(client, **{missing: ""})
    assert answer.status_code == 422
    assert f"id_{missing}" in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_machine_that_fills_in_what_nobody_sees_is_thanked_and_forgotten(
    client: Client, is_open: None
) -> None:
    assert send(client, website="http://contoh.test").status_code == 302
    assert not Referral.objects.exists()


def test_somebody_who_sends_without_end_has_to_wait(
    client: Client, is_open: None, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"self_referral": "2/h/ip"}
    answers = [send(client, key=f"key {n}").status_code for n in range(3)]
    assert answers == [302, 302, 429]
