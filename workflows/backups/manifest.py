"""What a backup says of itself: enough to know, years later and elsewhere, that it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT: Final = 1
NAME: Final = "manifest.json"
DATABASES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES: Final = "files/"
CHUNK: Final = 1024 * 1024


class BackupTrouble(Exception):
    """Raised with a sentence for the keeper: what is wrong with a backup, or in its way."""


@dataclass
class Manifest:
    """``rows`` counts by table, ``files`` are SHA-256 by name, ``missing`` are names that rows know
    and the store does not have; ``key`` is a fingerprint of the secret key, which is never kept."""

    format: int
    version: str
    made_at: str
    vendor: str
    database_sha256: str
    rows: dict[str, int]
    head: str
    events: int
    key: str
    files: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def written(self) -> bytes:
        """As JSON that a person can read."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(content: bytes) -> Manifest:
    """Understand a manifest. Raises ``BackupTrouble``."""
    try:
        found = Manifest(**json.loads(content))
    except (ValueError, TypeError):
        raise BackupTrouble(_("This is not a backup of Mitra BEJO.")) from None
    if found.format != FORMAT:
        raise BackupTrouble(_("This backup was made by another version, which reads it."))
    return found


def fingerprint_of_key() -> str:
    """Tells whether two installations have the same secret key, and nothing else of it."""
    return hashlib.sha256(f"mitra-backup:{settings.SECRET_KEY}".encode()).hexdigest()[:16]


def hashed(source: IO[bytes], out: IO[bytes] | None = None) -> str:
    """SHA-256 of a stream, which is copied to ``out`` on the way."""
    digest = hashlib.sha256()
    for chunk in chunks(source):
        digest.update(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest()


def chunks(source: IO[Any]) -> Iterator[bytes]:
    """A stream in pieces."""
    while chunk := source.read(CHUNK):
        yield chunk
