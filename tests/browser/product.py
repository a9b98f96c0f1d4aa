"""The real product for a browser: prepared, served, with worker and scheduler, on a free port.

`running` is a context manager that gives a `Product`; all that it keeps lies in one folder that is
thrown away. The programs are started as `./mitra up` starts them, DEBUG off, and end by their own
process id. Errors: `ProductTrouble`, with what the programs said last.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
BEHIND_THE_STAGE = "import django; django.setup(); import tests.browser.scenes as s; s.main()"
START_SECONDS = 240  # a cold start with demonstration data reads six deeds
STOP_SECONDS = 15
CHOICES = (  # what the keeper of this machine may have chosen must not reach the tests
    *("DATABASE_URL", "BROKER_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "SECRET_KEY"),
    *("TRUSTED_PROXY_COUNT", "SECURE_COOKIES", "OFFICE_NAME", "LANGUAGE", "SOURCE_URL"),
    *("OFFICE_EMAIL", "FILES_URL", "MITRA_TEST_DATABASE"),
)


class ProductTrouble(RuntimeError):
    """Raised when a program did not start or did not answer, with its last words."""


@dataclass
class Product:
    """A running site: where it is, what it keeps, and a hand behind the stage."""

    url: str
    data: Path
    env: dict[str, str]
    log: Path
    _stage: subprocess.Popen[str] | None = field(default=None, repr=False)

    def scene(self, scene: str, **facts: Any) -> Any:
        """Bring about what must be true before a journey begins; see `tests.browser.scenes`."""
        if self._stage is None:
            self._stage = subprocess.Popen(
                [sys.executable, "-c", BEHIND_THE_STAGE],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._stage.stdin
        assert self._stage.stdout
        self._stage.stdin.write(json.dumps([scene, facts]) + "\n")
        self._stage.stdin.flush()
        answer = self._stage.stdout.readline()
        if not answer:
            raise ProductTrouble(f"The scene {scene} failed; its own words are above.")
        return json.loads(answer)

    def code_for(self, phone: str, *, seconds: float = 10) -> str:
        """Read the newest sign-in code that was sent to a phone (+62…)."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            sent = sorted(
                (self.data / "outbox").glob("sms-*.txt"),
                key=lambda path: path.stat().st_mtime_ns,
                reverse=True,
            )
            for path in sent:
                to, _newline, words = path.read_text().partition("\n")
                code = re.search(r"\b\d{6}\b", words)
                if to == phone and code:
                    return code[0]
            time.sleep(0.1)
        raise ProductTrouble("No code was sent.")

    def last_words(self, lines: int = 60) -> str:
        """Give the end of what the programs said."""
        said = self.log.read_text(errors="replace").splitlines()
        return "\n".join(said[-lines:])

    def end_scenes(self) -> None:
        """Send the hand behind the stage home."""
        if self._stage is not None:
            with suppress(OSError):
                self._stage.stdin.close()  # type: ignore[union-attr]  # opened with a pipe
            self._stage.wait(STOP_SECONDS)


@contextmanager
def running(*, demo: bool = False) -> Iterator[Product]:
    """Run the whole product until the block ends. Raises `ProductTrouble`."""
    with tempfile.TemporaryDirectory(prefix="mitra-browser-") as folder:
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        env = _surroundings(folder, url, demo=demo)
        log = Path(folder, "programs.log")
        with log.open("w") as words:
            process = subprocess.Popen(
                [*_guard(), sys.executable, "-m", "config.start", str(port)],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        product = Product(url=url, data=Path(env["MITRA_DATA"]), env=env, log=log)
        try:
            _wait_until_ready(product, process)
            yield product
        finally:
            product.end_scenes()
            _end(process)


def _surroundings(folder: str, url: str, *, demo: bool) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in CHOICES}
    return {
        **env,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MITRA_DATA": str(Path(folder, "data")),
        "SITE_URL": url,
        "DEMO": str(int(demo)),
        "SECOND_FACTOR": "0",  # journeys sign in by a password; test_passkey looks at the rest
        "DEBUG": "0",
        "OFFICE_PHONE": "0812 0000 0000",
        "OMP_THREAD_LIMIT": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _guard() -> list[str]:
    """Have the kernel end the product with the tests, whatever ends those."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _wait_until_ready(product: Product, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_well(product.url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ProductTrouble(f"The product did not start.\n{product.last_words()}")
        time.sleep(0.2)


def _is_well(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
        return answer.status == 200
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
