"""The second step of staff: asked before anything else, kept, lost, and asked again before what is
sensitive."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import SignInMessage, User
from tests import factories as make
from workflows.models import AuditAssignment, AuditEvent

pytestmark = pytest.mark.django_db
SIGN_IN, SET_UP, STEP = "/akun/login/", "/akun/2fa/", "/akun/2fa/authenticate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def strict(settings: Any, client: Client) -> None:
    """As an office has it."""
    settings.SECOND_FACTOR_REQUIRED = settings.REAUTHENTICATION_REQUIRED = True
    client.cookies["django_language"] = "en"
    cache.clear()


def sign_in(client: Client, user: User) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": make.PASSWORD})


def code() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))


def with_app(user: User) -> User:
    """Somebody who has an app, and recovery codes."""
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.mark.parametrize("role", sorted(roles.STAFF))
def test_staff_without_a_second_step_are_led_to_set_one_up_before_anything_else(
    client: Client, role: str
) -> None:
    sign_in(client, make.make_user(role))
    for page in ("/usaha/", "/admin/", "/usulan/orang/", "/akun/sesi/", "/akun/password/change/"):
        assert client.get(page)["Location"] == SET_UP, page
    assert "Set up a second step before you go on" in client.get(SET_UP).content.decode()
    assert client.get("/privasi/").status_code == 200  # what is open to all stays open


@pytest.mark.parametrize("role", [roles.AGENCY, roles.COOPERATIVE, roles.VENDOR])
def test_offices_and_owners_are_not_asked_for_one(client: Client, role: str) -> None:
    sign_in(client, make.make_user(role))
    assert client.get("/").status_code == 302
    assert client.get(client.get("/")["Location"]).status_code == 200


def test_an_app_set_up_lets_one_work_and_gives_recovery_codes(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    officer = make.make_user(roles.OFFICER)
    other = Client()
    for one in (client, other):
        sign_in(one, officer)
    monkeypatch.setattr(totp, "get_totp_secret", lambda **_any: SECRET)
    assert client.get("/akun/2fa/totp/activate/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/akun/2fa/totp/activate/", {"code": code()})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get("/antrian/").status_code in (200, 404)
    # What was open before it, elsewhere, is closed.
    assert UserSession.objects.filter(user=officer).count() == 1
    assert AuditEvent.objects.get(act="add_factor").detail["kind"] == "totp"
    assert SignInMessage.objects.get(to=officer.email)


def test_a_password_alone_opens_nothing_where_there_is_an_app(client: Client) -> None:
    officer = with_app(make.make_user(roles.OFFICER))
    assert sign_in(client, officer)["Location"] == STEP
    assert client.get("/usaha/")["Location"].startswith(SIGN_IN)
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert client.post(STEP, {"code": code()})["Location"] == "/"
    assert client.get("/usaha/").status_code == 200


def test_a_code_of_the_app_works_once(client: Client) -> None:
    officer, again = with_app(make.make_user(roles.OFFICER)), Client()
    now = code()
    for one, status in ((client, 302), (again, 200)):
        sign_in(one, officer)
        assert one.post(STEP, {"code": now}).status_code == status


def test_a_used_code_stays_used_while_it_could_be_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, again = with_app(make.make_user(roles.OFFICER)), Client()
    step = int(time.time()) // 30 + 1
    early = totp.format_hotp_value(totp.hotp_value(SECRET, step))  # of a clock that is ahead
    for one in (client, again):
        sign_in(one, officer)
    assert client.post(STEP, {"code": early}).status_code == 302
    # Half a minute later the package has forgotten it, and still takes it.
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter((step, step + 1)))
    assert cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={early}")
    assert again.post(STEP, {"code": f"{early[:3]} {early[3:]}"}).status_code == 200


def test_a_recovery_code_stands_in_once(client: Client) -> None:
    officer, again = with_app(make.make_user(roles.OFFICER)), Client()
    spare = Authenticator.objects.get(user=officer, type="recovery_codes").wrap()
    one_code = spare.get_unused_codes()[0]
    for one, status in ((client, 302), (again, 200)):
        sign_in(one, officer)
        assert one.post(STEP, {"code": one_code}).status_code == status


def test_a_session_that_showed_no_factor_must_show_it_once_there_is_one(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    client.force_login(officer)
    with_app(officer)
    assert client.get("/usaha/")["Location"] == "/akun/2fa/reauthenticate/?next=%2Fusaha%2F"
    answer = client.post("/akun/2fa/reauthenticate/", {"code": code(), "next": "/usaha/"})
    assert answer["Location"] == "/usaha/"
    assert client.get("/usaha/").status_code == 200


def test_staff_keep_their_last_factor(client: Client) -> None:
    officer = with_app(make.make_user(roles.OFFICER))
    sign_in(client, officer)
    client.post(STEP, {"code": code()})
    client.post("/akun/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_the_keeper_takes_away_a_lost_factor_with_a_reason_and_its_owner_is_told(
    client: Client,
) -> None:
    keeper, officer, theirs = make.make_user(roles.ADMIN), make.make_user(roles.OFFICER), Client()
    with_app(officer)
    sign_in(theirs, officer)
    theirs.post(STEP, {"code": code()})
    sign_in(client, with_app(keeper))
    client.post(STEP, {"code": Authenticator.objects.get(
        user=keeper, type="recovery_codes").wrap().get_unused_codes()[0]})  # fmt: skip
    url = reverse("onboarding:reset_factors", args=[officer.pk])
    assert url in client.get(reverse("onboarding:people")).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Ditelepon balik ke kantor."}).status_code == 302
    assert not Authenticator.objects.filter(user=officer).exists()
    assert theirs.get("/usaha/")["Location"].startswith(SIGN_IN)
    event = AuditEvent.objects.get(act="reset_factors")
    assert (event.by, event.reason) == (keeper, "Ditelepon balik ke kantor.")
    assert SignInMessage.objects.filter(to=officer.email).exists()
    own = reverse("onboarding:reset_factors", args=[keeper.pk])
    assert client.post(own, {"reason": "Contoh"}).status_code == 409


def test_what_is_sensitive_asks_again_after_ten_minutes_and_keeps_what_was_filled_in(
    client: Client,
) -> None:
    keeper = with_app(make.make_user(roles.ADMIN))
    sign_in(client, keeper)
    client.post(STEP, {"code": code()})
    url = reverse("onboarding:invite_person")
    typed = {"email": "baru@contoh.test", "full_name": "Contoh Baru", "role": roles.TRAINER}
    typed |= {"form_key": "k" * 22}
    other = typed | {"email": "dua@contoh.test", "form_key": "m" * 22}
    assert client.post(url, other).status_code == 302
    age(client, seconds=11 * 60)
    answer = client.post(url, typed)
    assert answer["Location"].startswith("/akun/reauthenticate/?next=")
    assert AuditEvent.objects.filter(act="invite_person").count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert "what you filled in is kept" in page
    answer = client.post("/akun/reauthenticate/", {"password": make.PASSWORD, "next": url})
    assert answer.status_code == 302
    assert AuditEvent.objects.filter(act="invite_person").count() == 2
    client.post(url, typed)  # "back", and the same form once more
    assert AuditEvent.objects.filter(act="invite_person").count() == 2


def test_who_will_choose_a_file_is_asked_before_and_led_back_to_the_form(client: Client) -> None:
    keeper = with_app(make.make_user(roles.ADMIN))
    sign_in(client, keeper)
    client.post(STEP, {"code": code()})
    url = reverse("workflows:assign_auditors")
    assert client.get(url).status_code == 200
    age(client, seconds=11 * 60)
    answer = client.get(url)
    assert answer["Location"].endswith(f"?next={quote(url, safe='')}")
    assert "Is it still you?" in client.get(answer["Location"]).text
    answer = client.post("/akun/reauthenticate/", {"password": make.PASSWORD, "next": url})
    assert answer["Location"] == url
    assert client.get(url).status_code == 200


def test_auditors_are_not_let_in_by_a_form_that_was_opened_in_time_and_sent_too_late(
    client: Client,
) -> None:
    keeper, auditor = with_app(make.make_user(roles.ADMIN)), make.make_user(roles.AUDITOR)
    AuditAssignment.objects.all().delete()
    sign_in(client, keeper)
    client.post(STEP, {"code": code()})
    url, day = reverse("workflows:assign_auditors"), timezone.localdate().isoformat()
    letter = {
        "letter_number": "094/7/2026", "letter_on": day, "issued_by": "Inspektorat Contoh",
        "auditors": [auditor.pk], "access_from": day, "access_until": day, "audited_from": day,
        "audited_until": day,
    }  # fmt: skip
    assert client.get(url).status_code == 200
    age(client, seconds=25 * 60)
    for sent in ({**letter, "scan": make.photo("surat")}, letter):
        answer = client.post(url, sent)
        assert answer["Location"].endswith(f"?next={quote(url, safe='')}")
    assert not AuditAssignment.objects.exists()
    client.post("/akun/reauthenticate/", {"password": make.PASSWORD, "next": url})
    assert AuditAssignment.objects.get().letter_number == "094/7/2026"  # what could wait was kept


def test_the_address_of_a_button_says_that_it_is_one(client: Client) -> None:
    keeper = with_app(make.make_user(roles.ADMIN))
    sign_in(client, keeper)
    client.post(STEP, {"code": code()})
    page = client.get(reverse("onboarding:set_person_active", args=[keeper.pk]))
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Nothing was changed" in page.text


def age(client: Client, *, seconds: int) -> None:
    """Let a session have signed in so long ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def test_a_new_password_ends_every_other_session(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    officer, elsewhere = make.make_user(roles.OFFICER), Client()
    for one in (client, elsewhere):
        sign_in(one, officer)
    new = "kalimat-yang-lain-lagi-2026"
    client.post("/akun/password/change/", {
        "oldpassword": make.PASSWORD, "password1": new, "password2": new})  # fmt: skip
    assert client.get("/usaha/").status_code == 200
    assert elsewhere.get("/usaha/")["Location"].startswith(SIGN_IN)
    assert AuditEvent.objects.filter(act="change_password").count() == 1
