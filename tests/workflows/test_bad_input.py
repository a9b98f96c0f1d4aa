"""What no browser of ours would send is answered as wrong, never with a fault of the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import DataError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from config.gate.keys import read_key
from config.middleware import RefusalMiddleware
from onboarding import roles
from tests import factories as make
from tests.onboarding import lists
from tests.workflows.test_factors import SIGN_IN, STEP, with_app
from training.models import Scan

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
LONG = "9" * 5000
NO_KEYS = ("²", "٢", LONG, "-1", "1e9", "\x00", " 1", "")
PAGES = ("mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_add_webauthn")
ANSWERS = (
    '{"id":1}',
    "[]",
    '"contoh"',
    "[" * 100_000,
    LONG,
    "1e999",
    '{"id":"\\ud800"}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "attestationObject": "gYGBgYGB",
                "signature": "AA",
                "userHandle": "AA",
            },
        }
    ),
)


def test_only_digits_that_we_could_have_given_out_are_a_key() -> None:
    assert [read_key(text) for text in NO_KEYS] == [None] * len(NO_KEYS)
    assert (read_key("7"), read_key("1000", longest=3)) == (7, None)


def test_a_strange_answer_of_a_passkey_is_a_wrong_one(client: Client) -> None:
    user = with_app(make.make_user(roles.OFFICER))
    alone, again, add = map(reverse, PAGES)
    answers = [{"credential": answer} for answer in ANSWERS]
    assert {client.post(alone, said)["Location"] for said in answers} == {SIGN_IN}
    client.post(SIGN_IN, {"login": user.email, "password": make.PASSWORD})
    assert {client.post(STEP, said).status_code for said in answers} == {200}
    client.force_login(user)
    assert {client.post(again, said).status_code for said in answers} == {302}
    assert {client.post(add, said).status_code for said in answers} == {200}


def test_a_key_that_is_none_leads_to_no_row(client: Client) -> None:
    officer, firm, held = make.make_user(roles.OFFICER), make.refer(), make.make_session()
    sheet = lists.received()
    client.force_login(officer)
    contact = reverse("workflows:confirm_contact", args=[firm.pk])
    repairs = reverse("onboarding:accept_repairs", args=[sheet.pk])
    invite = reverse("workflows:invite_vendors", args=[held.pk])
    for strange in ("²", LONG):
        assert client.post(contact, {"membership": strange}).status_code == 404
        assert client.post(repairs, {"one": f"{strange}:x:y"}).status_code == 404
        assert client.post(invite, {"vendors": strange}).status_code == 400
        assert client.get(reverse("workflows:vendors"), {"before": strange}).status_code == 200


def test_a_sign_that_postgresql_keeps_in_no_text_leads_nowhere(client: Client) -> None:
    request = client.get("/akun/login/").wsgi_request
    error = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    answer = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer
    assert answer.status_code == 404


def test_what_a_device_could_not_have_sent_is_no_mark_and_no_fault(client: Client) -> None:
    held = make.begin(make.make_session())
    client.force_login(held.trainer)
    url = reverse("training:sync_scans", args=[held.pk])
    about = f'"device": "{uuid4()}", "sent_at": {int(timezone.now().timestamp() * 1000)}'
    for strange in ('"sent_at": 1e999', '"unsent": 1e999', '"sent_at": 4.1e12', '"device": [1]'):
        body = f'{{{about}, {strange}, "scans": []}}'
        assert client.post(url, body, content_type="application/json").status_code == 400, strange
    deep = "[" * 90 + "]" * 90
    sound = f'"id": "{uuid4()}", "what": "in", "via": "hand", "at": 1.7e12'
    for mark in (
        f'"id": {deep}',
        f'"what": {deep}',
        f'"proof": {deep}',
        '"at": 1e999',
        '"seat": 1e999',
        f'"seat": {LONG[:4000]}',
        '"reason": "\\ud800 \\u0000"',
    ):
        body = f'{{{about}, "scans": [{{{sound}, {mark}}}]}}'
        answer = client.post(url, body, content_type="application/json")
        assert answer.status_code == 200, mark
    assert Scan.objects.filter(session=held).count() == 1
