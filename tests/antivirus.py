"""A daemon that speaks as ClamAV's does and knows one virus: the harmless test string of EICAR.

`answering(path)` is a context manager; ask it at ``clamd:PATH``. It holds no signatures, so it
shows that the hook is asked and obeyed, not that viruses are found.
"""

from __future__ import annotations

import socketserver
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: In two parts, so that an antivirus on the machine of a developer leaves this file alone.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        asked = self._word()
        if asked == b"zVERSION":
            self.wfile.write(b"ClamAV 0.0-stub/0\0")
        elif asked == b"zINSTREAM":
            found = EICAR in self._stream()
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")

    def _word(self) -> bytes:
        word = b""
        while (sign := self.rfile.read(1)) not in (b"", b"\0"):
            word += sign
        return word

    def _stream(self) -> bytes:
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        return content


class _Daemon(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def answering(path: Path) -> Iterator[str]:
    """Answer at a socket until the block ends; gives the address for ANTIVIRUS."""
    with _Daemon(str(path), _Talk) as daemon:
        threading.Thread(target=daemon.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"clamd:{path}"
        finally:
            daemon.shutdown()
