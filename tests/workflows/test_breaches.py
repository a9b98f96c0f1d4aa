"""A breach is entered, told within three days, closed; a drill writes to no business."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from workflows import actions
from workflows.errors import NotAllowed, Refused
from workflows.models import AuditEvent, Breach, Message

if TYPE_CHECKING:
    from django.test import Client

    from onboarding.models import User

pytestmark = pytest.mark.django_db


def enter(by: User | None = None, **changes: Any) -> Breach:
    facts = {
        "is_drill": False,
        "what": "Contoh: daftar terkirim ke alamat yang salah",
        "known_at": timezone.now() - timedelta(hours=1),
        "whose": "Pemilik usaha",
        "which": "Nama dan telepon",
        "people": 2,
        "done": "Penerima menghapusnya",
        "advice": "Waspadai pesan yang meminta uang",
        **changes,
    }
    return actions.enter_breach(facts=facts, by=by or make.make_user(roles.ADMIN))


def tell(breach: Breach, *numbers: str, by: User | None = None) -> None:
    actions.tell_concerned(
        breach,
        numbers=numbers,
        send=lambda _job: None,
        by=by or make.make_user(roles.MANAGER),
    )
    make.run_jobs()


def test_the_people_concerned_get_one_message_with_what_is_known() -> None:
    firm, other = make.refer(), make.refer()
    breach = enter()
    tell(breach, firm.number)
    sent = Message.objects.filter(kind="breach")
    assert {message.vendor for message in sent} == {firm}
    assert "Nama dan telepon" in sent[0].body
    count = sent.count()
    actions.tell_breach(breach.pk, by=make.make_user(roles.ADMIN), beat=lambda: None)
    assert Message.objects.filter(kind="breach").count() == count
    assert not Message.objects.filter(kind="breach", vendor=other).exists()


def test_a_number_of_no_business_is_refused_and_nobody_is_told() -> None:
    with pytest.raises(Refused, match="VO-2026-999999"):
        tell(enter(), "VO-2026-999999")
    assert not Message.objects.filter(kind="breach").exists()


def test_a_drill_shows_the_message_to_who_holds_it_and_writes_to_no_business() -> None:
    make.refer()
    keeper = make.make_user(roles.ADMIN)
    tell(enter(is_drill=True), by=keeper)
    (message,) = Message.objects.filter(kind__startswith="breach")
    assert (message.to, message.vendor) == (keeper.email, None)
    assert "LATIHAN" in message.subject


def test_three_days_run_from_when_it_was_known() -> None:
    breach = enter(known_at=timezone.now() - timedelta(hours=73))
    assert breach.is_late
    assert not enter().is_late


def test_it_is_closed_only_after_the_authority_was_told() -> None:
    head, breach = make.make_user(roles.MANAGER), enter()
    with pytest.raises(Refused):
        actions.close_breach(breach, done="Selesai", by=head)
    actions.note_authority(breach, whom="Lembaga Contoh", at=timezone.now(), by=head)
    actions.tell_concerned(breach, numbers=(), send=lambda _job: None, by=head)
    with pytest.raises(Refused, match=r"being written|ditulis"):
        actions.close_breach(breach, done="Selesai", by=head)
    make.run_jobs()
    assert actions.close_breach(breach, done="Selesai", by=head).closed_by == head
    with pytest.raises(Refused):
        actions.note_authority(breach, whom="Lembaga Contoh", at=timezone.now(), by=head)


def test_the_people_concerned_are_told_before_it_is_closed_or_it_says_why_not() -> None:
    head, breach = make.make_user(roles.MANAGER), enter(known_at=timezone.now() - timedelta(days=4))
    at = breach.known_at + timedelta(hours=1)
    actions.note_authority(breach, whom="Lembaga Contoh", at=at, by=head)
    with pytest.raises(Refused):
        actions.close_breach(breach, done="Selesai", untold_reason="  ", by=head)
    assert Breach.objects.get().is_late
    closed = actions.close_breach(
        breach, done="Selesai", untold_reason="Kunci hilang bersama datanya", by=head
    )
    assert not closed.is_late
    assert AuditEvent.objects.get(act="close_breach").reason == "Kunci hilang bersama datanya"


def test_others_neither_enter_nor_see_it() -> None:
    with pytest.raises(NotAllowed):
        enter(by=make.make_user(roles.OFFICER))
    enter()
    assert not Breach.objects.visible_to(make.make_user(roles.OFFICER)).exists()


def test_the_pages_take_one_from_entry_to_close(client: Client) -> None:
    client.force_login(make.make_user(roles.MANAGER))
    client.cookies["django_language"] = "en"
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    body = {"what": "Contoh", "known_at": now, "whose": "x", "which": "y", "people": "3"}
    assert client.post("/kegagalan-data/", {**body, "people": "x"}).status_code == 422
    page = client.post("/kegagalan-data/", {**body, "is_drill": "on"}, follow=True)
    assert "no business is written to" in page.content.decode()
    breach = Breach.objects.get()
    url = f"/kegagalan-data/{breach.pk}/"
    assert client.post(url, {"act": "close", "done": "Selesai"}).status_code == 409
    client.post(url, {"act": "authority", "told_whom": "Contoh", "told_at": now})
    page = client.post(url, {"act": "close", "done": "Selesai"})
    assert page.status_code == 409
    assert "write why they are not told" in page.content.decode()
    client.post(url, {"act": "close", "done": "Selesai", "untold_reason": "Hanya latihan"})
    assert "Hanya latihan" in client.get(url).content.decode()
    breach.refresh_from_db()
    assert (breach.told_whom, breach.done) == ("Contoh", "Selesai")
    assert breach.number in client.get("/kegagalan-data/").content.decode()
