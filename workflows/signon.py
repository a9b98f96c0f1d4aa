"""The government's sign-on by OpenID Connect: a code, exchanged once, and a signed word of who it
is.

What comes back is believed only with the state, nonce and PKCE verifier of this session, the
signature of a key of the issuer, and our own name as audience. (allauth's client takes an ID token
from the token endpoint unsigned and sends no nonce.) Faults of any kind are ``NoSignOn``. Source:
OpenID Connect Core 1.0, RFC 7636, RFC 9207.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.core.cache import cache

from workflows.senders.http import call
from workflows.senders.port import NotNow

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

#: The place of what was begun in the session.
BEGUN: Final = "sign_on_begun"
#: Secrets shared with the provider sign nothing: its own keys do.
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
CLAIMS: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
KEPT_SECONDS: Final = 60 * 60
LEEWAY_SECONDS: Final = 60


class NoSignOn(Exception):
    """The provider did not say who it is in a way that can be believed."""


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is: ``subject`` is theirs for good, ``name`` is only shown."""

    issuer: str
    subject: str
    name: str


def begin(session: MutableMapping[str, Any], *, back_to: str, **kept: Any) -> str:
    """Return the address at the provider; what must come back is kept in the session."""
    verifier = secrets.token_urlsafe(48)
    begun = {
        **kept,
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": verifier,
        "back_to": back_to,
    }
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.SIGN_ON.client_id,
        "redirect_uri": back_to,
        "scope": "openid profile",
        "state": begun["state"],
        "nonce": begun["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = f"{_endpoint('authorization_endpoint')}?{urlencode(asked)}"
    session[BEGUN] = begun
    return address


def finish(
    session: MutableMapping[str, Any], answer: Mapping[str, str]
) -> tuple[Identity, dict[str, Any]]:
    """Return who it is and what ``begin`` kept, once; ``answer`` is the query of the return."""
    begun = session.pop(BEGUN, None)
    if not begun or not secrets.compare_digest(
        begun["state"].encode(), answer.get("state", "").encode()
    ):
        raise NoSignOn("state")
    if answer.get("iss", settings.SIGN_ON.issuer) != settings.SIGN_ON.issuer:
        raise NoSignOn("issuer")
    if not answer.get("code"):
        raise NoSignOn("no code")
    token = _exchange(answer["code"], begun)
    claims = _believed(token)
    if not secrets.compare_digest(str(claims["nonce"]), begun["nonce"]):
        raise NoSignOn("nonce")
    name = str(claims.get("name") or claims.get("preferred_username") or "")[:120]
    return Identity(claims["iss"], claims["sub"], name), begun


def _exchange(code: str, begun: Mapping[str, str]) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": begun["back_to"],
        "client_id": settings.SIGN_ON.client_id,
        "code_verifier": begun["verifier"],
    }
    if settings.SIGN_ON.client_secret:
        form["client_secret"] = settings.SIGN_ON.client_secret
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    body = urlencode(form).encode()
    answer = _json(_endpoint("token_endpoint"), body, headers, method="POST")
    return str(answer.get("id_token", ""))


def _believed(token: str) -> dict[str, Any]:
    """Return the claims of an ID token that the issuer signed for us and nobody else."""
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(key_id),
            algorithms=list(ALGORITHMS),
            audience=settings.SIGN_ON.client_id,
            issuer=settings.SIGN_ON.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": list(CLAIMS)},
        )
    except jwt.PyJWTError as error:
        raise NoSignOn(type(error).__name__) from None
    if claims.get("azp", settings.SIGN_ON.client_id) != settings.SIGN_ON.client_id:
        raise NoSignOn("azp")
    return claims


def _key(key_id: str | None) -> jwt.PyJWK:
    """Return the issuer's key of this name; keys are fetched anew when the name is unknown, so
    that the provider may change them."""
    for fresh in (False, True):
        keys = jwt.PyJWKSet.from_dict(_kept("jwks_uri", fresh=fresh)).keys
        for key in keys:
            if key.key_id == key_id or (key_id is None and len(keys) == 1):
                return key
    raise NoSignOn("key")


def _provider() -> dict[str, Any]:
    """What the provider says of itself; it must be the issuer that was chosen, to the letter."""
    described = _kept("", fresh=False)
    if described.get("issuer") != settings.SIGN_ON.issuer:
        raise NoSignOn("issuer")
    return described


def _endpoint(name: str) -> str:
    """One address of the provider; a description without it is no sign-on."""
    address = _provider().get(name)
    if not isinstance(address, str) or not address:
        raise NoSignOn(name)
    return address


def _kept(what: str, *, fresh: bool) -> dict[str, Any]:
    """Return the description ("") or the keys of the provider, asked at most once an hour."""
    name = f"sign-on:{what}:{hashlib.sha256(settings.SIGN_ON.issuer.encode()).hexdigest()[:16]}"
    found: dict[str, Any] | None = None if fresh else cache.get(name)
    if found is None:
        well_known = f"{settings.SIGN_ON.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = _json(_endpoint(what) if what else well_known)
        cache.set(name, found, KEPT_SECONDS)
    return found


def _json(
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
) -> dict[str, Any]:
    try:
        status, answer = call(url, body, headers or {}, method=method)
        said = json.loads(answer) if status == HTTPStatus.OK else None
    except (NotNow, ValueError):
        raise NoSignOn("no answer") from None
    if not isinstance(said, dict):
        raise NoSignOn(f"status {status}")
    return said
