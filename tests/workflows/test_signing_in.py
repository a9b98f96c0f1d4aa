"""Signing in by a code, from a link or not, and seeing where one is signed in."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from onboarding.models import Membership, Vendor
from tests import factories as make
from workflows import actions, tasks
from workflows.devices import device_of
from workflows.models import AccessLink, AuditEvent
from workflows.views import signing

pytestmark = pytest.mark.django_db

ASK, CONFIRM, SEND = "/akun/login/code/", "/akun/login/code/confirm/", "/status/kode/"
DEVICES = "/akun/sesi/"
DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def outbox(client: Client, tmp_path: Path, settings: Any) -> Path:
    settings.OUTBOX_DIR = tmp_path
    client.cookies["django_language"] = "en"
    cache.clear()
    return tmp_path


def sent(outbox: Path) -> list[tuple[str, str]]:
    """Every code that the worker sent, with its phone, the newest last."""
    tasks.send_sign_in()
    files = sorted(outbox.glob("sms-*.txt"), key=lambda path: path.stat().st_mtime_ns)
    found = []
    for path in files:
        phone, _newline, words = path.read_text().partition("\n")
        code = re.search(r"\b\d{6}\b", words)
        found.append((phone, code[0] if code else ""))
    return found


def link(vendor: Vendor, purpose: str) -> str:
    return actions.make_access_link(vendor, purpose=purpose, by=make.make_user("officer"))[1]


def sign_in(client: Client, vendor: Vendor, outbox: Path, **more: str) -> Any:
    client.post(ASK, {"contact": vendor.phone})
    return client.post(CONFIRM, {"code": sent(outbox)[-1][1], **more})


def test_one_field_takes_a_phone_as_people_write_it_or_an_email(
    client: Client, outbox: Path, mailoutbox: list[Any]
) -> None:
    vendor = make.refer()
    written = "0" + vendor.phone.removeprefix("+62")
    response = client.post(ASK, {"contact": f" {written[:4]} {written[4:8]}-{written[8:]} "})
    assert response["Location"] == CONFIRM
    assert sent(outbox)[-1][0] == vendor.phone
    assert Client().post(ASK, {"contact": vendor.email})["Location"] == CONFIRM
    tasks.send_sign_in()
    assert mailoutbox[-1].to == [vendor.email]


def test_what_is_neither_is_refused_with_an_example(client: Client) -> None:
    page = client.post(ASK, {"contact": "warung saya"}).content.decode()
    assert "Example: 0812 3456 7890" in page


def test_a_code_may_be_pasted_with_spaces_and_the_number_is_covered(
    client: Client, outbox: Path
) -> None:
    vendor = make.refer()
    client.post(ASK, {"contact": vendor.phone})
    page = client.get(CONFIRM).content.decode()
    assert vendor.phone not in page
    assert vendor.phone[-4:] in page
    assert 'autocomplete="one-time-code"' in page
    code = sent(outbox)[-1][1]
    assert client.post(CONFIRM, {"code": f" {code[:3]} {code[3:]} "})["Location"] == "/"


def test_a_new_code_comes_after_a_minute_and_the_page_says_so(
    client: Client, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(ASK, {"contact": make.refer().phone})
    page = client.post(CONFIRM, {"action": "resend"}, follow=True).content.decode()
    assert "You can ask for a new one in" in page
    assert len(sent(outbox)) == 1
    monkeypatch.setattr(signing, "PAUSE", -1)  # the minute has passed
    page = client.post(CONFIRM, {"action": "resend"}, follow=True).content.decode()
    assert "The old one no longer works" in page
    assert client.post(CONFIRM, {"code": sent(outbox)[1][1]})["Location"] == "/"


def test_a_status_page_leads_through_the_code_to_the_page_wanted(
    client: Client, outbox: Path
) -> None:
    vendor = make.refer()
    make.confirm_contact(vendor, make.owner_of(vendor), by=make.make_user("officer"))
    client.get(f"/s/{link(vendor, 'status')}/")
    page = client.get("/status/").content.decode()
    assert vendor.phone[-4:] in page
    response = client.post(SEND)
    wanted = f"/saya/{vendor.pk}/"
    assert response["Location"] == f"{CONFIRM}?next=%2Fsaya%2F{vendor.pk}%2F"
    page = client.get(response["Location"]).content.decode()
    assert wanted in page
    phone, code = sent(outbox)[-1]
    assert phone == vendor.phone
    assert client.post(CONFIRM, {"code": code, "next": wanted})["Location"] == wanted
    # Signed in by the number that an office wrote down: the business opens after one proof.
    membership = Membership.objects.get(user__phone=vendor.phone, vendor=vendor)
    assert client.get(wanted)["Location"] == f"/saya/buktikan/{membership.pk}/"


@pytest.mark.parametrize("purpose", ["sign_in", "status"])
def test_a_link_that_ran_out_asks_for_a_code_to_the_same_phone(
    client: Client, outbox: Path, purpose: str
) -> None:
    vendor = make.refer()
    token = link(vendor, purpose)
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = open_link(client, purpose, token)
    assert "Get in without a new link" in page
    assert vendor.phone[-4:] not in page
    client.post(SEND)
    assert sent(outbox)[-1][0] == vendor.phone
    assert vendor.phone[-4:] not in client.get(CONFIRM).content.decode()


@pytest.mark.parametrize("purpose", ["sign_in", "status"])
def test_a_link_that_never_was_is_answered_in_the_same_words(
    client: Client, outbox: Path, purpose: str
) -> None:
    token = link(make.refer(), purpose)
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    stranger = Client()
    stranger.cookies["django_language"] = "en"
    pages = []
    for one, used in ((client, token), (stranger, "tidak-ada")):
        first = open_link(one, purpose, used)
        assert one.post(SEND)["Location"].startswith(CONFIRM)
        pages.append([bare(first.replace(used, "")), bare(one.get(CONFIRM).content.decode())])
    assert pages[0] == pages[1]
    assert len(sent(outbox)) == 1


def open_link(client: Client, purpose: str, token: str) -> str:
    if purpose == "status":
        return client.get(f"/s/{token}/").content.decode()
    client.get(f"/t/{token}/")
    return client.post("/masuk/tautan/").content.decode()


def bare(page: str) -> str:
    hidden = r'name="(csrfmiddlewaretoken|form_key)" value="\S+"'
    return re.sub(rf"{hidden}|From [\d.:]+ ?(am|pm|[ap]\.m\.)?", "", page)


def test_codes_of_a_link_are_asked_for_five_times_an_hour(
    client: Client, outbox: Path, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"code_of_link": "5/h/key"}
    client.get(f"/s/{link(make.refer(), 'status')}/")
    assert [client.post(SEND).status_code for _time in range(6)] == [302] * 5 + [429]
    assert len(sent(outbox)) == 5


def test_one_s_own_phone_stays_signed_in_and_any_other_does_not(
    client: Client, outbox: Path
) -> None:
    vendor = make.refer()
    own = sign_in(client, vendor, outbox, own_device="on").cookies["sessionid"]
    assert own["max-age"] == 90 * DAY
    other = sign_in(Client(), vendor, outbox).cookies["sessionid"]
    assert not other["max-age"]
    kept = BrowserSession.objects.get(session_key=other.value).expire_date
    assert kept < timezone.now() + timedelta(hours=8, minutes=1)


def test_staff_are_never_signed_in_for_long(client: Client) -> None:
    officer = make.make_user("officer")
    answer = client.post(
        "/akun/login/",
        {"login": officer.email, "password": make.PASSWORD, "own_device": "on", "remember": "on"},
    )
    assert answer.status_code == 302
    assert not answer.cookies["sessionid"]["max-age"]


def test_a_session_that_is_used_goes_on(client: Client, outbox: Path) -> None:
    sign_in(client, make.refer(), outbox, own_device="on")
    day = timezone.now() + timedelta(days=60)
    BrowserSession.objects.update(expire_date=day)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=30))
    client.get("/saya/")
    assert BrowserSession.objects.get(session_key=client.session.session_key).expire_date == day
    session = client.session
    session["seen_at"] -= 3600
    session.save()
    client.get("/saya/")
    kept = BrowserSession.objects.get(session_key=client.session.session_key)
    assert kept.expire_date > timezone.now() + timedelta(days=89)
    seen = UserSession.objects.get(session_key=client.session.session_key).last_seen_at
    assert seen > timezone.now() - timedelta(minutes=1)


def test_a_session_that_ran_out_leaves_nothing_and_a_code_lies_there_for_a_day(
    client: Client, outbox: Path
) -> None:
    over, ended = Client(), Client()
    for one in (client, over, ended):
        sign_in(one, make.refer(), outbox)
    key = over.session.session_key
    BrowserSession.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(hours=1))
    BrowserSession.objects.filter(pk=ended.session.session_key).delete()
    day = (timezone.now() - timedelta(hours=25)).timestamp()
    old, *young = outbox.glob("sms-*.txt")
    os.utime(old, (day, day))
    tasks.run_due()
    assert not BrowserSession.objects.filter(pk=key).exists()
    assert UserSession.objects.filter(session_key=key).count() == 0
    assert not old.exists()
    assert all(path.exists() for path in young)
    assert UserSession.objects.count() == 2
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=25))
    tasks.run_due()
    assert UserSession.objects.get().session_key == client.session.session_key


def test_a_person_sees_every_device_and_ends_one(client: Client, outbox: Path) -> None:
    vendor = make.refer()
    lost = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile"})
    for one in (client, lost):
        sign_in(one, vendor, outbox)
    page = client.get(DEVICES).content.decode()
    assert "Mobile phone · Android · Chrome" in page
    assert page.count("This device") == 1
    session = UserSession.objects.get(session_key=lost.session.session_key)
    assert client.post(f"{DEVICES}{session.pk}/akhiri/")["Location"] == DEVICES
    assert lost.get("/saya/").status_code == 302
    assert client.get("/saya/").status_code == 200
    assert AuditEvent.objects.filter(act="end_sessions").count() == 1


def test_all_other_devices_are_ended_at_once_and_nobody_s_else(
    client: Client, outbox: Path
) -> None:
    vendor, other = make.refer(), Client()
    stranger = Client()
    sign_in(stranger, make.refer(), outbox)
    for one in (client, other):
        sign_in(one, vendor, outbox)
    theirs = UserSession.objects.get(session_key=stranger.session.session_key)
    assert client.post(f"{DEVICES}{theirs.pk}/akhiri/").status_code == 409
    client.post(DEVICES)
    assert other.get("/saya/").status_code == 302
    assert stranger.get("/saya/").status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120",
            "Computer · Windows · Edge",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Safari",
            "Mobile phone · iPhone · Safari",
        ),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) Chrome/120", "Tablet · Android · Chrome"),
        ("curl/8", "Unknown device"),
    ],
)
def test_a_device_is_named_as_people_call_it(said: str, words: str) -> None:
    with translation.override("en"):
        assert device_of(said).words == words


def test_sessions_are_short_unless_somebody_says_otherwise() -> None:
    assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
