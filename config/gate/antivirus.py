"""Asks an antivirus about an upload, where the keeper has connected one.

`none`, or `clamd:/path/of/its/socket`, or `clamd://host:port` (the protocol of ClamAV's daemon).
A scanner that is chosen and does not answer lets nothing in: `ScanFailedError`.
"""

from __future__ import annotations

import socket
import struct
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

NONE: Final = "none"
SECONDS: Final = 15.0
PIECE: Final = 256 * 1024
LONGEST_ANSWER: Final = 4096


class ScanFailedError(Exception):
    """The scanner was asked and gave no clear answer."""


def is_address(address: str) -> bool:
    """Whether this says which scanner to ask."""
    if address == NONE:
        return True
    if address.startswith("clamd:/") and not address.startswith("clamd://"):
        return True
    try:
        parts = urlsplit(address)
        return parts.scheme == "clamd" and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        return False


def find_virus(file: IO[bytes], address: str) -> str:
    """The name of what was found in a file, read from its start; empty when it is clean or nothing
    is connected. Raises `ScanFailedError`."""
    if address == NONE:
        return ""
    with _asked(address) as line:
        line.sendall(b"zINSTREAM\0")
        file.seek(0)
        while piece := file.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = _heard(line)
    file.seek(0)
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND") or "unnamed"
    if answer.endswith(" OK"):
        return ""
    raise ScanFailedError(answer)


def version_of(address: str, *, seconds: float = SECONDS) -> str:
    """What the scanner says it is, with the age of its signatures. Raises `ScanFailedError`, also
    when it is silent for so long."""
    with _asked(address, seconds) as line:
        line.sendall(b"zVERSION\0")
        return _heard(line)


@contextmanager
def _asked(address: str, seconds: float = SECONDS) -> Iterator[socket.socket]:
    try:
        with _connected(address, seconds) as line:
            line.settimeout(seconds)
            yield line
    except OSError as error:
        raise ScanFailedError(type(error).__name__) from error


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith("clamd://"):
        parts = urlsplit(address)
        return socket.create_connection((parts.hostname or "", parts.port or 0), seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(seconds)
    try:
        line.connect(address.removeprefix("clamd:"))
    except OSError:
        line.close()
        raise
    return line


def _heard(line: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        heard += piece
    return heard.rstrip(b"\0\n").decode("utf-8", "replace")
