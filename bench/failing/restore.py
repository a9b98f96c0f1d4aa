"""The restore drill: back up a working office, lose it, get it back on SQLite and on PostgreSQL.

The backup is made while acts go on; what was acknowledged before it began must be there again.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import run, stand
from bench.failing.table import Figure, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRMS = 2


def figures() -> Iterator[Figure]:
    """Both databases at the same time."""
    yield from side_by_side("restore", ["sqlite", "postgres"])


def alone(database: str) -> Iterator[Figure]:
    """One database."""
    with stand(postgres=database == "postgres") as place:
        yield from _lose_and_get_back(place)


def _lose_and_get_back(place):
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from tests import factories as make  # noqa: PLC0415 - only after the set-up
    from workflows.backups.databases import rows_now  # noqa: PLC0415 - once Django is set up

    cases = [make.submit() for _n in range(FIRMS)]
    make.approve(make.verify(cases[0]))
    before_rows, before_files = rows_now(), _hashes(place.data / "files")
    kept = place.data / "drill.tar"
    run(place, "backup", str(kept))
    late = make.refer()  # an act after the backup is lost with it, and must not come back half
    refused = run(place, "restore", str(kept), check=False)
    yield all_of(
        "an installation in use is not replaced unasked", int(refused.returncode == 1), of=1
    )
    connection.close()
    shutil.rmtree(place.data / "files")
    if not place.database_url:
        for path in place.data.glob("mitra.sqlite3*"):
            path.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
    done = run(place, "restore", str(kept), check=False)
    yield all_of("one command restores an empty installation", int(done.returncode == 0), of=1)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        return
    yield from _compared(before_rows, rows_now(), before_files, _hashes(place.data / "files"))
    audit = run(place, "verify_audit", check=False)
    yield all_of("the chain of the trail holds", int(audit.returncode == 0), of=1)
    from onboarding.models import Vendor  # noqa: PLC0415 - once Django is set up

    gone = not Vendor.objects.filter(pk=late.pk).exists()
    yield all_of("what came after the backup is gone whole", int(gone), of=1)
    damaged = place.data / "damaged.tar"
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    refused = run(place, "restore", str(damaged), "--replace", check=False)
    still = _hashes(place.data / "files") == before_files and refused.returncode == 1
    yield all_of("a backup with one bit changed is refused, nothing touched", int(still), of=1)


def _compared(rows, rows_back, files, files_back):
    #: The restore writes its own event, a link to it, and what the sweep last did.
    own = {"workflows_auditevent": 1, "workflows_chainlink": 1}
    other = [name for name in rows if rows_back.get(name) != rows[name] + own.get(name, 0)]
    sys.stderr.write("".join(f"{name}: {rows[name]}, {rows_back.get(name)}\n" for name in other))
    yield all_of("tables with the same number of rows", len(rows) - len(other), of=len(rows))
    same = sum(files_back.get(name) == digest for name, digest in files.items())
    yield all_of("files with the same SHA-256", same, of=len(files))
    extra = len(files_back.keys() - files.keys())
    yield Figure("files that were not there before", "0", str(extra), extra == 0)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
