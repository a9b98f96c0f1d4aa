"""Owners are told by the way that reaches them, not at night, and a dead number is seen."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.training.test_after_session import held, ordered
from tests.workflows import firms
from tests.workflows.gateways import gateway, sms, whatsapp
from workflows import actions, messages
from workflows.errors import NotAllowed, Refused
from workflows.messages.quiet import opening
from workflows.messages.samples import samples
from workflows.models import AuditEvent, ContactChoice, DeadContact, Message, Setting

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from onboarding.models import Vendor

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 24, 12, tzinfo=WIB)  # a Tuesday


def tell(vendor: Vendor, kind: str = "guided", key: str = "contoh") -> list[Message]:
    return messages.tell_vendor(vendor, kind, key=f"{key}:{vendor.pk}")


def ways(vendor: Vendor) -> dict[str, str]:
    rows = Message.objects.filter(vendor=vendor, key__startswith="contoh")
    return dict(rows.values_list("channel", "state"))


def delivered() -> None:
    with time_machine.travel(NOON, tick=False):
        messages.deliver_due()


@pytest.fixture
def vendor() -> Vendor:
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        return make.refer()


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


# --- which way ---


def test_with_a_gateway_one_message_leaves_by_it_and_none_by_hand(
    vendor: Vendor, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.OUTBOX_DIR, settings.GATEWAYS = tmp_path, sms()
    (message,) = tell(vendor)
    assert (message.channel, message.state) == ("sms", "QUEUED")
    assert len(message.body) < 200
    delivered()
    assert vendor.name in next(tmp_path.iterdir()).read_text()


def test_a_kind_without_a_template_goes_the_usual_ways(
    vendor: Vendor, settings: SettingsWrapper
) -> None:
    settings.GATEWAYS = whatsapp("https://contoh.example")
    assert [one.channel for one in tell(vendor)] == ["whatsapp"]
    told = tell(vendor, "approved", key="contoh-lain")
    assert {one.channel: one.state for one in told} == {"whatsapp": "BY_HAND", "email": "QUEUED"}


def test_what_an_owner_chose_is_the_only_way(client: Client, vendor: Vendor) -> None:
    client.force_login(make.owner_of(vendor))
    url = reverse("workflows:say_own_reach", args=[vendor.pk])
    assert client.post(url, {"channel": "sms"}).status_code == 404  # no gateway here
    assert client.post(url, {"channel": "email"}).status_code == 302
    tell(vendor)
    assert ways(vendor) == {"email": "QUEUED"}
    client.post(url, {"channel": ""})
    assert not ContactChoice.objects.exists()


def test_an_officer_keeps_what_the_owner_said_and_nobody_else_does(vendor: Vendor) -> None:
    actions.choose_channel(vendor, channel="whatsapp", by=make.make_user(roles.OFFICER))
    tell(vendor)
    assert ways(vendor) == {"whatsapp": "BY_HAND"}
    with pytest.raises(NotAllowed):
        actions.choose_channel(vendor, channel="email", by=make.make_user(roles.APPROVER))


# --- dead numbers ---


def test_a_number_that_a_gateway_finds_dead_gets_nothing_more_and_the_owner_an_e_mail(
    vendor: Vendor, settings: SettingsWrapper
) -> None:
    with gateway() as server:
        settings.GATEWAYS = whatsapp(server.url)
        server.answer(400, {"error": {"code": 131026}})
        tell(vendor)
        delivered()
        assert DeadContact.objects.get().channel == "whatsapp"
        assert ways(vendor) == {"whatsapp": "FAILED", "email": "QUEUED"}
        tell(vendor, key="contoh-dua")
        messages.deliver_due()
        assert len(server.came) == 1
    assert len(mail.outbox) == 2
    event = AuditEvent.objects.get(act="find_contact_dead")
    assert vendor.phone not in json.dumps(event.detail)


def test_an_officer_says_that_a_number_is_not_right_and_all_that_waits_for_it_stops(
    client: Client, vendor: Vendor
) -> None:
    type(vendor).objects.filter(pk=vendor.pk).update(email="")
    vendor = vendor.refresh()
    (message,) = tell(vendor)
    tell(vendor, key="contoh-dua")
    client.force_login(make.make_user(roles.OFFICER))
    url = reverse("workflows:report_wrong_number", args=[message.pk])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409
    assert set(Message.objects.values_list("state", flat=True)) == {"FAILED"}
    (later,) = tell(vendor, key="contoh-tiga")
    assert (later.state, later.error) == ("FAILED", "dead")
    assert later.subject in client.get("/pesan/?state=FAILED").text
    page = client.get(reverse("workflows:vendor", args=[vendor.pk]) + "?part=owner").text
    assert f"…{vendor.phone[-2:]}" in page
    # The right number is typed in, and the message goes again.
    again = reverse("workflows:send_again", args=[later.pk])
    assert client.post(again).status_code == 409
    type(vendor).objects.filter(pk=vendor.pk).update(phone="+6281299990000")
    assert client.post(again).status_code == 302
    later.refresh_from_db()
    assert (later.to, later.state) == ("+6281299990000", "BY_HAND")


def test_the_owner_sees_that_we_did_not_reach_them_and_says_that_the_number_is_right(
    client: Client, vendor: Vendor
) -> None:
    messages.bury("whatsapp", vendor.phone, reason="wrong_number", by=User.objects.system())
    client.force_login(make.owner_of(vendor))
    page = client.get(reverse("workflows:own_page", args=[vendor.pk])).text
    assert f"…{vendor.phone[-2:]}" in page
    assert vendor.phone not in page
    assert reverse("workflows:propose_correction", args=[vendor.pk]) in page
    url = reverse("workflows:say_own_reach", args=[vendor.pk])
    assert client.post(url, {"act": "vouch"}).status_code == 302
    assert not DeadContact.objects.exists()
    with pytest.raises(Refused):
        actions.vouch_for_contact(vendor, by=make.owner_of(vendor))


def test_the_review_shows_a_flag_where_nobody_is_reached(client: Client) -> None:
    case = firms.submitted()
    messages.bury("whatsapp", case.vendor.phone, reason="dead", by=User.objects.system())
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(reverse("workflows:review_case", args=[case.pk])).text
    assert f"WhatsApp …{case.vendor.phone[-2:]}" in page


# --- reports of the gateway ---


def report(client: Client, *statuses: dict[str, Any], secret: str = "contoh-rahasia") -> int:
    body = json.dumps({"entry": [{"changes": [{"value": {"statuses": statuses}}]}]}).encode()
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return client.post(
        reverse("workflows:whatsapp_reports"),
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": signature},
    ).status_code


def said(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "wamid.contoh", "status": status, "timestamp": "1790000000", **more}


@pytest.fixture
def message(vendor: Vendor, settings: SettingsWrapper) -> Message:
    settings.GATEWAYS = whatsapp("https://contoh.example")
    (message,) = tell(vendor)
    Message.objects.filter(pk=message.pk).update(
        state="SENT", sent_at=timezone.now(), reference="wamid.contoh"
    )
    return message


def test_reports_move_a_message_on_and_never_back(client: Client, message: Message) -> None:
    messages.bury("whatsapp", message.to, reason="dead", by=User.objects.system())
    for status, state in (
        ("delivered", "DELIVERED"),
        ("read", "READ"),
        ("delivered", "READ"),
        ("failed", "READ"),
    ):
        assert report(client, said(status)) == 200
        message.refresh_from_db()
        assert message.state == state
    assert not DeadContact.objects.exists()  # what arrives shows that somebody is there


def test_a_report_that_it_failed_takes_another_way(client: Client, message: Message) -> None:
    assert report(client, said("failed", errors=[{"code": 131026}])) == 200
    assert DeadContact.objects.get().to == message.to
    assert ways(message.vendor) == {"whatsapp": "FAILED", "email": "QUEUED"}  # type: ignore[arg-type]
    assert report(client, said("failed", errors=[{"code": 131026}])) == 200
    assert Message.objects.count() == 2


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b'{"entry": [{"changes": [{}]}]}', b"{}"])
def test_a_signed_report_that_says_nothing_changes_nothing(
    client: Client, message: Message, body: bytes
) -> None:
    signature = "sha256=" + hmac.new(b"contoh-rahasia", body, hashlib.sha256).hexdigest()
    answer = client.post(
        reverse("workflows:whatsapp_reports"),
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": signature},
    )
    assert answer.status_code == 200


def test_nobody_else_reports_and_only_the_one_who_knows_the_word_is_answered(
    client: Client, message: Message, settings: SettingsWrapper
) -> None:
    url = reverse("workflows:whatsapp_reports")
    assert report(client, said("delivered"), secret="tebakan") == 403
    ask = {"hub.mode": "subscribe", "hub.challenge": "4711"}
    assert client.get(url, {**ask, "hub.verify_token": "contoh-kata"}).content == b"4711"
    assert client.get(url, {**ask, "hub.verify_token": "tebakan"}).status_code == 403
    settings.GATEWAYS = sms()
    assert client.get(url).status_code == 404
    message.refresh_from_db()
    assert message.state == "SENT"


# --- quiet hours ---


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 16:59", "2026-11-24 16:59"),
        ("2026-11-24 17:00", "2026-11-25 08:00"),
        ("2026-11-27 23:00", "2026-11-28 08:00"),
    ],
)
def test_nothing_leaves_before_eight_or_from_five_on(now: str, opens_at: str) -> None:
    at, then = (datetime.fromisoformat(text).replace(tzinfo=WIB) for text in (now, opens_at))
    assert opening(at, until=8, since=17, tz=WIB) == then
    assert opening(at, until=0, since=24, tz=WIB) == at


def test_reminders_wait_for_a_working_day_where_that_is_set() -> None:
    friday = datetime(2026, 11, 27, 18, tzinfo=WIB)
    monday, tuesday = datetime(2026, 11, 30, 8, tzinfo=WIB), datetime(2026, 12, 1, 8, tzinfo=WIB)
    assert opening(friday, until=8, since=17, tz=WIB, holidays=()) == monday
    closed = {monday.date()}
    assert opening(friday, until=8, since=17, tz=WIB, holidays=closed) == tuesday
    Setting.objects.create(key="reminders_on_working_days", value=1, explanation="contoh")
    assert messages.earliest(friday, kind="reminder") == monday
    assert messages.earliest(friday, kind="approved") == monday - timedelta(days=2)


def test_a_message_of_the_evening_waits_for_the_morning_but_not_one_about_today(
    vendor: Vendor,
) -> None:
    evening = datetime(2026, 11, 24, 20, tzinfo=WIB)
    with time_machine.travel(evening, tick=False):
        tell(vendor)
        assert messages.deliver_due() == 0
        session = make.make_session(days=0.1)
        make.invite(vendor, session)
        assert messages.deliver_due() == 1
    with time_machine.travel(evening + timedelta(hours=12), tick=False):
        assert messages.deliver_due() == 1


# --- certificates ---


def test_who_has_a_certificate_is_told_once_that_it_is_ready() -> None:
    session, seats = held(True)
    batch = ordered(session)
    actions.tell_of_certificates(batch)  # nothing is drawn yet
    batch.certificates.update(stored_as="certificates/contoh.pdf")
    for _time in range(2):
        actions.tell_of_certificates(batch)
    told = Message.objects.filter(kind="certificate", vendor=seats[0].vendor)
    assert sorted(told.values_list("channel", flat=True)) == ["email", "whatsapp"]
    assert batch.certificates.get().number in told[0].body


# --- every kind ---


def test_every_kind_of_message_has_words_that_fit_and_says_one_thing_to_do(
    settings: SettingsWrapper,
) -> None:
    settings.OFFICE_PHONE = "0812 0000 0000"
    found = {one.kind: one for one in samples()}
    kept = {path.stem for path in (settings.BASE_DIR / "templates/emails").glob("*.txt")}
    parts = {"base", "vendor", "office"} | {name for name in kept if name.startswith("_")}
    assert set(found) == kept - parts
    for one in found.values():
        assert one.subject, one.kind
        assert "{{" not in one.email + one.phone, one.kind
        assert "None" not in one.email, one.kind
        assert "<" not in one.email, one.kind  # nothing of the code
        if one.to != "owner":
            continue
        assert "tidak dipungut biaya" in one.email
        assert "0812 0000 0000" in one.email
        assert one.phone.startswith("Dari "), one.kind
        assert len(one.phone) <= 1000, (one.kind, len(one.phone))
        assert len(one.sms) <= 300, one.kind


def test_officers_and_the_keeper_read_every_text(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    assert "CV Contoh Makmur" in client.get("/pesan/contoh/").text
