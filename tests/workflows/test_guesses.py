"""Guessing at accounts: counted, locked, told to whom it concerns, and answered alike whether the
account exists or not."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.even_times import until_full_step
from onboarding import roles
from onboarding.actions import invite_person
from onboarding.models import Invitation, SignInMessage, User
from tests import factories as make
from tests.workflows.test_factors import SIGN_IN, STEP, code, sign_in, with_app
from workflows import counters, messages, tasks

pytestmark = pytest.mark.django_db
RESET, ASK_CODE = "/akun/password/reset/", "/akun/login/code/"


@pytest.fixture(autouse=True)
def limits(settings: Any, client: Client) -> None:
    """As an office has it: the limits of the product, behind one proxy."""
    from config import settings as product  # noqa: PLC0415 - the tests' own settings have none

    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.cookies["django_language"] = "en"
    cache.clear()


def guess(client: Client, login: str, number: int, password: str = "salah") -> Any:
    """One try from an address of its own, so that only the account counts."""
    address = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number % 250}"}
    return client.post(SIGN_IN, {"login": login, "password": password}, **address)


def bare(page: str) -> str:
    return re.sub(
        r'name="(csrfmiddlewaretoken|form_key)" value="\S+"|value="\S+@contoh.test"', "", page
    )


def test_many_guesses_lock_the_account_and_its_owner_is_told_once(client: Client) -> None:
    """Two hundred are made at a real server by ./mitra faults guesses."""
    officer = make.make_user(roles.OFFICER)
    pages = [guess(client, officer.email, number).content.decode() for number in range(40)]
    assert sum("Too many failed login attempts" in page for page in pages) == 35
    assert "_auth_user_id" not in client.session
    locked = guess(client, officer.email, 201, make.PASSWORD)
    assert locked.status_code == 200  # the right password neither
    (told,) = SignInMessage.objects.exclude(to="")
    assert told.to == officer.email
    assert "tried to sign in to your account too often" in told.body


def test_a_lock_outlives_the_counts_of_many_other_people(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    for number in range(6):
        guess(client, officer.email, number)
    for number in range(400):
        cache.set(f"zz:{number}", 1, 24 * 3600)
    cache.set("aa", 1, 60)
    assert counters.forget_over(now=timezone.now()) == 0
    page = guess(client, officer.email, 201, make.PASSWORD).content.decode()
    assert "Too many failed login attempts" in page
    assert counters.forget_over(now=timezone.now() + timedelta(minutes=2)) > 0
    assert (cache.get("aa"), cache.get("zz:399")) == (None, 1)


def test_one_address_is_stopped_whatever_accounts_it_tries(client: Client) -> None:
    for number in range(10):
        client.post(SIGN_IN, {"login": f"orang{number}@contoh.test", "password": "salah"})
    page = sign_in(client, make.make_user(roles.OFFICER)).content.decode()
    assert "Too many failed login attempts" in page


def test_guesses_at_the_second_step_are_locked_and_told(client: Client) -> None:
    officer = with_app(make.make_user(roles.OFFICER))
    sign_in(client, officer)
    pages = [client.post(STEP, {"code": "000000"}).content.decode() for _number in range(7)]
    assert "Too many failed login attempts" in pages[-1]
    assert client.post(STEP, {"code": code()}).status_code == 200
    assert SignInMessage.objects.filter(to=officer.email).count() == 1


def test_answers_about_an_account_leave_at_full_steps_of_time(
    client: Client, settings: Any
) -> None:
    assert until_full_step(0.1, 0.5) == pytest.approx(0.4)
    assert until_full_step(0.7, 0.5) == pytest.approx(0.3)
    settings.ANSWER_STEP_SECONDS = 0.1
    for path, name in ((SIGN_IN, "login"), (ASK_CODE, "contact"), (RESET, "email")):
        begun = time.monotonic()
        client.post(path, {name: "tidak.ada@contoh.test", "password": "salah"})
        assert time.monotonic() - begun > 0.1, path
    settings.ANSWER_STEP_SECONDS, begun = 20, time.monotonic()
    assert sign_in(Client(), make.make_user(roles.AGENCY))["Location"] == "/"
    assert time.monotonic() - begun < 15  # whoever is let in does not wait


def test_who_has_an_account_is_told_by_no_answer(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    pages = []
    for login in (officer.email, "tidak.ada@contoh.test"):
        cache.clear()
        one = Client()
        one.cookies["django_language"] = "en"
        seen = [guess(one, login, number).content.decode() for number in range(7)]
        seen.append(one.post(RESET, {"email": login}, follow=True).content.decode())
        pages.append([bare(page) for page in seen])
    assert pages[0] == pages[1]


def test_codes_and_links_of_a_sign_in_are_sent_by_the_worker_and_written_alike_for_nobody(
    client: Client, mailoutbox: list[Any]
) -> None:
    owner = make.make_user(roles.VENDOR)
    for contact in (owner.email, "tidak.ada@contoh.test", "0812 9999 0001"):
        before = SignInMessage.objects.count()
        Client().post("/akun/login/code/", {"contact": contact})
        assert SignInMessage.objects.count() == before + 1
    client.post(RESET, {"email": "tidak.ada@contoh.test"})
    assert SignInMessage.objects.filter(to="").count() == 3
    assert not mailoutbox
    tasks.send_sign_in()
    assert [mail.to for mail in mailoutbox] == [[owner.email]]
    assert not SignInMessage.objects.exists()  # what was sent is kept nowhere


def test_a_message_that_cannot_leave_is_tried_again_and_given_up_after_an_hour(
    settings: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # nobody is there
    message = messages.leave(to="orang@contoh.test", body="Contoh")
    assert tasks.send_sign_in() == 0
    assert SignInMessage.objects.filter(pk=message.pk).exists()
    SignInMessage.objects.update(until=message.made_at)
    tasks.send_sign_in()
    assert not SignInMessage.objects.exists()


def test_an_invitation_leaves_by_the_worker_and_waits_for_a_mail_server_that_is_away(
    client: Client, settings: Any, mailoutbox: list[Any]
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # nobody is there
    client.force_login(make.make_user(roles.ADMIN))
    typed = {"full_name": "Contoh Baru", "email": "baru@contoh.test", "role": roles.TRAINER}
    assert client.post(reverse("onboarding:invite_person"), typed).status_code == 302
    now = timezone.now()
    tries = [now, now + timedelta(hours=2), now + timedelta(hours=2, minutes=5)]
    assert [messages.send_waiting(now=one) for one in tries] == [0, 0, 0]
    settings.EMAIL_BACKEND = works
    assert messages.send_waiting(now=now + timedelta(hours=2, minutes=6)) == 0  # seldom by now
    assert messages.send_waiting(now=now + timedelta(hours=3)) == 1
    assert "/undangan/" in mailoutbox[0].body
    assert not SignInMessage.objects.exists()  # nor its token


def test_an_invitation_that_ended_is_not_sent_any_more(mailoutbox: list[Any]) -> None:
    keeper = make.make_user(roles.ADMIN)
    invite_person(
        email="baru@contoh.test", full_name="Contoh", role=roles.TRAINER, agency=None, by=keeper
    )
    assert messages.send_waiting(now=timezone.now() + timedelta(days=8)) == 0
    assert not SignInMessage.objects.exists()
    assert not mailoutbox


def test_codes_for_one_contact_are_asked_for_a_few_times(client: Client) -> None:
    owner = make.make_user(roles.VENDOR)
    answers = [
        Client().post("/akun/login/code/", {"contact": owner.email}).status_code
        for _number in range(5)
    ]
    assert answers[:3] == [302] * 3
    assert answers[3] != 302


def test_a_reset_link_has_the_host_of_the_settings_and_a_foreign_host_is_refused(
    client: Client, settings: Any, mailoutbox: list[Any]
) -> None:
    officer = make.make_user(roles.OFFICER)
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://mitra.contoh.test", ["testserver"]
    assert client.post(RESET, {"email": officer.email}, HTTP_HOST="jahat.test").status_code == 400
    client.post(RESET, {"email": officer.email})
    tasks.send_sign_in()
    body = mailoutbox[-1].body
    found = re.search(r"https?://\S+", body)
    assert found
    assert found[0].startswith("https://mitra.contoh.test/akun/password/reset/key/")
    assert "testserver" not in body


@pytest.mark.parametrize(
    "password", ["pendek", "password123456", "123456789012", "MitraBejo2026!", "aaaaaaaaaaaab"]
)
def test_short_and_known_passwords_are_refused(client: Client, password: str) -> None:
    officer = make.make_user(roles.OFFICER)
    client.force_login(officer)
    typed = {"oldpassword": make.PASSWORD, "password1": password, "password2": password}
    assert client.post("/akun/password/change/", typed).status_code == 200
    assert User.objects.get(pk=officer.pk).check_password(make.PASSWORD)


def test_one_s_own_name_is_no_password() -> None:
    person = User(full_name="Suryaningsih Contoh", email="petugas@contoh.test")
    with pytest.raises(ValidationError):
        validate_password("suryaningsih-contoh", person)


def test_an_invitation_is_kept_as_a_hash_used_once_and_only_by_a_press(client: Client) -> None:
    keeper = make.make_user(roles.ADMIN)
    tokens: list[str] = []

    def hear(token: str, **_rest: Any) -> None:
        tokens.append(token)

    from onboarding import events  # noqa: PLC0415 - only here

    events.person_invited.connect(hear)
    invite_person(
        email="baru@contoh.test", full_name="Contoh", role=roles.TRAINER, agency=None, by=keeper
    )
    events.person_invited.disconnect(hear)
    kept = Invitation.objects.get()
    assert tokens[0] not in str(kept.__dict__)
    url = reverse("workflows:accept_invitation", args=tokens)
    assert client.get(url, follow=True).status_code == 200
    assert not User.objects.filter(email="baru@contoh.test").exists()  # looking changes nothing
    new = {"password": "kalimat-baru-2026-contoh", "again": "kalimat-baru-2026-contoh"}
    assert client.post("/undangan/", new).status_code == 302
    again = Client()
    again.get(url)
    assert again.post("/undangan/", new).status_code == 409
    assert User.objects.filter(email="baru@contoh.test").count() == 1


def test_nobody_is_ever_deleted() -> None:
    from django.db.models import ProtectedError  # noqa: PLC0415 - only here

    person = make.make_user(roles.OFFICER)
    with pytest.raises(ProtectedError):
        person.delete()
    with pytest.raises(ProtectedError):
        User.objects.filter(pk=person.pk).delete()


# --- sessions ----------------------------------------------------------------------------------


def aged(client: Client, *, seen: int = 0, began: int = 0) -> Client:
    session = client.session
    now = int(time.time())
    session["seen_at"], session["began_at"] = now - seen, now - began
    session.save()
    return client


def test_staff_are_signed_out_after_half_an_hour_without_a_page_and_after_half_a_day(
    client: Client,
) -> None:
    officer = make.make_user(roles.OFFICER)
    sign_in(client, officer)
    assert aged(client, seen=25 * 60).get("/usaha/").status_code == 200
    assert client.session["seen_at"] > time.time() - 5  # a page counts
    answer = aged(client, seen=31 * 60).get("/usaha/")
    assert answer["Location"] == "/akun/login/?next=/usaha/"
    assert "_auth_user_id" not in client.session
    sign_in(client, officer)
    assert aged(client, began=13 * 3600).get("/usaha/").status_code == 302


def test_owners_stay_and_trainers_in_a_hall_without_signal_too(client: Client) -> None:
    for role, page in ((roles.VENDOR, "/saya/"), (roles.TRAINER, "/bimtek/")):
        one = Client()
        sign_in(one, make.make_user(role))
        assert aged(one, seen=5 * 3600, began=5 * 3600).get(page).status_code == 200
        assert aged(one, began=181 * 24 * 3600).get(page).status_code == 302


def test_signing_in_gives_a_new_key(client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    sign_in(client, make.make_user(roles.OFFICER))
    assert client.session.session_key != planted
