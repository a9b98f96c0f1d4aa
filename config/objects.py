"""Files in a bucket of an S3-compatible store, for sites whose programs run on several hosts.

Objects are private and leave only through our own views: nothing here gives an address of a file.
One request opens a file and brings it whole, so a store that is away is known before an answer has
begun. What is missing is `FileNotFoundError`, as on a disk; a store that does not answer, or
refuses, is `StoreAway`, which the site answers with 503 and a worker with another try.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from config.storage import StoreAway, StoreRefused

if TYPE_CHECKING:
    from datetime import datetime

    from config.files import Bucket

P = ParamSpec("P")
R = TypeVar("R")

MISSING: Final = {"404", "NoSuchKey", "NotFound"}
CHUNK: Final = 256 * 1024
#: What is larger lies in a nameless file of the temporary folder while it is sent on.
IN_MEMORY: Final = 2 * 1024 * 1024
#: One request for all that a door lets in: an object is there whole or not at all either way.
#: Refusals that are over by themselves.
BUSY: Final = {"SlowDown", "RequestTimeout", "ThrottlingException"}
ONE_PIECE: Final = 64 * 1024 * 1024


def _asked(ask: Callable[P, R]) -> Callable[P, R]:
    """Say in our own words what the store said."""

    @wraps(ask)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return ask(*args, **kwargs)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in MISSING:
                raise FileNotFoundError(code) from error
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 503))
            is_away = status >= 500 or code in BUSY
            raise (StoreAway if is_away else StoreRefused)(code) from error
        except BotoCoreError as error:
            raise StoreAway(type(error).__name__) from error

    return answered


@deconstructible
class BucketStorage(S3Storage):
    """django-storages' own, with limits on waiting and our names for what goes wrong."""

    def __init__(self, bucket: Bucket) -> None:
        super().__init__(
            access_key=bucket.key,
            secret_key=bucket.secret,
            bucket_name=bucket.name,
            endpoint_url=bucket.endpoint,
            region_name=bucket.region,
            verify=bucket.ca or None,
            file_overwrite=False,
            default_acl=None,
            transfer_config=TransferConfig(multipart_threshold=ONE_PIECE, use_threads=False),
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Stores that are not Amazon's know no other sums than the signature's own.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=2,
                read_timeout=20,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=10,
            ),
        )

    @_asked
    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("What is kept is not written over.")
        key = self._normalize_name(clean_name(name))
        answer = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
        content = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 closed by its reader
        with closing(answer["Body"]) as body:
            for chunk in body.iter_chunks(CHUNK):
                content.write(chunk)
        content.seek(0)
        whole: File[bytes] = File(content, name=name)
        whole.size = int(answer["ContentLength"])
        return whole

    @_asked
    def _save(self, name: str, content: File[Any]) -> str:
        return str(super()._save(name, content))

    @_asked
    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        super().delete(name)

    @_asked
    def exists(self, name: str) -> bool:
        """Say whether a file is there."""
        return bool(super().exists(name))

    @_asked
    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Folders and files right below a folder; none below one that is not there."""
        folders, files = super().listdir(path)
        return folders, files

    @_asked
    def size(self, name: str) -> int:
        """Bytes of a file."""
        return int(super().size(name))

    @_asked
    def get_modified_time(self, name: str) -> datetime:
        """When a file was written, by the store's clock."""
        at: datetime = super().get_modified_time(name)
        return at

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """No file has an address outside of our views."""
        raise NotImplementedError(name)
