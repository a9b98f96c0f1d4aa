"""A sign-on of a government as OpenID Connect describes it, on loopback, with a key of its own.

It answers discovery, keys and tokens over HTTP; ``approve`` is what a person's browser would do at
its page. The fields say what it does wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "mitra-bejo", "rahasia-contoh"


def new_key() -> rsa.RSAPrivateKey:
    """A key that nobody else has."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """The sign-on: who is at its keyboard, and what its tokens say."""

    issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signs_with: Any = None
    subject: str = "pegawai-contoh-1"
    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    leaves_out: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def approve(self, address: str) -> dict[str, str]:
        """Say yes at the page of the provider; gives the query with which it sends back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"kode-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def described(self) -> dict[str, Any]:
        """What stands under .well-known."""
        described = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        described.pop(self.leaves_out, None)
        return described

    def keys(self) -> dict[str, Any]:
        """The public key, as anybody may read it."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "satu", "use": "sig", "alg": "RS256"}]}

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code once, for who knows the verifier and the secret."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge:
            return None
        if form.get("client_secret") != SECRET or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "name": "Contoh Pegawai", "email": "orang.lain@contoh.test",
            **self.claims,
        }  # fmt: skip
        signed = jwt.encode(
            {name: value for name, value in claims.items() if value is not None},
            self.signs_with or self.key,
            algorithm=self.algorithm,
            headers={"kid": "satu"},
        )
        return {"access_token": "contoh", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine until the block ends."""
    provider = Provider()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            pages = {
                "/.well-known/openid-configuration": provider.described,
                "/keys": provider.keys,
            }
            self.say(pages[self.path]() if self.path in pages else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(provider.token({key: one for key, (one, *_) in parse_qs(body).items()}))

        def say(self, answer: dict[str, Any] | None) -> None:
            self.send_response(200 if answer is not None else 400)
            self.end_headers()
            self.wfile.write(json.dumps(answer or {"error": "invalid_request"}).encode())

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
