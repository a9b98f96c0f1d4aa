"""A word fit for the phone, by which somebody without an account proves that a ticket is theirs.

Six syllables as Indonesian has them, from the system's source of chance; only a hash of it is kept,
made with the key of the installation, so that a copy of the database alone does not tell it.
"""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "workflows.secretwords"
CONSONANTS = "bdgjklmnprstwy"
VOWELS = "aeiou"
SYLLABLES = 6


def new_word() -> str:
    """Return a word like ``mako-tiru-dabe``: 70 to the sixth power, some 10¹¹."""
    parts = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _n in range(SYLLABLES)]
    return "-".join(one + other for one, other in zip(parts[::2], parts[1::2], strict=True))


def hash_of(word: str, key: str, *, secret: str | None = None) -> str:
    """Return the 64 hex digits that are kept of a word; ``key`` is the ticket's own, ``secret`` an
    older key of the installation."""
    plain = re.sub(r"[^a-z]", "", word.casefold())
    return salted_hmac(SALT, f"{key}:{plain}", secret=secret, algorithm="sha256").hexdigest()


def is_right(word: str, key: str, kept: str) -> bool:
    """Say whether this word was given; case, spaces and hyphens do not count."""
    secrets_ = (None, *settings.SECRET_KEY_FALLBACKS)
    hashes = [hash_of(word, key, secret=secret) for secret in secrets_]
    return any(constant_time_compare(one, kept) for one in hashes) and bool(kept)
