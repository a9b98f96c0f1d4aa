"""Codes that stand on paper and are typed off it: no sign in them looks like another.

16 of 32 signs are 80 bits, so that nobody finds a certificate by trying.
"""

from __future__ import annotations

import secrets
from typing import Final

SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH: Final = 16
GROUP: Final = 4


def new_code() -> str:
    """Draw a code."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def grouped(code: str) -> str:
    """Write a code as it is read aloud: ``ABCD-EFGH-JKLM-NPQR``."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """Return the code that somebody typed, however they grouped it; "" when it cannot be one."""
    code = "".join(sign for sign in text.upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""
