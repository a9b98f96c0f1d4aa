"""One box finds everything that a person may see, and no number stands in an address or a log."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Reading, ReadValue
from onboarding import roles
from tests.factories import guide, hand_in, make_session, make_user, refer
from tests.naughty import NAUGHTY
from workflows import actions
from workflows.finding import OF_DEEDS
from workflows.models import AuditEvent, Letter
from workflows.owner.receipts import number_of

pytestmark = pytest.mark.django_db
PAGE = "/cari/"
NIK = "3578994102900001"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def found(client: Client, wanted: str) -> str:
    """What the page of results says, or the address to which a number leads at once."""
    answer = client.post(PAGE, {"wanted": wanted})
    if not answer.url.startswith(PAGE):
        return str(answer.url)
    return client.get(answer.url).content.decode()


def test_every_number_of_a_firm_leads_straight_to_it() -> None:
    firm = refer(nik=NIK, npwp="1000000000000017")
    client = signed_in(roles.OFFICER)
    for number in (firm.number, firm.nib, firm.phone, NIK, "1000.0000.0000.0017"):
        assert found(client, number) == f"/usaha/{firm.pk}/", number


def test_a_number_of_two_firms_leads_to_both() -> None:
    refer(nik=NIK, name="Contoh Satu"), refer(nik=NIK, name="Contoh Dua")
    page = found(signed_in(roles.OFFICER), NIK)
    assert "Contoh Satu" in page
    assert "Contoh Dua" in page


def test_names_find_firms_owners_meetings_and_offices() -> None:
    firm = refer(name="Contoh Batik Melati", owner_name="Contoh Sulastri")
    session = make_session(title="Bimtek Contoh Melati")
    client = signed_in(roles.OFFICER)
    page = found(client, "melati")
    assert f"/usaha/{firm.pk}/" in page
    assert f"/bimtek/{session.pk}/" in page
    assert f"/usaha/{firm.pk}/" in found(client, "sulastri")
    assert "/usulan/kantor/" in found(client, "Dinas Pendidikan")
    assert firm.name in found(client, "batik melatti")


def test_a_letter_and_a_ticket_are_opened_by_their_number() -> None:
    officer = make_user(roles.OFFICER)
    letter = Letter.objects.create(
        kind="invitation", subject="Contoh", number="027/12/2026", year=2026, created_by=officer
    )
    ticket, _word = actions.open_complaint(topic="fee", text="Contoh", key="k", by=None)
    client = signed_in(roles.OFFICER)
    assert found(client, "027/12/2026") == f"/surat/{letter.pk}/"
    assert found(client, ticket.number) == f"/tiket/{ticket.pk}/"
    assert "/tiket/" not in found(signed_in(roles.APPROVER), ticket.number)


def test_a_receipt_and_a_certificate_are_found_by_the_number_that_is_told() -> None:
    paper = hand_in(guide(refer()), "ktp")
    number = number_of(paper)
    client = signed_in(roles.OFFICER)
    assert paper.vendor.name in client.get(found(client, number)).text
    year = number.split("-")[1]
    wrong = number.replace(year, str(int(year) - 1))
    assert found(client, wrong).startswith("<!doctype"), "it leads to no receipt"


def test_a_deed_is_found_by_its_number_as_read_or_as_declared_through_an_index() -> None:
    firm = refer(legal_form="cv")
    paper = hand_in(guide(firm), "akta-pendirian", deed_number="417")
    reading = Reading.objects.get_or_create(paper=paper)[0]
    ReadValue.objects.create(
        reading=reading, position=900, field="deed_number", value="417", verdict="agrees"
    )
    page = found(signed_in(roles.OFFICER), "akta 417")
    assert firm.name in page
    if connection.vendor == "sqlite":
        plan = ReadValue.objects.filter(OF_DEEDS, value="417").order_by().explain()
        assert "value_by_deed_number" in plan


def test_an_office_finds_its_own_firms_only_and_an_owner_has_no_box() -> None:
    office = make_user(roles.AGENCY)
    own, other = refer(by=office), refer(by=make_user(roles.AGENCY, agency="dinkes"))
    client = Client()
    client.force_login(office)
    assert own.name in found(client, own.nib)
    assert other.name not in found(client, other.nib)
    owner = signed_in(roles.VENDOR)
    assert owner.post(PAGE, {"wanted": "contoh"}).status_code == 403
    assert 'id="find"' not in owner.get("/pengaduan/").content.decode()


def test_no_number_stands_in_an_address_a_log_or_the_trail(caplog: Any) -> None:
    firms = [refer(nik=NIK), refer(nik=NIK)]
    client = signed_in(roles.APPROVER)
    with caplog.at_level(logging.DEBUG):
        answer = client.post(PAGE, {"wanted": NIK})
        page = client.get(answer.url).content.decode()
    assert all(firm.name in page for firm in firms)
    assert NIK not in answer.url
    assert NIK not in str(dict(client.session))
    said = "".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert NIK not in said
    event = AuditEvent.objects.get(act="search_everything")
    assert event.detail["kinds"][0] == "nik"
    assert NIK not in str(event.detail)


def test_reload_and_back_show_the_same_and_an_old_address_shows_nothing() -> None:
    firm = refer(name="Contoh Kopi Ijen")
    client = signed_in(roles.OFFICER)
    url = client.post(PAGE, {"wanted": "kopi ijen"}).url
    for _time in range(2):
        page = client.get(url)
        assert firm.name in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    assert firm.name not in signed_in(roles.OFFICER).get(url).content.decode()


@pytest.mark.parametrize(
    "wanted",
    ["NIK 3599010101900099", "0812 9999 0099", "Budi 0812 9999 0099", "NIK:3599010101900099"],
)
def test_a_number_of_a_person_that_found_nothing_is_not_kept_either(wanted: str) -> None:
    client = signed_in(roles.OFFICER)
    page = client.get(client.post(PAGE, {"wanted": wanted}).url).content.decode()
    assert "tidak ada yang ditemukan" in page.lower()
    assert wanted not in str(dict(client.session)) + page


def test_a_search_costs_twelve_queries_at_most() -> None:
    for number in range(27):
        refer(name=f"Contoh Warung Sejahtera {number}")
    client = signed_in(roles.OFFICER)
    for wanted in ("warung sejahtera", "0812", "417", NIK, "027/12/2026"):
        answer = client.post(PAGE, {"wanted": wanted})
        with CaptureQueriesContext(connection) as asked:
            page = client.get(answer.url)
        assert len(asked) <= 12, (wanted, [one["sql"] for one in asked])
        assert page.status_code == 200
    url = client.post(PAGE, {"wanted": "warung sejahtera"}).url
    assert "page=2" in client.get(f"{url}&kind=firms").content.decode()


def test_strange_words_break_nothing() -> None:
    client = signed_in(roles.OFFICER)
    for text in NAUGHTY[::29]:
        answer = client.post(PAGE, {"wanted": text})
        assert answer.status_code in (302, 422)
        if answer.status_code == 302:
            assert client.get(answer.url).status_code == 200
