"""Everybody may complain, with or without a name, and ask afterwards how it stands."""

from __future__ import annotations

import html
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from onboarding import roles
from tests.factories import approve, go_live, hand_over, make_user, owner_of, refer, submit, verify
from tests.naughty import NAUGHTY
from workflows import actions
from workflows.errors import ConflictOfInterest, NotAllowed, Refused
from workflows.models import AuditEvent, Message, Ticket

pytestmark = pytest.mark.django_db
PAGE, STATUS = "/pengaduan/", "/pengaduan/status/"
SAID = {"topic": "fee", "text": "Contoh diminta uang lima puluh ribu di loket."}


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def send(client: Client, **changes: str) -> Any:
    return client.post(PAGE, {**SAID, "key": str(uuid.uuid4()), **changes})


def word_of(answer: Any) -> str:
    return re.findall(r'id="word"[^>]*value="([^"]+)"', answer.content.decode())[0]


def complain(by: Any = None, **changes: str) -> Ticket:
    facts = {**SAID, "key": str(uuid.uuid4()), **changes}
    return actions.open_complaint(**facts, by=by)[0]  # type: ignore[arg-type]


def test_somebody_without_a_name_complains_and_later_reads_the_answer_by_the_word(
    client: Client,
) -> None:
    answer = send(client)
    word, ticket = word_of(answer), Ticket.objects.get()
    assert ticket.number in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert word not in ticket.secret_hash
    assert ticket.by is None
    actions.answer_ticket(ticket, text="Sudah ditegur.", by=make_user(roles.OFFICER))
    actions.note_ticket(ticket, text="Catatan dalam.", by=Ticket.objects.get().handler)
    page = client.post(STATUS, {"number": ticket.number.lower(), "word": word.upper()})
    text = page.content.decode()
    assert "Sudah ditegur." in text
    assert "Catatan dalam." not in text
    again = {"number": ticket.number, "word": word, "act": "reopen", "text": "Masih diminta."}
    assert client.post(STATUS, again).status_code == 200
    assert Ticket.objects.get().state == Ticket.State.IN_HAND


def test_a_wrong_word_and_a_wrong_number_are_answered_alike_and_not_without_end(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"complaint_status": "30/h/ip,10/h/key"}
    word = word_of(send(client))
    number = Ticket.objects.get().number

    def page(number: str, word: str) -> tuple[int, str]:
        answer = client.post(STATUS, {"number": number, "word": word})
        text = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return answer.status_code, re.sub(r"csrf\w+", "", text)

    assert page(number, "salah-salah-salah") == page("PG-2026-999999", word)
    assert page(number, "salah-salah-salah")[0] == 422
    codes = [page(number, "salah-salah-salah")[0] for _n in range(10)]
    assert codes[-1] == 429
    assert page(number, word)[0] == 429


def test_sent_twice_it_is_one_complaint_and_the_newest_word_counts(client: Client) -> None:
    key = str(uuid.uuid4())
    first, second = (word_of(send(client, key=key)) for _n in range(2))
    ticket = Ticket.objects.get()
    assert actions.find_by_word(ticket.number, first) is None
    assert actions.find_by_word(ticket.number, second) == ticket


def test_what_is_missing_is_said_and_a_machine_is_not_heard(client: Client) -> None:
    assert send(client, text="").status_code == 422
    assert send(client, website="http://contoh.test").status_code == 302
    assert not Ticket.objects.exists()


def test_somebody_who_sends_without_end_has_to_wait(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"complaint": "1/h/ip"}
    assert [send(client).status_code for _n in range(2)] == [200, 429]


