"""A gateway of our own on this machine: it answers what a test told it to, and keeps what came."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from config.gateways import Gateways, Sms, Template, WhatsApp

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = {
    "code": Template("kode_masuk", ("code",)),
    "guided": Template("bimtek_selesai", ("owner", "firm", "text")),
}


class Gateway(ThreadingHTTPServer):
    """``status`` and ``body`` are what it answers; ``body`` None hangs up without a word."""

    status: int = 200
    body: bytes | None = b"{}"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.came: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, status: int, body: Any) -> None:
        self.status = status
        self.body = json.dumps(body).encode() if isinstance(body, dict) else body


class _Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.came.append((self.path, dict(self.headers), sent))
        if self.server.body is None:
            self.wfile.write(b"what is this\r\n")
            return
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def gateway() -> Iterator[Gateway]:
    """Run a gateway until the block ends."""
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def whatsapp(url: str = "sandbox") -> Gateways:
    """The choices of an installation with the WhatsApp Cloud API."""
    return Gateways(
        whatsapp=WhatsApp(
            url=url,
            phone_id="100",
            token="contoh-token",
            app_secret="contoh-rahasia",
            verify_token="contoh-kata",
            templates=TEMPLATES,
        )
    )


def sms(url: str = "sandbox", **choices: Any) -> Gateways:
    """The choices of an installation with a gateway for SMS."""
    return Gateways(sms=Sms(url=url, header="X-Key: contoh-kunci", **choices))
