"""A contact typed by an office opens nothing until its owner proves a number of the firm."""

import pytest
from django.test import Client
from django.urls import reverse

from onboarding.models import Membership
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def membership(client: Client) -> Membership:
    user = make.make_user("vendor")
    client.force_login(user)
    return Membership.objects.create(user=user, vendor=make.refer())


def address(membership: Membership) -> str:
    return reverse("workflows:prove_membership", args=[membership.pk])


def test_the_right_number_opens_the_firm(client: Client, membership: Membership) -> None:
    response = client.post(address(membership), {"number": membership.vendor.nib})
    own_page = reverse("workflows:own_page", args=[membership.vendor_id])
    assert response["Location"] == own_page
    assert client.get(own_page).status_code == 200
    assert client.get(address(membership))["Location"] == own_page


def test_a_wrong_number_says_how_many_tries_are_left(
    client: Client, membership: Membership
) -> None:
    page = client.post(address(membership), {"number": "0099999999999"}).content.decode()
    assert "You have 4 tries left." in page
    assert membership.vendor.nib not in page


def test_a_short_number_costs_no_try(client: Client, membership: Membership) -> None:
    client.post(address(membership), {"number": "12345"})
    membership.refresh_from_db()
    assert membership.failed_proofs == 0


def test_after_five_wrong_numbers_only_an_officer_can_help(
    client: Client, membership: Membership
) -> None:
    for _try in range(5):
        client.post(address(membership), {"number": "0099999999999"})
    response = client.post(address(membership), {"number": membership.vendor.nib})
    page = response.content.decode()
    assert response.status_code == 409
    assert "An officer can confirm that the business is yours." in page
    assert "<input" not in page.partition("<main")[2].partition("</main>")[0]


def test_somebody_else_s_membership_does_not_exist(client: Client, membership: Membership) -> None:
    client.force_login(make.make_user("vendor"))
    assert client.get(address(membership)).status_code == 404


def test_staff_have_nothing_to_prove(client: Client, membership: Membership) -> None:
    client.force_login(make.make_user("officer"))
    assert client.get(address(membership)).status_code == 403
