"""The government's sign-on: by subject only, for who tied their account, and believed only when
signed for us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.signon import SignOn as Choice
from onboarding import roles
from onboarding.models import SignOn, User
from tests import factories as make
from tests.workflows import provider as oidc
from tests.workflows.test_factors import STEP, code, sign_in as by_password, with_app
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
GO, BACK, TIE = "/masuk/sso/", "/masuk/sso/kembali/", "/akun/sso/"


@pytest.fixture
def provider(settings: Any, client: Client) -> Iterator[oidc.Provider]:
    """A provider, chosen in the settings."""
    cache.clear()
    client.cookies["django_language"] = "en"
    settings.SECOND_FACTOR_REQUIRED = True
    with oidc.running() as running:
        settings.SIGN_ON = Choice("SSO Contoh", running.issuer, oidc.CLIENT, oidc.SECRET)
        yield running


def tied(provider: oidc.Provider, user: User | None = None) -> User:
    user = user or make.make_user(roles.AGENCY)
    SignOn.objects.create(user=user, issuer=provider.issuer, subject=provider.subject)
    return user


def arrive(client: Client, provider: oidc.Provider, **changed: str) -> Any:
    """Go there, say yes, come back."""
    return client.get(BACK, provider.approve(client.get(GO)["Location"]) | changed)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_whoever_tied_their_account_signs_in_by_it(client: Client, provider: oidc.Provider) -> None:
    user = tied(provider)
    assert "Sign in with SSO Contoh" in client.get("/akun/login/").content.decode()
    before = client.session.session_key
    assert arrive(client, provider)["Location"] == "/"
    assert who(client) == str(user.pk)
    assert client.session.session_key != before


def test_a_second_step_is_still_asked_for(client: Client, provider: oidc.Provider) -> None:
    tied(provider, with_app(make.make_user(roles.OFFICER)))
    assert arrive(client, provider)["Location"] == STEP
    assert who(client) is None
    client.post(STEP, {"code": code()})
    assert client.get("/usaha/").status_code == 200


def test_an_unknown_subject_is_refused_and_no_account_is_made_though_the_email_is_known(
    client: Client, provider: oidc.Provider
) -> None:
    officer = make.make_user(roles.OFFICER)
    provider.claims = {"email": officer.email, "email_verified": True}
    people = User.objects.count()
    answer = arrive(client, provider)
    assert answer.status_code == 403
    assert "not tied to an account" in answer.content.decode()
    assert User.objects.count() == people
    assert who(client) is None


def test_the_subject_of_another_issuer_is_somebody_else(
    client: Client, provider: oidc.Provider
) -> None:
    user = tied(provider)
    SignOn.objects.filter(user=user).update(issuer="https://lain.contoh.test")
    assert arrive(client, provider).status_code == 403


def test_an_account_that_was_switched_off_stays_shut(
    client: Client, provider: oidc.Provider
) -> None:
    tied(provider, make.make_user(roles.AGENCY, is_active=False))
    arrive(client, provider)
    assert who(client) is None


WRONG: dict[str, Callable[[oidc.Provider], object]] = {
    "signed by another key": lambda one: setattr(one, "signs_with", oidc.new_key()),
    "for somebody else": lambda one: one.claims.update(aud="yang-lain"),
    "by another issuer": lambda one: one.claims.update(iss="https://lain.contoh.test"),
    "of another sign-in": lambda one: one.claims.update(nonce="lain"),
    "without a nonce": lambda one: one.claims.update(nonce=None),
    "too old": lambda one: one.claims.update(exp=int(time.time()) - 3600),
    "signed with a shared word": lambda one: (
        setattr(one, "algorithm", "HS256"),
        setattr(one, "signs_with", oidc.SECRET * 3),
    ),
    "not signed at all": lambda one: (
        setattr(one, "algorithm", "none"),
        setattr(one, "signs_with", ""),
    ),
    "handed on by another client": lambda one: one.claims.update(azp="yang-lain"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_token_that_cannot_be_believed_opens_nothing(
    client: Client, provider: oidc.Provider, fault: str
) -> None:
    tied(provider)
    WRONG[fault](provider)
    answer = arrive(client, provider)
    assert answer.status_code == 403
    assert "did not confirm who you are" in answer.content.decode()
    assert who(client) is None


def test_an_answer_to_nobody_s_question_opens_nothing(
    client: Client, provider: oidc.Provider
) -> None:
    tied(provider)
    stranger = Client()
    query = provider.approve(stranger.get(GO)["Location"])
    assert client.get(BACK, query).status_code == 403  # begun in another browser
    assert arrive(client, provider, state="lain").status_code == 403
    assert arrive(client, provider, iss="https://lain.contoh.test").status_code == 403
    assert client.get(BACK, {"error": "access_denied"}).status_code == 403
    good = provider.approve(client.get(GO)["Location"])
    assert client.get(BACK, good).status_code == 302
    client.post("/akun/logout/")
    assert client.get(BACK, good).status_code == 403  # once


def test_an_account_is_tied_by_who_showed_a_second_step_and_pressed_the_button(
    client: Client, provider: oidc.Provider
) -> None:
    officer = with_app(make.make_user(roles.OFFICER))
    assert client.get(TIE)["Location"].startswith("/akun/login/")
    by_password(client, officer)
    client.post(STEP, {"code": code()})
    query = provider.approve(client.get(TIE)["Location"])
    assert client.get(BACK, query)["Location"] == TIE
    assert "Contoh Pegawai" in client.get(TIE).content.decode()
    assert not SignOn.objects.exists()
    client.post(TIE)
    link = SignOn.objects.get()
    assert (link.user, link.subject) == (officer, provider.subject)
    assert AuditEvent.objects.filter(act="link_sign_on", by=officer).count() == 1
    client.post(TIE, {"act": "unlink"})
    assert not SignOn.objects.exists()


def test_an_account_without_a_second_step_is_not_tied(
    client: Client, provider: oidc.Provider
) -> None:
    by_password(client, make.make_user(roles.AGENCY))
    assert client.get(TIE)["Location"] == "/akun/2fa/"


def test_a_subject_opens_one_account(client: Client, provider: oidc.Provider) -> None:
    tied(provider)
    by_password(client, with_app(make.make_user(roles.OFFICER)))
    client.post(STEP, {"code": code()})
    client.get(BACK, provider.approve(client.get(TIE)["Location"]))
    assert client.post(TIE).status_code == 409


def test_a_provider_that_is_away_or_is_another_says_so_plainly(
    client: Client, provider: oidc.Provider, settings: Any
) -> None:
    provider.issuer += "/lain"
    assert "does not answer now" in client.get(GO).content.decode()
    settings.SIGN_ON = Choice("SSO", "http://127.0.0.1:9", oidc.CLIENT, "")
    assert client.get(GO).status_code == 403


@pytest.mark.parametrize("missing", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_describes_itself_badly_is_refused_in_words(
    client: Client, provider: oidc.Provider, missing: str
) -> None:
    provider.leaves_out = missing
    answer = client.get(GO)
    if answer.status_code == 302:
        answer = client.get(BACK, provider.approve(answer["Location"]))
    assert answer.status_code == 403


def test_keys_of_the_provider_may_change(client: Client, provider: oidc.Provider) -> None:
    tied(provider)
    arrive(client, provider)
    client.post("/akun/logout/")
    provider.key = oidc.new_key()
    cache.clear()  # within the hour a key of the same name is kept
    assert arrive(client, provider)["Location"] == "/"


def test_without_a_sign_on_in_the_settings_there_is_none(client: Client) -> None:
    assert client.get(GO).status_code == client.get(BACK).status_code == 404
