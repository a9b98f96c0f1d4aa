"""A ZIP file that is made while it is sent: however many papers, never more than a piece of one is
held in memory, and nothing is left behind on the server."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 256 * 1024


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield the bytes of a ZIP with these files, each given as a name and its pieces.

    Photographs do not get smaller by packing, so nothing is packed.
    """
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in entries:
            with archive.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield drain.take()
    yield drain.take()


class _Drain(io.RawIOBase):
    """A file that only takes: what was written is given away and forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def take(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
