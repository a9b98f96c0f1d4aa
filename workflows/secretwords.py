"""A word fit for the phone, by which somebody without an account proves that a ticket is theirs.

Six syllables as Indonesian has them, from the system's source of chance; only a hash of it is kept,
made with the key of the installation, so that a copy of the database alone does not tell it.
"""

from __future__ import annotations

import re
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "workflows.secretwords"
CONSONANTS = "bdgjklmnprstwy"
VOWELS = "aeiou"
SYLLABLES = 6


def new_word() -> str:
    """Return a word like ``mako-tiru-dabe``: 70 to the sixth power, some 10¹¹."""
    parts = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _n in range(SYLLABLES)]
    return "-".join(one + other for one, other in zip(parts[::2], parts[1::2], strict=True))


def hash_of(word: str, key: str) -> str:
    """Return the 64 hex digits that are kept of a word; ``key`` is the ticket's own."""
    plain = re.sub(r"[^a-z]", "", word.casefold())
    return salted_hmac(SALT, f"{key}:{plain}", algorithm="sha256").hexdigest()


def is_right(word: str, key: str, kept: str) -> bool:
    """Say whether this word was given; case, spaces and hyphens do not count."""
    return constant_time_compare(hash_of(word, key), kept) and bool(kept)
