"""A form counts once: sent twice, from "back", or again because the answer was lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.actions import Piece
from documents.models import DocumentType, PaperDraft
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions, posting
from workflows.models import AuditEvent, Case, CaseNote, PostedForm

pytestmark = pytest.mark.django_db


def signed_in(role: str = roles.OFFICER) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make.make_user(role))
    return client


def key_on(page: Any) -> str:
    """The key of the first form on a page."""
    found = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def last_said(answer: Any) -> int:
    """The level of the sentence that the next page will show last."""
    return list(messages.get_messages(answer.wsgi_request))[-1].level


def note_form(case: Case, client: Client, text: str = "Contoh") -> tuple[str, dict[str, str]]:
    page = client.get(reverse("workflows:review_case", args=[case.pk]))
    url = reverse("workflows:add_case_note", args=[case.pk])
    return url, {"note-text": text, "form_key": key_on(page)}


def test_a_form_sent_again_leads_to_the_same_page_and_says_so() -> None:
    case, client = firms.submitted(), signed_in()
    url, form = note_form(case, client)
    first, second = client.post(url, form), client.post(url, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert CaseNote.objects.filter(case=case).count() == 1
    assert last_said(second) == messages.INFO


def test_what_was_changed_after_sending_is_not_kept_and_the_person_is_told() -> None:
    case, client = firms.submitted(), signed_in()
    url, form = note_form(case, client)
    client.post(url, form)
    again = client.post(url, form | {"note-text": "Lain"})
    assert CaseNote.objects.get(case=case).text == "Contoh"
    assert last_said(again) == messages.WARNING


def test_a_form_opened_anew_is_another_form() -> None:
    case, client = firms.submitted(), signed_in()
    for text in ("Satu", "Dua"):
        client.post(*note_form(case, client, text))
    assert CaseNote.objects.filter(case=case).count() == 2


def test_a_form_that_was_refused_may_be_sent_again() -> None:
    case, client = firms.submitted(), signed_in()
    url, form = note_form(case, client)
    client.post(url, form | {"note-text": ""})
    assert not PostedForm.objects.exists()
    client.post(url, form)
    assert CaseNote.objects.filter(case=case).count() == 1


def test_an_answer_that_was_lost_by_a_crash_is_not_an_act_done_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, client = firms.submitted(), signed_in()
    url, form = note_form(case, client)

    def crash(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("workflows.views.beside.redirect", crash)
        assert client.post(url, form).status_code == 500
    monkeypatch.setattr("config.posting.PATIENCE", 0)
    again = client.post(url, form, headers={"Referer": "http://testserver/meja/?tab=mine"})
    assert again["Location"] == "/meja/?tab=mine"
    assert CaseNote.objects.filter(case=case).count() == 1


def test_a_key_of_one_person_is_nothing_to_another() -> None:
    case, one, other = firms.submitted(), signed_in(), signed_in()
    url, form = note_form(case, one)
    one.post(url, form)
    other.post(url, form)
    assert CaseNote.objects.filter(case=case).count() == 2


def test_a_decision_pressed_twice_is_answered_the_same() -> None:
    case, client = firms.verified(), signed_in(roles.APPROVER)
    key = key_on(client.get(reverse("workflows:review_case", args=[case.pk])))
    form = {"decision": "approve", "approve-reason": "Sesuai", "form_key": key}
    url = reverse("workflows:decide_case", args=[case.pk])
    first, second = client.post(url, form), client.post(url, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert AuditEvent.objects.filter(vendor=case.vendor, act="approve").count() == 1


def test_files_of_a_form_without_scripts_are_added_once() -> None:
    vendor = firms.guided()
    owner = make.owner_of(vendor)
    client = Client()
    client.force_login(owner)
    kind = DocumentType.objects.get(slug="ktp")
    sent = make.photo().read()
    piece = Piece("satu", "a.jpg", len(sent), 0, sent)
    actions.add_piece(vendor, document_type=kind, piece=piece, by=owner)
    url = reverse("workflows:hand_in_paper", args=[vendor.pk, "ktp"])
    page = client.get(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    two = [make.photo().read(), make.photo().read()]
    for _time in range(2):
        files = [make.SimpleUploadedFile(f"{n}.jpg", one) for n, one in enumerate(two)]
        answer = client.post(url, {"key": key[1], "files": files})
        assert answer.status_code == 302
    draft = PaperDraft.objects.get(vendor=vendor)
    assert draft.pages.count() == 3


def test_keys_of_forms_are_forgotten_after_a_week() -> None:
    PostedForm.objects.create(key="a", attempt="b", said="c")
    assert posting.forget_old(now=timezone.now()) == 0
    assert posting.forget_old(now=timezone.now() + timedelta(days=8)) == 1
