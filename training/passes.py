"""Passes and codes of the door, so that being there is hard to pretend: pure rules, no clock.

Three proofs, all HMAC-SHA256 under keys that are bound to their purpose (RFC 2104): a *pass* (the
text in a person's QR: seat, session, version; 32 characters that fit a URL), a *short code* of the
same seat to be typed (7 characters and one that finds typing errors), and the *hall code* that
changes every 30 seconds on the screen of the hall. Times are seconds since 1970 and come in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: No 0 O 1 I L 5 U, which hands and eyes confuse. 29 of them, a prime, so that the check
#: character finds every wrong character and every swap of two neighbours.
ALPHABET: Final = "2346789ABCDEFGHJKMNPQRSTVWXYZ"
STEP_SECONDS: Final = 30
PASS_LENGTH: Final = 32
_CODE_LENGTH: Final = 7
_HALL_LENGTH: Final = 8
_FORMAT: Final = 1
_FACTS: Final = struct.Struct(">BIIH")
_MAC_BYTES: Final = 24 - _FACTS.size
_PASS_TEXT: Final = re.compile(r"[A-Za-z0-9_-]{32}")


class Refusal(StrEnum):
    """Why a pass does not count."""

    FORGED = "forged"
    OTHER_SESSION = "other_session"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Pass:
    """What a genuine pass says."""

    seat_id: int
    session_id: int
    version: int


@dataclass(frozen=True)
class Door:
    """What a pass is judged against: one session, its seats with the version in force, its time."""

    session_id: int
    versions: Mapping[int, int]
    closes_at: float
    now: float


def key_of(secret: str, purpose: str) -> bytes:
    """Derive a key that is good for one purpose only, so that no proof can stand for another."""
    return hmac.digest(secret.encode(), f"training.passes:{purpose}:1".encode(), "sha256")


def sign_pass(key: bytes, *, seat_id: int, session_id: int, version: int) -> str:
    """Return the pass of a seat: 32 characters, nothing personal in them."""
    facts = _FACTS.pack(_FORMAT, seat_id, session_id, version)
    return base64.urlsafe_b64encode(facts + _mac(key, facts)).decode()


def read_pass(text: str, *, key: bytes) -> Pass | Refusal:
    """Return what a pass says if we made it; else ``FORGED``, whatever is wrong with it."""
    if not _PASS_TEXT.fullmatch(text):
        return Refusal.FORGED
    raw = base64.urlsafe_b64decode(text)
    facts, mac = raw[: _FACTS.size], raw[_FACTS.size :]
    if not hmac.compare_digest(mac, _mac(key, facts)):
        return Refusal.FORGED
    form, seat_id, session_id, version = _FACTS.unpack(facts)
    return Pass(seat_id, session_id, version) if form == _FORMAT else Refusal.FORGED


def verify_pass(text: str, *, key: bytes, door: Door) -> Pass | Refusal:
    """Judge a pass at a door. A seat that was given back counts as revoked."""
    found = read_pass(text, key=key)
    if isinstance(found, Refusal):
        return found
    if found.session_id != door.session_id:
        return Refusal.OTHER_SESSION
    if door.versions.get(found.seat_id) != found.version:
        return Refusal.REVOKED
    return Refusal.EXPIRED if door.now > door.closes_at else found


def pass_digest(text: str) -> str:
    """Return what a device is given instead of the pass, to know it again without signal."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def short_code(key: bytes, *, seat_id: int, session_id: int, version: int) -> str:
    """Return the code of a seat that can be typed: seven characters and their check character."""
    facts = _FACTS.pack(_FORMAT, seat_id, session_id, version)
    body = _letters(hmac.digest(key, facts, "sha256"), _CODE_LENGTH)
    return body + _check_letter(body)


def read_code(typed: str) -> str:
    """Return a typed code in its plain form, or "" when it cannot be one (a typing error)."""
    plain = _plain(typed)
    if len(plain) != _CODE_LENGTH + 1 or any(letter not in ALPHABET for letter in plain):
        return ""
    return plain if _check_letter(plain[:-1]) == plain[-1] else ""


def code_digest(code: str, *, session_id: int) -> str:
    """Return what a device is given instead of the code. It is short, so guessing is made slow."""
    salt = f"door:{session_id}".encode()
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, 1000, 8).hex()


def hall_code(key: bytes, *, session_id: int, now: float) -> str:
    """Return the code that the screen of the hall shows at this moment."""
    return _hall_code(key, session_id, int(now // STEP_SECONDS))


def is_hall_code(typed: str, *, key: bytes, session_id: int, now: float) -> bool:
    """Say whether this is the code of now or of the step before: older ones are worth nothing."""
    plain = _plain(typed).encode("ascii", "replace")
    step = int(now // STEP_SECONDS)
    right = [_hall_code(key, session_id, one).encode() for one in (step, step - 1)]
    return any(hmac.compare_digest(plain, code) for code in right)


def _plain(typed: str) -> str:
    return re.sub(r"[\s.-]", "", typed).upper().replace("5", "S")


def _hall_code(key: bytes, session_id: int, step: int) -> str:
    facts = struct.pack(">QQ", session_id, step)
    return _letters(hmac.digest(key, facts, "sha256"), _HALL_LENGTH)


def _mac(key: bytes, facts: bytes) -> bytes:
    return hmac.digest(key, facts, "sha256")[:_MAC_BYTES]


def _letters(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest)
    letters = ""
    for _place in range(count):
        number, left = divmod(number, len(ALPHABET))
        letters += ALPHABET[left]
    return letters


def _check_letter(body: str) -> str:
    weighed = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, start=1))
    return ALPHABET[weighed % len(ALPHABET)]
