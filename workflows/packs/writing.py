"""Writes a pack as it grows: each file is hashed while it goes in, the manifest comes last.

The ZIP is built on a temporary file and then handed to the storage in pieces, so neither a long
period nor many pictures are ever held in memory.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK: Final = 1 << 20
VERIFIER: Final = "verify_pack.py"
README: Final = "BACA-SAYA.txt"
HERE: Final = Path(__file__).resolve().parent
#: Pictures and PDFs are packed already; pressing them again costs time and gains nothing.
PACKED: Final = (".pdf", ".jpg", ".webp")


class Pack:
    """One pack that is being written to ``target``."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.files: dict[str, str] = {}

    def __enter__(self) -> Pack:
        return self

    def __exit__(self, *_error: object) -> None:
        self.zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Put a small file in."""
        with self._open(name) as inside:
            inside.write(content)
        self.files[name] = hashlib.sha256(content).hexdigest()

    def add_json(self, name: str, content: Any) -> None:
        """Put facts in, so that people can read them too."""
        text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
        self.add(name, text.encode())

    def add_lines(self, name: str, rows: Iterable[Any]) -> int:
        """Put many rows in, one JSON object a line; returns how many."""
        found, count = hashlib.sha256(), 0
        with self._open(name) as inside:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
                inside.write(line)
                found.update(line)
                count += 1
        self.files[name] = found.hexdigest()
        return count

    def copy(self, name: str, source: IO[bytes]) -> None:
        """Put a stored file in, piece by piece."""
        found = hashlib.sha256()
        with self._open(name) as inside:
            for block in iter(lambda: source.read(BLOCK), b""):
                found.update(block)
                inside.write(block)
        self.files[name] = found.hexdigest()

    def seal(self, *, before: str, head: str, **about: Any) -> None:
        """Add what explains and proves the pack, then its table of contents."""
        for name in (VERIFIER, README):
            with (HERE / name).open("rb") as own:
                self.copy(name, own)
        manifest = {
            **about,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "chain": {"before": before, "head": head},
            "files": self.files,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        with self._open("manifest.json") as inside:
            inside.write(text.encode())

    def _open(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return self.zip.open(entry, "w")


def digest_and_size(target: IO[bytes]) -> tuple[str, int]:
    """Return SHA-256 and length of a file from its beginning."""
    target.seek(0)
    found, size = hashlib.sha256(), 0
    for block in iter(lambda: target.read(BLOCK), b""):
        found.update(block)
        size += len(block)
    target.seek(0)
    return found.hexdigest(), size
