"""Nobody reads papers, pairs, letters or lists unseen, and an auditor nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from documents.models import PageImage
from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import couples, firms
from workflows import actions, audit, witness
from workflows.looks import note_look
from workflows.models import AuditEvent, BrowsingAlert, Letter, Look, Setting

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def looks() -> set[tuple[int, str]]:
    return set(Look.objects.values_list("vendor", "what"))


def pictured(firm: Vendor, slug: str) -> str:
    """The address of a page of a paper of this firm."""
    firms.put_paper(firm, slug)
    paper = firm.papers.get(document_type=slug)
    stored = default_storage.save("pages/contoh.webp", ContentFile(b"contoh"))
    page = PageImage.objects.create(paper=paper, number=1, stored_as=stored, width=9, height=9)
    return f"/dokumen/halaman/{page.pk}/"


def test_whoever_walks_the_pictures_of_papers_one_by_one_is_seen_and_the_owner_is_not() -> None:
    Setting.objects.update_or_create(pk="alert_firms", defaults={"value": 1})
    firm, officer = firms.guided(), make.make_user(roles.OFFICER)
    urls, owner = [pictured(firm, slug) for slug in ("ktp", "nib")], make.owner_of(firm)
    assert [signed_in(owner).get(url).status_code for url in urls] == [200] * len(urls)
    assert looks() == set()
    for person in (officer, make.make_user(roles.AUDITOR)):
        assert [signed_in(person).get(url).status_code for url in urls] == [200] * len(urls)
        noted = Look.objects.filter(by=person).values_list("vendor", "what")
        assert list(noted) == [(firm.pk, "page")]
    actions.watch_browsing(now=timezone.now())
    assert officer.pk in BrowsingAlert.objects.values_list("person", flat=True)


def test_two_firms_side_by_side_are_two_looks() -> None:
    one, other = make.refer(), make.refer(nib="0099000000017")
    pair = couples.pair(one, other)
    signed_in(make.make_user(roles.OFFICER)).get(f"/meja/kembar/{pair.pk}/")
    assert looks() == {(one.pk, "numbers"), (other.pk, "numbers")}


def test_a_letter_to_a_firm_is_a_copy_of_its_data() -> None:
    firm, officer = make.refer(), make.make_user(roles.OFFICER)
    letter = Letter.objects.create(
        kind=Letter.Kind.DECISION, vendor=firm, subject="Contoh", year=2026, created_by=officer,
        content={}, stored_as=default_storage.save("letters/contoh.pdf", ContentFile(b"%PDF")),
    )  # fmt: skip
    assert signed_in(officer).get(f"/surat/{letter.pk}/pdf/").status_code == 200
    assert looks() == {(firm.pk, "export")}


def test_a_list_of_firms_that_leaves_as_a_file_is_one_event() -> None:
    by, session = make.make_user(roles.AGENCY), make.make_session()
    make.refer(by=by)
    assert signed_in(by).get("/usulan/hasil.xlsx").status_code == 200
    url = f"/bimtek/{session.pk}/daftar-hadir.pdf"
    assert signed_in(session.trainer).get(url).status_code == 200
    taken = AuditEvent.objects.filter(act="take_list").order_by("pk")
    assert [(event.by, event.detail) for event in taken] == [
        (by, {"page": "onboarding:export_referrals"}),
        (session.trainer, {"page": "workflows:roster_pdf", "pk": str(session.pk)}),
    ]


def reads_of(person: User) -> int:
    return AuditEvent.objects.filter(by=person, act="read_as_auditor").count()


def test_each_search_of_an_auditor_is_noted_and_each_address_once_an_hour() -> None:
    person = make.make_user(roles.AUDITOR)
    client = signed_in(person)
    for count, wanted in enumerate(("contoh", "lain"), start=1):
        assert client.post("/usaha/", {"wanted": wanted}).status_code == 200
        assert reads_of(person) == count
    for _time in range(2):
        client.get("/jejak/?act=invite")
    client.get("/jejak/?act=approve")
    assert reads_of(person) == 4


def test_a_page_whose_note_failed_is_noted_when_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, record = make.make_user(roles.AUDITOR), audit.record

    def fail(*_args: Any, **_more: Any) -> None:
        raise DatabaseError

    request = RequestFactory().get("/jejak/?act=contoh-gagal")
    match = resolve("/jejak/")
    note: Callable[..., None] = witness._note
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(DatabaseError):
        note(request, match, person)
    monkeypatch.setattr(audit, "record", record)
    note(request, match, person)
    assert reads_of(person) == 1


def test_a_look_that_another_tab_noted_first_does_not_undo_the_act_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    firm, officer = make.refer(), make.make_user(roles.OFFICER)
    note_look(officer, firm.pk, Look.What.NUMBERS)
    monkeypatch.setattr(Look.objects, "filter", lambda **_about: Look.objects.none())
    with transaction.atomic():
        actions.reveal_numbers(firm, reason="Contoh", by=officer)
        assert not connection.needs_rollback
    monkeypatch.undo()
    assert Look.objects.count() == 1
    assert AuditEvent.objects.filter(act="reveal_numbers").count() == 1