def test_strange_texts_are_kept_or_refused_but_break_nothing(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    for text in NAUGHTY[::23]:
        fields = dict.fromkeys(("text", "contact", "about_name", "firm_number"), text)
        assert send(client, **fields).status_code in (200, 422)
        asked = client.post(STATUS, {"number": text, "word": text})
        assert asked.status_code in (200, 422)


def test_a_contact_is_told_at_once_and_nobody_finds_the_complainer_in_the_messages() -> None:
    ticket = complain(contact="contoh@contoh.test")
    message = Message.objects.get(kind="complaint")
    assert ticket.number in message.body
    assert SAID["text"] not in message.body
    assert message not in Message.objects.visible_to(make_user(roles.OFFICER))


def test_the_trail_keeps_the_act_and_not_a_word_of_it() -> None:
    firm = refer()
    ticket = complain(firm_number=firm.number, contact="contoh@contoh.test")
    event = AuditEvent.objects.get(act="open_ticket")
    assert ticket.vendor == firm
    assert event.vendor is None
    assert event.detail == {"ticket": ticket.pk, "kind": "complaint"}


def test_a_complaint_does_not_exist_for_the_one_it_is_about() -> None:
    rina, agus = make_user(roles.OFFICER), make_user(roles.OFFICER)
    rina.full_name = "Rina Melati"
    rina.save()
    ticket = complain(about_name="Bu Rina di loket 2")
    assert not Ticket.objects.visible_to(rina).exists()
    with pytest.raises(NotAllowed):
        actions.take_ticket(ticket, by=rina)
    actions.take_ticket(ticket, by=agus)
    actions.name_person(ticket, about=agus, by=make_user(roles.MANAGER))
    assert not Ticket.objects.visible_to(agus).exists()
    assert Ticket.objects.visible_to(rina).exists()
    assert Ticket.objects.get().handler is None


def test_nobody_handles_their_own_complaint_nor_one_that_a_colleague_has_in_hand() -> None:
    officer, colleague = make_user(roles.OFFICER), make_user(roles.OFFICER)
    own = complain(by=officer)
    with pytest.raises(ConflictOfInterest):
        actions.take_ticket(own, by=officer)
    actions.take_ticket(own, by=colleague)
    with pytest.raises(Refused):
        actions.answer_ticket(own, text="Contoh", by=make_user(roles.OFFICER))
    with pytest.raises(NotAllowed):
        actions.hand_on_ticket(own, to=officer, reason="Cuti", by=colleague)


def test_who_is_ill_does_not_hold_a_ticket_up(client: Client) -> None:
    ticket, ill, well = complain(), make_user(roles.OFFICER), make_user(roles.OFFICER)
    actions.take_ticket(ticket, by=ill)
    client.force_login(well)
    said = {"act": "take_over", "take_over-reason": "Contoh: sakit"}
    assert client.post(f"/tiket/{ticket.pk}/", said).status_code == 302
    assert Ticket.objects.get().handler == well
    cover = make_user(roles.OFFICER)
    today = timezone.localdate()
    actions.plan_leave(from_on=today, until_on=today, cover=cover, by=well)
    assert Ticket.objects.get().handler == cover


def test_a_closed_complaint_is_opened_again_for_some_days_only_by_the_one_whose_it_is() -> None:
    officer, owner = make_user(roles.OFFICER), make_user(roles.VENDOR)
    ticket = actions.close_ticket(complain(by=owner), reason="Selesai", by=officer)
    with pytest.raises(NotAllowed):
        actions.reopen_ticket(ticket, text="Contoh", by=make_user(roles.VENDOR))
    assert actions.reopen_ticket(ticket, text="Belum", by=owner).state == Ticket.State.IN_HAND
    actions.close_ticket(ticket, reason="Selesai", by=officer)
    Ticket.objects.update(closed_at=timezone.now() - timedelta(days=15))
    with pytest.raises(Refused):
        actions.reopen_ticket(ticket, text="Belum", by=owner)


def test_the_desk_takes_answers_and_closes_and_late_ones_stand_out(client: Client) -> None:
    late = complain()
    Ticket.objects.update(due_on=date(2026, 1, 5))
    client.force_login(make_user(roles.OFFICER))
    assert late.number in client.get("/tiket/?tab=late").content.decode()
    url = f"/tiket/{late.pk}/"
    for body in (
        {"act": "take"},
        {"act": "note", "note-text": "Ditanyakan ke loket."},
        {"act": "answer", "answer-text": "Ditindak."},
        {"act": "close", "close-reason": "Uang dikembalikan."},
    ):
        assert client.post(url, body).status_code == 302
    page = client.get(url).content.decode()
    assert "Ditanyakan ke loket." in page
    assert "Uang dikembalikan." in page
    assert client.post(url, {"act": "answer", "answer-text": "Lagi"}).status_code == 409
    assert client.post(url, {"act": "note", "note-text": ""}).status_code == 422


def test_a_manager_begins_with_money_and_conduct_and_an_auditor_only_reads(client: Client) -> None:
    fee, slow = complain(), complain(topic="delay")
    client.force_login(make_user(roles.MANAGER))
    text = client.get("/tiket/").content.decode()
    assert fee.number in text
    assert slow.number not in text
    client.force_login(make_user(roles.AUDITOR))
    page = client.get(f"/tiket/{fee.pk}/")
    assert 'name="act"' not in page.content.decode()
    assert client.post(f"/tiket/{fee.pk}/", {"act": "take"}).status_code == 403


def test_a_fault_goes_to_the_operator_and_the_owner_reads_what_it_answered(
    client: Client,
) -> None:
    case = go_live(hand_over(approve(verify(submit()))))
    vendor, owner, officer = case.vendor, owner_of(case.vendor), make_user(roles.OFFICER)
    client.force_login(owner)
    body = {"platform": "toko-daring", "topic": "order", "text": "Pesanan tidak masuk."}
    sent = client.post(f"/saya/{vendor.pk}/gangguan/", {**body, "key": str(uuid.uuid4())})
    ticket = Ticket.objects.get()
    assert sent.url == f"/pengaduan/{ticket.pk}/"
    client.force_login(officer)
    url = f"/tiket/{ticket.pk}/"
    client.post(url, {"act": "take"})
    ready = html.unescape(client.get(url).content.decode())
    assert "Pesanan tidak masuk." in ready.split('id="operator-text"')[1]
    assert vendor.nib not in ready
    client.post(url, {"act": "operator"})
    assert Ticket.objects.get().state == Ticket.State.WITH_OPERATOR
    client.post(url, {"act": "operator_answer", "operator-text": "Sudah diperbaiki."})
    client.force_login(owner)
    assert "Sudah diperbaiki." in client.get(f"/saya/{vendor.pk}/").content.decode()
    assert "Sudah diperbaiki." in client.get(f"/pengaduan/{ticket.pk}/").content.decode()


def test_a_fault_is_reported_only_for_a_firm_that_is_on_a_platform() -> None:
    vendor = refer()
    with pytest.raises(Refused):
        actions.open_support(
            vendor,
            topic="order",
            platform=None,
            text="x",
            key="k",
            by=owner_of(vendor),  # type: ignore[arg-type]
        )
