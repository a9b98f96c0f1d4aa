"""Reads the key of a row as it comes back in an address, a form or a name: what is no key is none.

Digits of other scripts, signs and numbers too long for any database are nothing that we gave out.
"""

from __future__ import annotations

from typing import Final

LONGEST_KEY: Final = 15


def read_key(text: str, *, longest: int = LONGEST_KEY) -> int | None:
    """The number that a text is, of at most so many digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
