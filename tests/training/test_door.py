"""At the door: what devices send counts once, what is forged never, what contradicts is settled."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from onboarding import roles
from onboarding.models import Referral, Vendor
from tests import factories as make
from training import actions
from training.errors import DoorUnsettled, Refused, WrongCode
from training.models import DoorDevice, Scan, Seat, Session
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
Send = Callable[..., dict[str, Any]]
NAMES = ("Contoh Batik", "Contoh Kue", "Contoh Tahu")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def held() -> Session:
    session = make.make_session()
    for name in NAMES:
        make.invite(make.refer(name=name), session)
    return make.begin(session)


@pytest.fixture
def trainer(client: Client, held: Session) -> Client:
    client.force_login(held.trainer)
    return client


@pytest.fixture
def send(trainer: Client, held: Session) -> Send:
    def post(*scans: dict[str, Any], device: str = "", ahead: int = 0, **facts: Any) -> Any:
        body = {
            "device": device or str(uuid4()),
            "sent_at": now() + ahead * 1000,
            "scans": list(scans),
            **facts,
        }
        url = reverse("training:sync_scans", args=[held.pk])
        answer = trainer.post(url, json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    return post


def now(minutes: float = 0) -> int:
    return int((timezone.now() + timedelta(minutes=minutes)).timestamp() * 1000)


def seats(held: Session) -> list[Seat]:
    return list(held.seats.order_by("vendor__name").select_related("vendor"))


def scan(what: str = "in", minutes: float = -5, **facts: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "what": what, "at": now(minutes), "via": "hand", **facts}


def by_pass(seat: Seat, minutes: float = -5) -> dict[str, Any]:
    return scan(minutes=minutes, via="pass", proof=actions.pass_of(seat))


def test_what_is_sent_twice_counts_once(send: Send, held: Session) -> None:
    batik, kue, _tahu = seats(held)
    sent = [by_pass(batik), scan(via="code", proof=actions.code_of(kue))]
    first = send(*sent)
    assert [said[0] for said in first["scans"].values()] == ["counted", "counted"]
    assert send(*sent)["scans"] == first["scans"]
    assert Scan.objects.count() == 2
    assert sum(bool(came) for came, _left in first["seats"].values()) == 2
    assert AuditEvent.objects.filter(act="record_scans").count() == 1


def test_forged_foreign_revoked_and_reasonless_marks_are_kept_and_count_nothing(
    send: Send, held: Session
) -> None:
    batik, kue, tahu = seats(held)
    other = make.make_session()
    make.invite(make.refer(), other)
    stale = by_pass(kue)
    actions.renew_pass(kue, reason="Dikirim ke grup", by=held.trainer)
    answer = send(
        by_pass(other.seats.get()),
        stale,
        scan(via="pass", proof="A" * 32),
        scan(via="pass", seat=batik.pk, proof=""),
        scan(seat=tahu.pk),
        scan(via="self", seat=tahu.pk, reason="x"),
        scan(what="dance", seat=tahu.pk),
    )
    assert {said[0] for said in answer["scans"].values()} == {"refused"}
    assert not held.seats.filter(arrived_at__isnull=False).exists()
    assert Scan.objects.filter(outcome="refused").count() == 6  # the last made no sense at all


def test_a_clock_ten_minutes_off_is_written_down_and_its_times_are_corrected(
    send: Send, held: Session, trainer: Client
) -> None:
    batik = seats(held)[0]
    sent = {**by_pass(batik), "at": now(5)}  # five minutes ago, on a clock ten minutes ahead
    send(sent, ahead=600)
    batik.refresh_from_db()
    kept = Scan.objects.get()
    assert kept.clock_ahead in range(595, 605)
    assert kept.is_clock_wrong
    assert batik.arrived_at
    assert abs(timezone.now() - timedelta(minutes=5) - batik.arrived_at) < timedelta(seconds=10)
    page = trainer.get(reverse("training:session", args=[held.pk])).content.decode()
    assert "Jamnya" in page or "10 minutes off" in page


def test_two_devices_in_any_order_come_to_the_same(send: Send, held: Session) -> None:
    batik, kue, tahu = seats(held)
    one, two = str(uuid4()), str(uuid4())
    told = [
        (one, by_pass(batik, -50)),
        (two, by_pass(batik, -45)),
        (one, by_pass(kue, -40)),
        (two, scan("undo", -30, seat=kue.pk)),
        (two, by_pass(tahu, -20)),
        (two, scan("out", -10, seat=tahu.pk)),
    ]
    random.shuffle(told)
    for device, mark in told:
        send(mark, device=device)
    came = {seat.vendor.name: (seat.is_present, bool(seat.left_at)) for seat in seats(held)}  # type: ignore[union-attr]  # seats of firms
    assert came == {
        "Contoh Batik": (True, False),
        "Contoh Kue": (True, False),
        "Contoh Tahu": (True, True),
    }
    assert [scan.remark for scan in actions.open_disagreements(held)] == ["undo_of_other"]


def test_a_sheet_is_not_closed_while_devices_disagree_or_may_hold_marks(
    send: Send, held: Session, trainer: Client
) -> None:
    batik = seats(held)[0]
    one = str(uuid4())
    send(by_pass(batik, -40), device=one, unsent=3)
    send(scan("undo", -30, seat=batik.pk), done=True)
    with pytest.raises(DoorUnsettled, match="disagree"):
        actions.close_sheet(held, by=held.trainer)
    dispute = actions.open_disagreements(held).get()
    url = reverse("training:settle_scans", args=[dispute.pk])
    assert trainer.get(url).status_code == 200
    assert trainer.post(url, {"present": "1", "reason": ""}).status_code == 400
    assert trainer.post(url, {"present": "0", "reason": "Salah orang"}).status_code == 302
    assert trainer.post(url, {"present": "0", "reason": "Lagi"}).status_code == 409
    batik.refresh_from_db()
    assert not batik.is_present
    with pytest.raises(DoorUnsettled, match=one[:4].upper()):
        actions.close_sheet(held, by=held.trainer)
    closed = actions.close_sheet(held, despite="Ponsel rusak", by=held.trainer)
    assert not closed.is_open
    assert AuditEvent.objects.get(act="close_sheet").reason == "Ponsel rusak"


def test_what_comes_after_closing_is_left_to_a_person(send: Send, held: Session) -> None:
    batik = seats(held)[0]
    actions.close_sheet(held, by=held.trainer)
    answer = send(by_pass(batik, -30))
    assert [said[0] for said in answer["scans"].values()] == ["disputed"]
    batik.refresh_from_db()
    assert not batik.is_present
    dispute = actions.open_disagreements(held).get()
    officer = make.make_user(roles.OFFICER)
    actions.settle_scans(dispute, present=True, reason="Terlambat terkirim", by=officer)
    batik.refresh_from_db()
    assert batik.is_present


def test_guests_without_signal_become_referrals_once(send: Send, held: Session) -> None:
    guest = {
        "name": "Contoh Tamu",
        "business": "Contoh Warung Tamu",
        "phone": "0812 3333 4444",
        "region": "Kota Surabaya",
        "legal_form": "perorangan",
    }
    before = Vendor.objects.count()
    send(scan("walk_in", guest=guest, reason="x"))
    send(scan("walk_in", guest={**guest, "phone": "+62 812-3333-4444"}, reason="x"))
    send(scan("walk_in", guest={"name": "", "phone": "abc"}, reason="x"))
    assert Vendor.objects.count() == before + 1
    assert Referral.objects.get(source="walk_in").vendor.name == "Contoh Warung Tamu"
    seat = held.seats.get(is_walk_in=True)
    assert seat.is_present
    remarks = sorted(scan.remark for scan in actions.open_disagreements(held))
    assert remarks == ["guest_twice", "guest_unknown"]


def test_a_file_of_a_device_is_taken_in_once(trainer: Client, held: Session) -> None:
    batik = seats(held)[0]
    body = {"device": str(uuid4()), "sent_at": now(), "scans": [by_pass(batik)]}
    url = reverse("training:import_scans", args=[held.pk])
    for _twice in range(2):
        file = SimpleUploadedFile("pintu.json", json.dumps(body).encode())
        assert trainer.post(url, {"file": file}).status_code == 302
    assert Scan.objects.count() == 1
    assert held.seats.get(pk=batik.pk).is_present
    for strange in (b"", b"[]", b"{}", b'{"device": 1, "scans": 2}', b"\xff\xfe", b"[" * 5000):
        file = SimpleUploadedFile("x.json", strange)
        assert trainer.post(url, {"file": file}).status_code == 302
        sync = reverse("training:sync_scans", args=[held.pk])
        assert trainer.post(sync, strange, content_type="application/json").status_code == 400
    assert DoorDevice.objects.count() == 1


def test_the_list_for_a_device_holds_digests_and_never_a_pass(
    trainer: Client, held: Session
) -> None:
    page = trainer.get(reverse("training:door", args=[held.pk])).content.decode()
    for seat in seats(held):
        assert actions.pass_of(seat) not in page
        assert actions.code_of(seat) not in page
        assert actions.digests_of(seat)[0] in page
        assert seat.vendor
        assert seat.vendor.phone.removeprefix("+62") not in page
    worker = trainer.get(reverse("training:door_worker"))
    assert worker["Service-Worker-Allowed"] == "/bimtek/pintu/"
    assert worker["Content-Type"].startswith("text/javascript")


# --- the pass as a link ---------------------------------------------------------------------------
def test_a_pass_opened_by_a_trainer_asks_to_confirm_and_by_others_shows_nothing_private(
    trainer: Client, held: Session
) -> None:
    batik = seats(held)[0]
    assert batik.vendor
    address = reverse("training:receive_pass", args=[actions.pass_of(batik)])
    stranger = Client()
    outline = stranger.get(address, follow=True)
    text = outline.content.decode()
    assert outline.redirect_chain[-1][0] == reverse("training:opened_pass")
    assert actions.pass_of(batik) not in text
    assert batik.vendor.name not in text
    assert batik.vendor.owner_name not in text
    assert "C. B." in text
    assert stranger.post(reverse("training:check_in")).status_code == 302  # to sign in
    assert batik.vendor.name in trainer.get(address, follow=True).content.decode()
    assert not held.seats.filter(arrived_at__isnull=False).exists()  # looking marks nobody
    assert trainer.post(reverse("training:check_in")).status_code == 302
    batik.refresh_from_db()
    assert (batik.is_present, batik.arrived_via) == (True, "pass")
    assert trainer.post(reverse("training:check_in")).status_code == 409  # a photo of it, later
    other = Client()
    other.force_login(make.make_user(roles.TRAINER))
    assert batik.vendor.name not in other.get(address, follow=True).content.decode()
    assert other.post(reverse("training:check_in")).status_code == 409


def test_the_owner_sees_the_pass_and_nobody_else_does(client: Client, held: Session) -> None:
    batik, kue, _tahu = seats(held)
    assert batik.vendor
    client.force_login(make.owner_of(batik.vendor))
    page = client.get(reverse("training:seat_pass", args=[batik.pk])).content.decode()
    code = actions.code_of(batik)
    assert f"{code[:4]} {code[4:]}" in page
    assert client.get(reverse("training:seat_pass", args=[kue.pk])).status_code == 404


# --- the code on the screen of the hall -----------------------------------------------------------
def test_the_code_of_the_hall_marks_its_owner_once(client: Client, held: Session) -> None:
    batik, kue, _tahu = seats(held)
    assert batik.vendor
    assert kue.vendor
    client.force_login(make.owner_of(batik.vendor))
    code = actions.hall_code(held, now=timezone.now())
    address = reverse("training:receive_hall_code", args=[held.pk, code])
    page = client.get(address, follow=True)
    assert page.context["form"].initial["code"] == code
    url = reverse("training:check_in_oneself", args=[held.pk])
    assert client.post(url, {"code": code}).status_code == 302
    batik.refresh_from_db()
    assert (batik.is_present, batik.arrived_via) == (True, "self")
    assert client.post(url, {"code": code}).status_code == 409
    kue.refresh_from_db()
    assert not kue.is_present


def test_old_codes_codes_of_other_halls_and_other_people_are_refused(held: Session) -> None:
    batik, _kue, _tahu = seats(held)
    by = held.trainer
    elsewhere = make.begin(make.make_session())
    for code in (
        actions.hall_code(held, now=timezone.now() - timedelta(seconds=90)),
        actions.hall_code(elsewhere, now=timezone.now()),
        "XXXXXXXX",
    ):
        with pytest.raises(WrongCode):
            actions.check_in_oneself(batik, code=code, by=by)
    Seat.objects.filter(pk=batik.pk).update(state=Seat.State.DECLINED)
    with pytest.raises(Refused):
        actions.check_in_oneself(batik, code=actions.hall_code(held, now=timezone.now()), by=by)


def test_guessing_the_code_of_the_hall_ends_soon_and_needs_a_seat(
    client: Client, held: Session, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"hall_code": "10/10m/key"}  # as in the product
    url = reverse("training:check_in_oneself", args=[held.pk])
    right = actions.hall_code(held, now=timezone.now())
    assert client.post(url, {"code": right}).status_code == 400  # nobody's seat
    batik = seats(held)[0]
    assert batik.vendor
    client.force_login(make.owner_of(batik.vendor))
    answers = [client.post(url, {"code": f"2222222{n}"}).status_code for n in range(12)]
    assert answers[-1] == 429
    assert client.post(url, {"code": right}).status_code == 429
    assert not held.seats.filter(arrived_at__isnull=False).exists()
