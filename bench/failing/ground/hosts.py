"""Two hosts on one machine: each a network namespace that writes to nothing but its own memory.

A `Host` sees the programs of this machine read-only, keeps what it writes in a tmpfs that no other
process sees, and reaches only `SERVERS`, an address of this process's own network. Needs root and
a kernel that allows namespaces: `why_not` says what is missing. Everything is gone with the block.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.failing.ground.installation import ROOT
from bench.failing.ground.web import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PORT, SECONDS = 8000, 200
SERVERS = "10.213.7.1"
DATA = "/var/tmp/mitra"
#: Whatever kills this process ends its hosts.
GUARD = ("setpriv", "--pdeathsig", "KILL", "--")
#: Nothing of what is mounted may be written to; what a program needs to write is its own.
ENTER = """
set -e
mount --make-rprivate /
while read -r _ where kind how _; do
    case "$kind" in proc|sysfs|devpts|cgroup*|mqueue) continue ;; esac
    case "$how" in rw*) mount -o remount,bind,ro "$where" 2>/dev/null || true ;; esac
done < /proc/self/mounts
mount --bind "$SOURCE" /mnt
for where in /tmp /var/tmp /dev/shm /run; do mount -t tmpfs -o mode=1777 own "$where"; done
mkdir -p "$SOURCE"
mount --move /mnt "$SOURCE"
mount -o remount,bind,ro "$SOURCE"
mkdir -m 700 "$MITRA_DATA"
hostname "$HOST"
exec "$@"
"""
#: Writable, and not this host's own memory.
SHARED = """
import pathlib
top = {}
for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
    what, where, kind, how = line.split()[:4]
    top[where] = (what, kind, how)
for where, (what, kind, how) in top.items():
    if kind in ("proc", "sysfs", "devpts", "mqueue") or kind.startswith("cgroup"):
        continue
    if how.startswith("rw") and what != "own":
        print(where)
"""


def why_not() -> str:
    """Say why there can be no hosts here; empty when there can."""
    if os.getuid() != 0:
        return "only root may make network namespaces"
    if missing := [
        name
        for name in ("ip", "unshare", "nsenter", "mount", "hostname", "setpriv")
        if not shutil.which(name)
    ]:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-c", "mount --make-rprivate /"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip() if tried.returncode else ""


class Host:
    """One host: its name, its address, and the process that keeps its places open."""

    def __init__(self, name: str, number: int, env: Mapping[str, str]) -> None:
        self.address = f"10.213.{number}.2"
        self.space = f"mitra-fault-{name}"  # of a run that was killed, it is taken away first
        self.env = {"PATH": os.environ["PATH"], **env, "MITRA_DATA": DATA, "TMPDIR": "/tmp"}
        self._link = f"mitra-{name}"
        self._number = number
        self._keeper: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make the network and the private places; they last until `close`."""
        self._remove()
        near, far = self._link, f"{self._link}-in"
        _ip("netns", "add", self.space)
        _ip("link", "add", near, "type", "veth", "peer", "name", far)
        _ip("link", "set", far, "netns", self.space)
        _ip("address", "add", f"10.213.{self._number}.1/30", "dev", near)
        _ip("link", "set", near, "up")
        for words in (
            ("link", "set", "lo", "up"),
            ("address", "add", f"{self.address}/30", "dev", far),
            ("link", "set", far, "up"),
            ("route", "add", "default", "via", f"10.213.{self._number}.1"),
        ):
            _ip("-netns", self.space, *words)
        enter = [*GUARD, "ip", "netns", "exec", self.space]
        enter += ["unshare", "--mount", "--uts", "sh", "-c", ENTER, "sh"]
        self._keeper = subprocess.Popen(
            [*enter, "sh", "-c", "echo open; exec sleep infinity"],
            env={**self.env, "HOST": self.space, "SOURCE": str(ROOT)},
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._keeper.stdout
        if self._keeper.stdout.readline() != b"open\n":
            raise RuntimeError(f"{self.space}: its places could not be made")

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start one of our programs on this host."""
        assert self._keeper
        inside = [*GUARD, "nsenter", "--target", str(self._keeper.pid), "--net", "--mount", "--uts"]
        return subprocess.Popen(
            [*inside, f"--wd={ROOT}", sys.executable, *words],
            env={**self.env, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str, **more: str) -> tuple[int, str]:
        """Run one of our programs to its end; gives its exit code and what it said."""
        process = self.start(*words, **more)
        said = process.communicate()[0]
        return process.returncode, said

    def ask(self, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Get a page of the site that runs here, or send it a form."""
        begun = time.monotonic()
        line = http.client.HTTPConnection(self.address, PORT, timeout=60)
        try:
            line.request("POST" if body else "GET", path, body or None, dict(headers or {}))
            answer = line.getresponse()
            return Answer(answer.status, time.monotonic() - begun, body=answer.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, time.monotonic() - begun)
        finally:
            line.close()

    def files(self) -> set[str]:
        """Names of what lies in the data folder of this host."""
        tell = (
            f"import os; [print(os.path.join(r, f)) for r, _, fs in os.walk({DATA!r}) for f in fs]"
        )
        lines = self.run("-c", tell)[1].splitlines()
        return {line.removeprefix(f"{DATA}/") for line in lines}

    def close(self) -> None:
        """Take the host away."""
        if self._keeper:
            end(self._keeper)
        self._remove()

    def _remove(self) -> None:
        for words in (("netns", "del", self.space), ("link", "del", self._link)):
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip(*words)


@contextmanager
def hosts(env: Mapping[str, str]) -> Iterator[tuple[Host, Host]]:
    """Give a host for the web and one for the work; the servers' address is on the first's line."""
    web, work = Host("web", 7, env), Host("work", 8, env)
    try:
        web.open()
        work.open()
        yield web, work
    finally:
        web.close()
        work.close()


def wait(is_so: Callable[[], bool], running: Mapping[str, subprocess.Popen[str]]) -> None:
    """Ask again and again until the answer is yes; raises with what the programs said last."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        for name, process in running.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name} fell: {process.communicate()[0][-1500:]}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"not so within {SECONDS} s:\n{_last_words(running)}")
        time.sleep(0.2)


def _last_words(running: Mapping[str, subprocess.Popen[str]]) -> str:
    for process in running.values():
        end(process)
    return "\n".join(
        f"{name}: {process.communicate()[0][-800:]}" for name, process in running.items()
    )


def end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a program and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
