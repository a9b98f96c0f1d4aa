"""Inviting somebody to an account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import Agency, Invitation
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = reverse("onboarding:invite_person")


def answer(**changes: Any) -> dict[str, Any]:
    return {
        "full_name": "Contoh Baru",
        "email": "baru@contoh.test",
        "role": roles.TRAINER,
        **changes,
    }


def test_the_keeper_invites_a_person(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    response = client.post(URL, answer(), follow=True)
    assert response.redirect_chain == [(reverse("onboarding:people"), 302)]
    assert Invitation.objects.get().role == roles.TRAINER
    assert "baru@contoh.test" in response.content.decode()


def test_staff_of_an_office_need_their_office_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    response = client.post(URL, answer(role=roles.AGENCY))
    assert response.status_code == 409
    assert 'value="baru@contoh.test"' in response.content.decode()
    agency = Agency.objects.get(code="dindik")
    assert client.post(URL, answer(role=roles.AGENCY, agency=agency.pk)).status_code == 302
    assert Invitation.objects.get().agency == agency


def test_an_email_that_has_an_account_is_refused_with_a_sentence(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    known = make.make_user(roles.OFFICER)
    assert client.post(URL, answer(email=known.email)).status_code == 409


@pytest.mark.parametrize("role", [roles.VENDOR, roles.SYSTEM, "raja", ""])
def test_owners_and_the_machine_are_not_invited(client: Client, role: str) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    assert "role" in client.post(URL, answer(role=role)).context["form"].errors
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, answer()).status_code == 403
