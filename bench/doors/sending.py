"""People at the real HTTP door of a running site: they sign in, bring files, hear the answer."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.doors.kinds import BadFile

SECONDS = 90
TRIES = 5
HIDDEN = re.compile(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*value="([^"]+)"')
TAKEN, REFUSED_HERE = 302, (200, 409)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Where an answer leads is the answer."""

    def redirect_request(self, *_facts: Any) -> None:
        return None


@dataclass
class Answer:
    """What the site said: status, where it leads, the page, and after how long."""

    status: int
    leads_to: str
    page: str
    seconds: float


@dataclass
class Visitor:
    """One person with cookies of their own."""

    url: str
    _jar: CookieJar = field(default_factory=CookieJar)
    _token: str = ""

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(_Stay, cookies)

    def get(self, path: str) -> Answer:
        """Look at a page; its token is kept for the next form."""
        return self._ask(urllib.request.Request(self.url + path))

    def post(self, path: str, fields: dict[str, str], file: BadFile | None = None) -> Answer:
        """Send a form, with a file as ``files`` or ``file`` of its door."""
        mark = f"contoh-{uuid.uuid4().hex}"
        body = b""
        for name, value in {"csrfmiddlewaretoken": self._token, **fields}.items():
            body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
            body += value.encode() + b"\r\n"
        if file is not None:
            name = "files" if file.door == "document" else "file"
            shown = file.name.replace('"', "%22")
            about = f'name="{name}"; filename="{shown}"\r\nContent-Type: application/octet-stream'
            body += f"--{mark}\r\nContent-Disposition: form-data; {about}\r\n\r\n".encode()
            body += file.content + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask(urllib.request.Request(self.url + path, body, kind))

    def by_link(self, path: str) -> None:
        """Sign in as an owner does who was sent a link."""
        page = self.get(path).leads_to
        self.get(page)
        done = self.post(page, {})
        if done.status != TAKEN:
            raise RuntimeError(f"the link let nobody in: {done.status} at {page}")

    def by_password(self, email: str, password: str) -> None:
        """Sign in as people of offices do."""
        self.get("/akun/login/")
        done = self.post("/akun/login/", {"login": email, "password": password})
        if done.status != TAKEN:
            raise RuntimeError(f"nobody was let in: {done.status}")

    def _ask(self, request: urllib.request.Request) -> Answer:
        begun = time.monotonic()
        try:
            with self._opener.open(request, timeout=SECONDS) as said:
                answer = self._heard(said, said.status)
        except urllib.error.HTTPError as said:
            answer = self._heard(said, said.code)
        answer.seconds = time.monotonic() - begun
        if found := HIDDEN.search(answer.page):
            self._token = unescape(found[1])
        return answer

    @staticmethod
    def _heard(said: Any, status: int) -> Answer:
        page = said.read().decode("utf-8", "replace")
        return Answer(status, said.headers.get("Location", ""), page, 0.0)


def bring(visitor: Visitor, address: str, file: BadFile) -> Answer:
    """Bring a file; where the site asks for patience (429) it is brought again after that."""
    answer = Answer(0, "", "", 0.0)
    for _try in range(TRIES):
        answer = visitor.post(address, {"key": str(uuid.uuid4()), "again": "on"}, file)
        if answer.status != 429:
            break
        time.sleep(5)
    return answer
