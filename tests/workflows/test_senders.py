"""Gateways: what leaves, what is tried again, which number is dead; on real lines."""

from __future__ import annotations

import json
import socketserver
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.mail import get_connection

from onboarding.models import Vendor
from tests.workflows.gateways import gateway, sms, whatsapp
from workflows import senders
from workflows.models import Message
from workflows.senders import http
from workflows.senders.email import Email
from workflows.senders.port import DeadAddress, NotNow, NotThisOne
from workflows.senders.sms import Sms
from workflows.senders.whatsapp_cloud import WhatsAppCloud

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

TOOK = {"messages": [{"id": "wamid.contoh"}]}


def a_message(**fields: Any) -> Message:
    firm = Vendor(name="CV Contoh Makmur", owner_name="Contoh Pemilik")
    known = {"kind": "guided", "channel": "whatsapp", "to": "+6281200000012", "vendor": firm}
    return Message(**{**known, "subject": "Contoh", "body": "Baris satu\nBaris  dua\n", **fields})


def refused(code: int) -> dict[str, Any]:
    return {"error": {"code": code, "message": "contoh"}}


def test_whatsapp_gets_the_approved_template_filled_and_gives_its_number() -> None:
    with gateway() as server:
        server.answer(200, TOOK)
        sent = WhatsAppCloud(whatsapp(server.url).whatsapp).send(a_message())
    path, headers, body = server.came[0]
    told = json.loads(body)
    places = told["template"]["components"][0]["parameters"]
    assert sent.reference == "wamid.contoh"
    assert path == "/100/messages"
    assert headers["Authorization"] == "Bearer contoh-token"
    assert (told["to"], told["template"]["name"]) == ("6281200000012", "bimtek_selesai")
    assert [place["text"] for place in places] == [
        "Contoh Pemilik",
        "CV Contoh Makmur",
        "Baris satu Baris dua",  # a place holds no new line
    ]


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, refused(131026), DeadAddress),
        (400, refused(130472), NotThisOne),
        (400, refused(131047), NotThisOne),
        (400, refused(132001), NotThisOne),
        (429, refused(130429), NotNow),
        (400, refused(80007), NotNow),
        (400, refused(131056), NotNow),
        (401, refused(190), NotNow),
        (500, refused(131000), NotNow),
        (502, b"<html>Bad gateway</html>", NotNow),
        (200, b"not what we agreed", NotNow),
        (302, b"", NotNow),  # a redirect would carry the token away
        (200, None, NotNow),
    ],
)
def test_what_whatsapp_answers_means_later_never_or_nobody_there(
    status: int, body: Any, fault: type[OSError]
) -> None:
    with gateway() as server:
        server.answer(status, body)
        with pytest.raises(fault) as caught:
            WhatsAppCloud(whatsapp(server.url).whatsapp).send(a_message())
    assert type(caught.value) is fault
    assert "62812" not in str(caught.value)
    assert "token" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (200, b'{"status": "INVALID_NUMBER"}', DeadAddress),
        (404, b"no page here", NotNow),  # our address of the gateway is wrong, not the number
        (400, b"too long", NotThisOne),
        (429, b"", NotNow),
        (503, b"", NotNow),
    ],
)
def test_what_a_gateway_for_sms_answers_means_later_never_or_nobody_there(
    status: int, body: bytes, fault: type[OSError]
) -> None:
    with gateway() as server:
        server.answer(status, body)
        way = Sms(sms(server.url, dead_words=("invalid_number",)).sms)
        with pytest.raises(fault) as caught:
            way.text("+6281200000012", "Contoh")
    assert type(caught.value) is fault


def test_the_words_of_an_sms_cannot_break_out_of_its_body() -> None:
    with gateway() as server:
        Sms(sms(server.url).sms).text("+62812", 'a", "to": "+1')
        shaped = sms(server.url, body="no={phone}&pesan={words}", method="GET").sms
        Sms(shaped).text("+62812", "a&no=1 {phone}")
    (_path, headers, first), (second, _headers, _body) = server.came
    assert json.loads(first) == {"to": "+62812", "text": 'a", "to": "+1'}
    assert headers["X-Key"] == "contoh-kunci"
    assert second == "/?no=%2B62812&pesan=a%26no%3D1+%7Bphone%7D"


def test_a_gateway_that_does_not_answer_is_left_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.2)
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent:
        url = f"http://127.0.0.1:{silent.server_address[1]}"
        with pytest.raises(NotNow):
            Sms(sms(url).sms).text("+62812", "Contoh")


def test_a_code_leaves_by_the_next_gateway_when_the_first_refuses_it(
    settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.OUTBOX_DIR = tmp_path
    words = "Kode Mitra BEJO Anda 123456."
    with gateway() as server:
        server.answer(400, refused(131026))
        both = whatsapp(server.url)
        settings.GATEWAYS = type(both)(whatsapp=both.whatsapp, sms=sms().sms)
        senders.Switchboard().text("+6281200000012", words)
    told = json.loads(server.came[0][2])["template"]["components"]
    assert [part["parameters"][0]["text"] for part in told] == ["123456", "123456"]
    (kept,) = tmp_path.iterdir()
    assert words in kept.read_text()


class _MailServer(socketserver.StreamRequestHandler):
    """A mail server that refuses the recipient with ``refusal``."""

    refusal = b""

    def handle(self) -> None:
        self.wfile.write(b"220 contoh\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            answer = self.refusal if verb == b"RCPT" else b"250 ok"
            self.wfile.write(answer + b"\r\n")
            if verb == b"QUIT":
                return


@pytest.fixture
def mail_server(settings: SettingsWrapper) -> Iterator[type[_MailServer]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _MailServer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        assert get_connection()
        yield _MailServer
        server.shutdown()


@pytest.mark.parametrize(
    ("refusal", "fault"),
    [
        (b"550 5.1.1 no such user", DeadAddress),
        (b"553 relaying denied", NotThisOne),
        (b"552 5.2.2 mailbox full", NotThisOne),
        (b"550 5.7.1 not allowed", NotThisOne),
        (b"451 4.7.1 try later", OSError),
    ],
)
def test_a_mail_server_that_knows_nobody_makes_the_address_dead(
    mail_server: type[_MailServer], refusal: bytes, fault: type[OSError]
) -> None:
    mail_server.refusal = refusal
    with pytest.raises(fault) as caught:
        Email().mail("contoh@contoh.test", "Contoh", "Contoh")
    assert isinstance(caught.value, DeadAddress) == (fault is DeadAddress)
