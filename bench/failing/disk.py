"""The disk is full: under the files, under the database, under the broker. People are told so,
nothing is half, and work goes on when there is room again.

On a small tmpfs where this process may mount one; else files are refused by RLIMIT_FSIZE, and the
first figure says which.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import run, stand
from bench.failing.ground.web import running_web, upload
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = {"files": 3, "database": 48, "broker": 1}  # MB of the disk that fills up
LARGE = 700_000
TRIES = 14


def figures() -> Iterator[Figure]:
    """Three disks, three installations, side by side."""
    yield from side_by_side("disk", list(PLACES))


def alone(place_of: str) -> Iterator[Figure]:
    """Fill one disk, send papers, free it, send again."""
    with tempfile.TemporaryDirectory(prefix="mitra-disk-") as folder:
        data = Path(folder, "data")
        at = {"files": data / "files", "database": data, "broker": data / "broker"}[place_of]
        at.mkdir(parents=True)
        with _small_disk(at, PLACES[place_of]) as is_mounted:
            if not is_mounted and place_of != "files":
                return
            limits = {} if is_mounted else {"preexec_fn": _no_large_files}
            with stand(data=data) as place, running_web(place, **limits) as web:
                how = "a tmpfs of its own" if is_mounted else "RLIMIT_FSIZE (no right to mount)"
                yield Figure("how the disk is filled", "said", how, True)
                yield from _fill_and_free(place_of, place, web, at if is_mounted else None)


def _fill_and_free(place_of, place, web, at):
    from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
    from documents.models import Paper  # noqa: PLC0415 - once Django is set up
    from workflows import orphans  # noqa: PLC0415 - once Django is set up

    people.hurry()
    owners = [people.Owner() for _n in range(TRIES)]
    (place.data / "files").mkdir(exist_ok=True)
    ballast = at / "ballast" if at and place_of != "files" else None
    if ballast:
        _leave(ballast, at, 20_000 if place_of == "database" else 0)
    size = LARGE if place_of == "files" else 0
    answers = [_send(web, owner, people.photo(size)) for owner in owners]
    statuses = [answer.status for answer in answers]
    taken = Paper.objects.count()
    wanted = 302 if place_of == "broker" else 507
    told = sum(answer.status == wanted for answer in answers)
    yield Figure(
        f"answers {wanted} while it is full", "more than 0", f"{told} of {TRIES}", told > 0
    )
    others = sum(status not in (302, 507) for status in statuses)
    yield none_of("other answers (a bare 500, none)", others, of=TRIES)
    yield all_of("answers *taken* that have a row", taken, of=statuses.count(302))
    yield none_of("rows without a whole file", people.broken_files(), of=max(taken, 1))
    if ballast:
        ballast.unlink()
    elif at:  # the keeper makes room: a larger disk
        subprocess.run(["mount", "-o", "remount,size=64m", str(at)], check=True)
    left = [owner for owner, status in zip(owners, statuses, strict=True) if status != 302]
    if at is None:
        left = []
    again = [_send(web, owner, people.photo(size)).status for owner in left]
    yield all_of("sent again when there is room", again.count(302), of=len(left))
    run(place, "sweep", "--files", "--older-than", "0")
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    names = len(list(orphans.find_orphans(until=timezone.now())))
    yield none_of("files without a row after the sweep", names, of=orphans.count_files())
    if place_of == "broker":
        yield from _read_in_the_end(place)


def _read_in_the_end(place):
    from documents.models import Paper  # noqa: PLC0415 - once Django is set up
    from tests import worker as programs  # noqa: PLC0415 - once Django is set up

    env = programs.surroundings(place.data, place.broker_url)
    waiting = Paper.objects.filter(state="RECEIVED")
    with programs.running_beat(env), programs.running_worker(env):
        deadline = time.monotonic() + 200
        while waiting.exists() and time.monotonic() < deadline:
            time.sleep(0.5)
    yield none_of("papers that were never read", waiting.count(), of=TRIES)


def _send(web, owner, picture):
    body, headers = upload(picture)
    return web.post(owner.path, body, {**owner.headers, **headers})


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


def _leave(ballast: Path, at: Path, spare: int) -> None:
    """Fill a disk but for so many bytes."""
    with ballast.open("wb", buffering=0) as out:
        while (free := shutil.disk_usage(at).free) > spare:
            out.write(b"\0" * min(free - spare, 65_536))


def _no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGE // 2, LARGE // 2))
