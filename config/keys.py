"""The key that signs sessions, links and passes, and the keys that it took the place of.

One machine makes its own key (`embedded_secret_key`); programs on several hosts must be given the
same one, so a database on another host asks for SECRET_KEY. What an older key signed counts for as
long as that key stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from environs import ValidationError

EXAMPLE_SECRET_KEY: Final = "replace-this-example-with-fifty-random-characters-of-your-own"  # noqa: S105 refused below
SHORTEST: Final = 50
EXAMPLES: Mapping[str, str] = {
    "SECRET_KEY": "(fifty random characters; on one machine leave it out and one is made for you)",
    "SECRET_KEY_FALLBACKS": "the-key-before-this-one-of-fifty-or-more-characters-for-a-while",
}


def rule_for_key(*, debug: bool) -> Callable[[str], None]:
    """Refuse a key that others can know or guess, except where debug pages are shown anyway."""

    def a_secret(key: str) -> None:
        if debug:
            return
        if key == EXAMPLE_SECRET_KEY:
            raise ValidationError("is still the example that everyone can read.")
        if len(key) < SHORTEST:
            raise ValidationError(f"is shorter than {SHORTEST} characters.")

    return a_secret


def rule_for_older_keys(*, debug: bool) -> Callable[[str], None]:
    """The same for each of several keys."""
    one = rule_for_key(debug=debug)

    def some_secrets(keys: str) -> None:
        for key in several(keys):
            one(key)

    return some_secrets


def several(keys: str) -> tuple[str, ...]:
    """Take keys apart; commas between them."""
    return tuple(filter(None, (key.strip() for key in keys.split(","))))


def embedded_secret_key(data: Path) -> str:
    """Give each installation a key of its own without asking anyone; every process gets the same.

    The key is written whole under another name and then linked, so a process that starts at the
    same moment never reads half a key.
    """
    path = data / "secret_key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=data, prefix=".secret_key-") as draft:
            draft.write(secrets.token_urlsafe(64))
            draft.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: use its key
                os.link(draft.name, path)
    return path.read_text().strip()


def contradictions(
    *, debug: bool, host: str, database: Mapping[str, Any], secret_key: str
) -> dict[str, list[str]]:
    """Name what no variable says wrongly by itself: debug pages that others reach, and programs on
    several hosts that would each make a key of their own."""
    problems = {}
    if debug and not is_this_machine(host):
        problems["DEBUG"] = ["must be 0 where SITE_URL is not this machine."]
    if not secret_key and not _is_here(str(database.get("HOST") or "")):
        problems["SECRET_KEY"] = ["must be given where the database is on another host."]
    return problems


def is_this_machine(host: str) -> bool:
    """True for names that never leave this machine, where a browser can have no HTTPS."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_here(host: str) -> bool:
    """No host is a file or a socket of this machine, and so is a path."""
    return not host or host.startswith(("/", "%2F", "%2f")) or is_this_machine(host)
