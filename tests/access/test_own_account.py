"""What a person can do to their own account: nothing that opens another's firm."""

import pytest
from django.test import Client

from onboarding import roles
from onboarding.models import Membership
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_an_owner_cannot_take_the_address_of_another_firm_and_so_come_near_it(
    client: Client,
) -> None:
    firm = make.refer()
    owner = make.make_user(roles.VENDOR)
    client.force_login(owner)
    for act in ("action_add", "action_primary"):
        assert client.post("/akun/email/", {"email": firm.email, act: ""}).status_code < 500
    Client().post("/akun/login/code/", {"contact": firm.email})
    owner.refresh_from_db()
    assert owner.email != firm.email
    assert not Membership.objects.filter(user=owner, vendor=firm).exists()


def test_a_person_keeps_the_address_by_which_they_are_known(client: Client) -> None:
    person = make.make_user(roles.OFFICER)
    address = person.email
    client.force_login(person)
    client.get("/akun/email/")
    assert client.post("/akun/email/", {"email": address, "action_remove": ""}).status_code < 500
    person.refresh_from_db()
    assert person.email == address


def test_a_code_is_asked_for_with_a_phone_or_an_address(client: Client) -> None:
    answer = client.post("/akun/login/code/", {"contact": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors["contact"]
