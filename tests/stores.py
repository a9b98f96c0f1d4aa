"""Tests meet a real S3 server over HTTP: moto's, on a free port of loopback, in memory.

`running_store` gives the FILES_URL of a new, empty bucket. With ``host`` and ``namespace`` the
server listens elsewhere than on loopback, inside a network namespace. It is a process of its own,
ended by its id.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from tests.servers import _free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 60
KEY, SECRET, BUCKET = "kunci-contoh", "rahasia/contoh", "mitra"
SERVE = "import sys; from moto.server import main; main(sys.argv[1:])"


@contextmanager
def running_store(host: str = "127.0.0.1") -> Iterator[str]:
    """Run a store with one bucket until the block ends."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, "-H", host, "-p", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _make_bucket(f"http://{host}:{port}", server)
        yield f"s3+http://{KEY}:{SECRET.replace('/', '%2F')}@{host}:{port}/{BUCKET}"
    finally:
        server.terminate()
        server.wait()


def _make_bucket(endpoint: str, server: subprocess.Popen[bytes]) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
        config=Config(connect_timeout=1, retries={"total_max_attempts": 1}),
    )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            client.create_bucket(Bucket=BUCKET)
        except BotoCoreError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
