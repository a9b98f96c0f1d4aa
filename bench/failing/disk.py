"""The disk is full: under the files, under the database, under the broker. People are told so,
nothing is half, a worker that tries on gives no paper up, and work goes on when there is room.

Each on a small tmpfs, which only root may mount: without that right the figure is missed.
"""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import inside, stand
from bench.failing.ground.web import running_web
from bench.failing.table import all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.table import Figure

PLACES = {"files": 3, "database": 48, "broker": 1}  # MB of the disk that fills up


def figures() -> Iterator[Figure]:
    """Three disks, three installations, side by side."""
    yield from side_by_side("disk", list(PLACES))


def alone(place_of: str) -> Iterator[Figure]:
    """Fill one disk, send papers, let the worker try, free it, send again."""
    with tempfile.TemporaryDirectory(prefix="mitra-disk-") as folder:
        data = Path(folder, "data")
        at = {"files": data / "files", "database": data, "broker": data / "broker"}[place_of]
        at.mkdir(parents=True)
        with _small_disk(at, PLACES[place_of]) as is_mounted:
            yield all_of("a small disk of its own (only root may mount one)", int(is_mounted), of=1)
            if not is_mounted:
                return
            # A full database must not keep the hints away too, or no worker would try anything.
            needs_redis = place_of == "database"
            with stand(data=data, redis=needs_redis) as place, running_web(place) as web:
                yield from inside("disk").figures(place_of, place, web, at)


@contextmanager
def _small_disk(at: Path, megabytes: int) -> Iterator[bool]:
    """A disk of this size at a folder; False where only root may have one."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(at)]
    is_mounted = subprocess.run(words, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(at)], check=False, capture_output=True)
