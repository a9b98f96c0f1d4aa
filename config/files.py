"""Where papers, pictures and letters lie is chosen in the environment: a folder, or a bucket.

`read_files` takes the reader of `config.env` and gives the `Bucket` that FILES_URL names, or None
for the folder `files` of the data directory. Its secret is only ever used to sign requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from environs import ValidationError

EXAMPLES: Mapping[str, str] = {
    "FILES_URL": "s3://key:secret@store.example.go.id:9000/mitra?region=us-east-1",
}
#: Plain HTTP has a name of its own, so that nobody chooses it by leaving something out.
SCHEMES: Final = {"s3": "https", "s3+http": "http"}
WORDS: Final = {"region", "ca"}


class Reader(Protocol):
    """What is asked of the reader of variables."""

    def text(self, name: str, default: str, rule: Callable[[str], None] | None = None) -> str:
        """Give one variable."""


@dataclass(frozen=True)
class Bucket:
    """A bucket of an S3-compatible store; ``ca`` is a file of certificates, or empty."""

    endpoint: str
    name: str
    key: str
    secret: str = field(repr=False)
    region: str = "us-east-1"
    ca: str = ""


def read_files(read: Reader) -> Bucket | None:
    """Read the variable of the files; the reader keeps what is wrong."""
    url = read.text("FILES_URL", "", _a_bucket)
    return _bucket(url) if url else None


def storage_of(bucket: Bucket | None, folder: Path) -> dict[str, Any]:
    """What Django's STORAGES says of the store of files: the bucket, or else the folder."""
    if bucket is not None:
        return {"BACKEND": "config.objects.BucketStorage", "OPTIONS": {"bucket": bucket}}
    return {
        "BACKEND": "config.storage.WholeFileStorage",
        "OPTIONS": {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _bucket(url: str) -> Bucket:
    parts = urlsplit(url)
    chosen = dict(parse_qsl(parts.query))
    at = parts.netloc.rpartition("@")[2]
    return Bucket(
        endpoint=f"{SCHEMES[parts.scheme]}://{at}",
        name=parts.path.strip("/"),
        key=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
        region=chosen.get("region", "us-east-1"),
        ca=chosen.get("ca", ""),
    )


def _a_bucket(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in SCHEMES and parts.hostname and (parts.port or 1)
        words = {name for name, _value in parse_qsl(parts.query)}
    except ValueError:
        is_whole = None
    if not is_whole or not (parts.username and parts.password):
        raise ValidationError("must be s3://key:secret@host:port/bucket (s3+http:// without TLS).")
    if not parts.path.strip("/") or "/" in parts.path.strip("/"):
        raise ValidationError("must name one bucket after the host.")
    if parts.fragment or words - WORDS:
        raise ValidationError(
            "may end with ?region= and &ca= only; a # or ? in the secret is %23, %3F."
        )
