"""The keeper's list of people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.actions import accept_invitation, invite_person
from onboarding.errors import Refused
from onboarding.models import Invitation, User
from tests import factories as make
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
URL = reverse("onboarding:people")


def page(client: Client, **query: Any) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def keeper(client: Client) -> User:
    """The keeper, signed in."""
    admin = make.make_user(roles.ADMIN)
    client.force_login(admin)
    return admin


def test_the_keeper_sees_people_with_role_and_office(client: Client, keeper: User) -> None:
    person = make.make_user(roles.AGENCY)
    shown = page(client)
    assert person.agency
    for words in (person.full_name, person.agency.name, str(person.get_role_display())):
        assert words in shown
    assert User.objects.system().full_name + "<small>" not in shown


def test_owners_are_shown_when_asked_for_with_their_phone_covered(
    client: Client, keeper: User
) -> None:
    owner = User.objects.create_user(
        phone="+6281234567890", role=roles.VENDOR, full_name="Contoh Sulastri"
    )
    assert owner.full_name not in page(client)
    shown = page(client, role=roles.VENDOR)
    assert owner.full_name in shown
    assert "81234567890" not in shown
    assert "7890" in shown
    assert owner.full_name in page(client, name="sulas")


def test_people_can_be_narrowed_to_those_switched_off(client: Client, keeper: User) -> None:
    away, here = make.make_user(roles.OFFICER, is_active=False), make.make_user(roles.OFFICER)
    shown = page(client, active="0")
    assert away.full_name in shown
    assert here.full_name not in shown
    assert page(client, active="apa", role="siapa")


def test_open_invitations_are_shown_with_their_end(client: Client, keeper: User) -> None:
    for email in ("satu@contoh.test", "dua@contoh.test"):
        invite_person(email=email, full_name="Contoh", role=roles.TRAINER, agency=None, by=keeper)
    Invitation.objects.filter(email="dua@contoh.test").update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    shown = page(client)
    assert "satu@contoh.test" in shown
    assert "dua@contoh.test" not in shown


def test_an_invitation_that_went_astray_is_taken_back_and_its_link_opens_nothing(
    client: Client, keeper: User
) -> None:
    facts = {"full_name": "Contoh", "role": roles.ADMIN, "agency": None, "by": keeper}
    astray = invite_person(email="salah@contoh.test", **facts)
    url = reverse("onboarding:withdraw_invitation", args=[astray.pk])
    assert url in page(client)
    for _press in range(2):
        assert "salah@contoh.test" in client.post(url, follow=True).content.decode()
    assert url not in page(client)
    assert AuditEvent.objects.filter(act="withdraw_invitation", by=keeper).count() == 1
    with pytest.raises(Refused):
        accept_invitation(astray, password=make.PASSWORD)


def test_an_invitation_that_was_used_is_not_taken_back(client: Client, keeper: User) -> None:
    used = invite_person(
        email="tepat@contoh.test", full_name="Contoh", role=roles.TRAINER, agency=None, by=keeper
    )
    accept_invitation(used, password=make.PASSWORD)
    url = reverse("onboarding:withdraw_invitation", args=[used.pk])
    assert client.post(url).status_code == 409


def test_the_keeper_is_not_offered_to_switch_off_their_own_account(
    client: Client, keeper: User
) -> None:
    other = make.make_user(roles.OFFICER)
    shown = page(client)
    assert reverse("onboarding:set_person_active", args=[other.pk]) in shown
    assert reverse("onboarding:set_person_active", args=[keeper.pk]) not in shown


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403


def test_the_page_only_shows(client: Client, keeper: User) -> None:
    assert client.post(URL).status_code == 405


def test_the_page_asks_the_database_as_often_for_many_people_as_for_few(
    client: Client, keeper: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        make.make_user(roles.AGENCY)
    with django_assert_max_num_queries(10):
        shown = page(client)
    assert "before=" in shown
