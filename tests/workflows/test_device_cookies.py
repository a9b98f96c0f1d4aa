"""A browser that is known for a person: strangers cannot lock them out, and its mark tells
nothing."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from onboarding import roles
from onboarding.actions import set_person_active
from onboarding.models import User
from tests import factories as make
from tests.workflows.test_factors import sign_in
from tests.workflows.test_guesses import ASK_CODE, RESET, guess, limits  # noqa: F401 - a fixture
from workflows.device_cookies import COOKIE, MOST, mark_of

pytestmark = pytest.mark.django_db
SIGN_OUT = "/akun/logout/"


def known(user: User) -> Client:
    """The browser of somebody who signed in and out again."""
    client = Client()
    client.cookies["django_language"] = "en"
    assert sign_in(client, user).status_code == 302
    client.post(SIGN_OUT)
    assert "_auth_user_id" not in client.session
    return client


def asked_from(client: Client, user: User) -> str:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value
    return mark_of(request, User.objects.get(pk=user.pk))


def test_strangers_who_guess_lock_out_strangers_and_not_the_owner() -> None:
    officer = make.make_user(roles.OFFICER)
    own, new = known(officer), Client()
    for number in range(12):
        guess(Client(), officer.email, number)
    assert guess(new, officer.email, 13, make.PASSWORD).status_code == 200
    assert guess(own, officer.email, 14, make.PASSWORD).status_code == 302


def test_a_known_browser_is_locked_for_itself_after_as_many_tries() -> None:
    officer = make.make_user(roles.OFFICER)
    own = known(officer)
    for number in range(6):
        guess(own, officer.email, number)
    assert guess(own, officer.email, 7, make.PASSWORD).status_code == 200
    assert guess(Client(), officer.email, 8, make.PASSWORD).status_code == 302


def test_a_known_browser_counts_with_strangers_at_another_s_account() -> None:
    officer, other = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    own = known(officer)
    for number in range(6):
        guess(Client(), other.email, number)
    assert guess(own, other.email, 7, make.PASSWORD).status_code == 200


@pytest.mark.parametrize(("path", "name"), [(ASK_CODE, "contact"), (RESET, "email")])
def test_strangers_use_up_their_own_codes_and_links(path: str, name: str) -> None:
    officer = make.make_user(roles.OFFICER)
    own = known(officer)
    answers = [Client().post(path, {name: officer.email}).status_code for _number in range(4)]
    assert answers == [302, 302, 302, 200]
    assert own.post(path, {name: officer.email}).status_code == 302


def test_wrong_passwords_for_one_phone_lock_no_other_phone() -> None:
    owner, other = (make.make_user(roles.VENDOR, phone=f"+62812000000{n}") for n in (1, 2))
    for number in range(6):
        guess(Client(), owner.phone, number)
    assert guess(Client(), owner.phone, 7, make.PASSWORD).status_code == 200
    assert guess(Client(), other.phone, 8, make.PASSWORD).status_code == 302


def test_the_mark_says_nothing_and_is_out_of_reach_of_scripts() -> None:
    officer = make.make_user(roles.OFFICER)
    cookie = known(officer).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    for told in (officer.email, officer.full_name, f":{officer.pk}:"):
        assert told not in cookie.value
    assert re.fullmatch(r"[\w-]{16}:\w+:[\w-]{43}", cookie.value)


def test_the_mark_ends_with_the_password_the_account_and_a_changed_letter() -> None:
    officer = make.make_user(roles.OFFICER)
    own = known(officer)
    assert asked_from(own, officer)
    set_person_active(officer, active=False, by=make.make_user(roles.ADMIN))
    assert not asked_from(own, officer)
    User.objects.filter(pk=officer.pk).update(is_active=True)
    assert asked_from(own, officer)
    forged = Client()
    value = own.cookies[COOKIE].value
    forged.cookies[COOKIE] = ("A" if value[0] != "A" else "B") + value[1:]
    assert not asked_from(forged, officer)
    person = User.objects.get(pk=officer.pk)
    person.set_password("kalimat-baru-2026-contoh")
    person.save()
    assert not asked_from(own, officer)


def test_a_shared_computer_knows_the_last_people_each_once() -> None:
    people = [make.make_user(roles.AGENCY) for _number in range(MOST + 1)]
    shared = Client()
    for person in (*people, people[-1]):
        cache.clear()
        sign_in(shared, person)
        shared.post(SIGN_OUT)
    assert [bool(asked_from(shared, person)) for person in people] == [False] + [True] * MOST
