"""Switching an account off and on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


def url(person: User) -> str:
    return reverse("onboarding:set_person_active", args=[person.pk])


def is_active(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


def test_the_keeper_switches_an_account_off_and_on(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    person = make.make_user(roles.OFFICER)
    assert client.post(url(person), {"active": "0"}).status_code == 302
    assert not is_active(person)
    client.post(url(person), {"active": "1"})
    assert is_active(person)


def test_somebody_who_was_switched_off_is_out_at_once(client: Client) -> None:
    person, theirs = make.make_user(roles.OFFICER), Client()
    theirs.force_login(person)
    page = reverse("onboarding:referrals")
    assert theirs.get(page).status_code == 200
    client.force_login(make.make_user(roles.ADMIN))
    client.post(url(person), {"active": "0"})
    assert theirs.get(page).status_code == 302


def test_the_own_account_answers_with_a_sentence(client: Client) -> None:
    admin = make.make_user(roles.ADMIN)
    client.force_login(admin)
    assert client.post(url(admin), {"active": "0"}).status_code == 409
    assert is_active(admin)


def test_the_machine_has_no_switch(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    assert client.post(url(User.objects.system()), {"active": "0"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    person = make.make_user(roles.OFFICER)
    assert client.post(url(person), {"active": "0"}).status_code == 403
    assert is_active(person)


def test_looking_changes_nothing(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    person = make.make_user(roles.OFFICER)
    assert client.get(url(person)).status_code == 405
    assert is_active(person)
