"""Links that open one door: what they show, how often they open, and where their token never is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding.actions import invite_person
from onboarding.events import person_invited
from onboarding.models import User, Vendor
from tests import factories as make
from workflows import actions
from workflows.forms import ConfirmCodeForm
from workflows.models import AccessLink

pytestmark = pytest.mark.django_db

STATUS = "/status/"
SIGN_IN = "/masuk/tautan/"
INVITATION = "/undangan/"
PASSWORD = "sawah luas di kaki gunung"


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def link(vendor: Vendor, purpose: str) -> str:
    _link, token = actions.make_access_link(vendor, purpose=purpose, by=make.make_user("officer"))
    return token


def invite(role: str = "trainer") -> str:
    tokens: list[str] = []

    def keep(token: str, **_rest: object) -> None:
        tokens.append(token)

    person_invited.connect(keep)
    try:
        invite_person(
            email="baru@contoh.test",
            full_name="Contoh Baru",
            role=role,
            agency=None,
            by=make.make_user("admin"),
        )
    finally:
        person_invited.disconnect(keep)
    return tokens[0]


def test_a_sign_in_link_opens_the_owner_s_page_once(client: Client) -> None:
    vendor = make.refer()
    token = link(vendor, "sign_in")
    response = client.get(f"/t/{token}/")
    assert response["Location"] == SIGN_IN
    assert response["Referrer-Policy"] == "no-referrer"
    page = client.get(SIGN_IN)
    assert token not in page.content.decode()
    response = client.post(SIGN_IN)
    assert response["Location"] == reverse("workflows:own_firms")
    assert client.get(reverse("workflows:own_page", args=[vendor.pk])).status_code == 200
    other = Client()
    other.get(f"/t/{token}/")
    assert other.post(SIGN_IN).status_code == 409


def test_looking_at_a_sign_in_link_uses_nothing_up(client: Client) -> None:
    token = link(make.refer(), "sign_in")
    Client().get(f"/t/{token}/", follow=True)
    assert AccessLink.objects.get().used_at is None


def test_the_session_gets_a_new_key_at_sign_in(client: Client) -> None:
    client.get(f"/t/{link(make.refer(), 'sign_in')}/")
    before = client.session.session_key
    client.post(SIGN_IN)
    assert client.session.session_key != before


def test_a_sign_in_link_ends_somebody_else_s_session(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.make_user("officer"))
    client.get(f"/t/{link(vendor, 'sign_in')}/")
    client.post(SIGN_IN)
    assert client.get(reverse("workflows:queue")).status_code == 403
    assert client.get(reverse("workflows:own_page", args=[vendor.pk])).status_code == 200


def test_without_a_link_the_page_says_what_to_do(client: Client) -> None:
    assert "There is no sign-in link here." in client.get(SIGN_IN).content.decode()
    assert client.post(SIGN_IN).status_code == 409


def test_a_status_link_shows_words_and_nothing_private(client: Client) -> None:
    vendor = make.refer(nik="3599010101900001")
    response = client.get(f"/s/{link(vendor, 'status')}/")
    assert response["Location"] == STATUS
    cookie = response.cookies["mitra_status"]
    assert cookie["httponly"]
    assert cookie["path"] == STATUS
    page = client.get(STATUS).content.decode()
    assert vendor.name in page
    assert "Your business may join" in page
    for secret in (vendor.nik, vendor.phone, vendor.email, vendor.nib, vendor.owner_name):
        assert secret not in page


def test_a_status_link_may_be_opened_again(client: Client) -> None:
    token = link(make.refer(), "status")
    for _time in range(2):
        assert client.get(f"/s/{token}/")["Location"] == STATUS


def test_a_withdrawn_or_old_status_link_shows_nothing(client: Client) -> None:
    vendor = make.refer()
    client.get(f"/s/{link(vendor, 'status')}/")
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    response = client.get(STATUS)
    assert response.status_code == 404
    assert vendor.name not in response.content.decode()


def test_a_forged_status_cookie_shows_nothing(client: Client) -> None:
    link(make.refer(), "status")
    client.cookies["mitra_status"] = f"{AccessLink.objects.get().pk}:x:y"
    assert client.get(STATUS).status_code == 404


def test_a_sign_in_token_is_no_status_token(client: Client) -> None:
    assert client.get(f"/s/{link(make.refer(), 'sign_in')}/").status_code == 404


def test_an_invitation_opens_one_account(client: Client) -> None:
    token = invite()
    assert client.get(f"/undangan/{token}/")["Location"] == INVITATION
    page = client.get(INVITATION).content.decode()
    assert token not in page
    assert "Contoh Baru" in page
    assert "Trainer" in page
    response = client.post(INVITATION, {"password": PASSWORD, "again": PASSWORD})
    assert response["Location"] == reverse("training:sessions")
    assert User.objects.get(email="baru@contoh.test").role == "trainer"
    again = Client()
    again.get(f"/undangan/{token}/")
    assert again.get(INVITATION).status_code == 409


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("pendek", "pendek", "too short"),
        (PASSWORD, "lain sekali ya", "The two passwords are not the same."),
        ("baru@contoh.test", "baru@contoh.test", "too similar"),
        ("", "", "This field is required."),
    ],
)
def test_a_poor_password_is_refused_with_a_reason(
    client: Client, password: str, again: str, words: str
) -> None:
    client.get(f"/undangan/{invite()}/")
    response = client.post(INVITATION, {"password": password, "again": again})
    assert words in response.content.decode()
    assert not User.objects.filter(email="baru@contoh.test").exists()


def test_whoever_has_an_account_by_now_is_told_to_sign_in(client: Client) -> None:
    client.get(f"/undangan/{invite()}/")
    User.objects.create_user("baru@contoh.test", PASSWORD, role="trainer", full_name="Contoh")
    response = client.post(INVITATION, {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 409
    page = response.content.decode()
    assert "There is already an account with this e-mail." in page
    assert reverse("account_login") in page


def test_an_unknown_invitation_is_refused_with_a_sentence(client: Client) -> None:
    client.get("/undangan/tidak-ada/")
    response = client.get(INVITATION)
    assert response.status_code == 409
    assert "expired or was already used" in response.content.decode()


def test_the_short_address_leads_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/masuk/")["Location"] == reverse("account_login")
    client.force_login(make.make_user("officer"))
    assert client.get("/masuk/")["Location"] == "/"


@pytest.mark.parametrize(
    ("role", "name"),
    [("officer", "workflows:queue"), ("vendor", "workflows:own_firms")],
)
def test_home_is_where_the_work_begins(client: Client, role: str, name: str) -> None:
    assert client.get("/")["Location"] == reverse("account_login")
    client.force_login(make.make_user(role))
    assert client.get("/")["Location"] == reverse(name)


@pytest.mark.parametrize("path", ["/", "/masuk/", "/t/x/", "/s/x/", "/status/", "/undangan/x/"])
def test_doors_that_are_only_looked_at_refuse_a_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_the_code_field_shows_number_keys() -> None:
    assert ConfirmCodeForm(code="123456").fields["code"].widget.attrs["inputmode"] == "numeric"
