"""Nobody reads papers, pairs, letters or lists unseen, and an auditor nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from documents.models import PageImage
from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import couples, firms
from training.models import Certificate, CertificateBatch, Seat
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


def kept_letter(by: User, kind: str, vendor: Vendor | None = None) -> Letter:
    return Letter.objects.create(
        kind=kind, vendor=vendor, subject="Contoh", year=2026, created_by=by, content={},
        stored_as=default_storage.save("letters/contoh.pdf", ContentFile(b"%PDF")),
    )  # fmt: skip


def test_a_letter_to_a_firm_is_a_copy_of_its_data() -> None:
    firm, officer = make.refer(), make.make_user(roles.OFFICER)
    letter = kept_letter(officer, Letter.Kind.DECISION, firm)
    assert signed_in(officer).get(f"/surat/{letter.pk}/pdf/").status_code == 200
    assert looks() == {(firm.pk, "export")}


def test_a_letter_with_a_list_of_firms_is_a_list_and_a_report_of_a_session_is_none() -> None:
    officer = make.make_user(roles.OFFICER)
    kinds = (Letter.Kind.INVITATION, Letter.Kind.VERDICT, Letter.Kind.REPORT)
    letters = [kept_letter(officer, kind) for kind in kinds]
    client = signed_in(officer)
    assert {client.get(f"/surat/{one.pk}/pdf/").status_code for one in letters} == {200}
    taken = AuditEvent.objects.filter(act="take_list", by=officer).order_by("pk")
    page = "workflows:letter_pdf"
    assert [event.detail for event in taken] == [
        {"page": page, "pk": str(one.pk)} for one in letters[:2]
    ]


def test_what_was_read_on_a_paper_and_a_certificate_are_looks_but_not_the_owners() -> None:
    firm, session = firms.guided(), make.make_session()
    firms.put_paper(firm, "ktp")
    batch = CertificateBatch.objects.create(session=session, wanted=1, ordered_by=session.trainer)
    certificate = Certificate.objects.create(
        number="SERT/2026/1", code="contoh", batch=batch,
        seat=Seat.objects.create(session=session, vendor=firm, given_by=session.trainer),
        stored_as=default_storage.save("certificates/contoh.pdf", ContentFile(b"%PDF")),
    )  # fmt: skip
    of_paper = reverse("documents:progress", args=[firm.papers.get(document_type="ktp").pk])
    urls = [of_paper, reverse("workflows:certificate_pdf", args=[certificate.pk])]
    noted: list[set[tuple[int, str]]] = []
    for person in (make.owner_of(firm), make.make_user(roles.OFFICER)):
        assert [signed_in(person).get(url).status_code for url in urls] == [200, 200]
        noted.append(looks())
    assert noted == [set(), {(firm.pk, "page"), (firm.pk, "export")}]


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
