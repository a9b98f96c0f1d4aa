"""A real gunicorn that can be killed, and a person's browser reduced to what a fault needs."""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.test import Client

from bench.failing.ground.installation import ROOT, lay_static

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bench.failing.ground.installation import Installation

START_SECONDS = 90
ANSWER_SECONDS = 400


@dataclass
class Answer:
    """What came back, and how long it took; status 0 when the line broke."""

    status: int
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Web:
    """One gunicorn in a process group of its own."""

    def __init__(self, place: Installation, *, workers: int = 2, **limits: Any) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.place, self.workers, self.limits = place, workers, limits
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        words += ["--worker-class", "gthread", "--workers", str(self.workers), "--threads", "4"]
        words += ["--graceful-timeout", "4", "--log-level", "warning", "--no-control-socket"]
        with (self.place.data / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env={**self.place.env, "SITE_URL": f"http://127.0.0.1:{self.port}"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.limits,
            )
        deadline = time.monotonic() + START_SECONDS
        while self.get("/healthz").status == 0:
            if time.monotonic() > deadline:
                raise RuntimeError("gunicorn did not answer")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would, with every process of its group."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._send("GET", path, b"", headers)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send a form."""
        return self._send("POST", path, body, headers)

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            content = answer.read()
            seconds = time.monotonic() - begun
            return Answer(answer.status, seconds, dict(answer.getheaders()), content)
        except (OSError, http.client.HTTPException):
            return Answer(0, time.monotonic() - begun)
        finally:
            line.close()


@contextmanager
def running_web(place: Installation, *, workers: int = 2, **limits: Any) -> Iterator[Web]:
    """Give a gunicorn that answers."""
    lay_static(place)
    web = Web(place, workers=workers, **limits)
    web.start()
    try:
        yield web
    finally:
        web.kill()


def signed_in(user: Any) -> dict[str, str]:
    """The headers of a browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="onboarding.permissions.RoleBackend")
    token = secrets.token_hex(16)
    session = client.cookies["sessionid"].value
    return {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}


def upload(picture: bytes, *, key: str = "", **fields: str) -> tuple[bytes, dict[str, str]]:
    """The body of a form with one photo, and its headers."""
    mark = uuid.uuid4().hex
    lines = []
    for name, value in {"key": key or str(uuid.uuid4()), **fields}.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        lines.append(f"--{mark}\r\n{head}\r\n\r\n{value}\r\n".encode())
    head = 'Content-Disposition: form-data; name="files"; filename="foto.jpg"'
    lines.append(f"--{mark}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
    lines += [picture, f"\r\n--{mark}--\r\n".encode()]
    return b"".join(lines), {"Content-Type": f"multipart/form-data; boundary={mark}"}
