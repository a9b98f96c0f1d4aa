"""An office that is at work is backed up, lost and brought back."""

from __future__ import annotations

import hashlib
import shutil
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from bench.failing.ground.installation import run
from bench.failing.table import Figure, all_of, none_of
from documents.models import PaperFile
from onboarding.models import Referral, Vendor
from tests import factories as make
from workflows.backups.databases import rows_now
from workflows.backups.reading import check_backup
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.failing.ground.installation import Installation
    from workflows.backups.manifest import Manifest

FIRMS = 2


def figures(place: Installation) -> Iterator[Figure]:
    """Back up while people work, lose everything, restore, compare."""
    cases = [make.submit(as_files=("ktp", "nib", "npwp")) for _n in range(FIRMS)]
    make.approve(make.verify(cases[0]))
    vendor = make.guide(make.refer())
    before_rows, before_files = rows_now(), _hashes(place.data / "files")
    kept = place.data / "drill.tar"
    with _people_at_work(vendor) as named:
        run(place, "backup", str(kept))
        meanwhile = len(named)
    late = make.refer()
    yield Figure("firms named and papers sent while it was made", "more than 2", str(meanwhile),
                 meanwhile > 2)  # fmt: skip
    refused = run(place, "restore", str(kept), check=False)
    yield all_of(
        "an installation in use is not replaced unasked", int(refused.returncode == 1), of=1
    )
    _lose(place)
    done = run(place, "restore", str(kept), check=False)
    yield all_of("one command restores an empty installation", int(done.returncode == 0), of=1)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        return
    manifest = check_backup(kept)
    files = _hashes(place.data / "files")
    yield from _compared(manifest, before_rows, before_files, files)
    audit = run(place, "verify_audit", check=False)
    yield all_of("the chain of the trail holds", int(audit.returncode == 0), of=1)
    yield none_of("acts of meanwhile that came back half", _halves(named), of=len(named))
    is_gone = not Vendor.objects.filter(pk=late.pk).exists()
    yield all_of("what came after the backup is gone whole", int(is_gone), of=1)
    yield from _damaged(place, kept, files)


@contextmanager
def _people_at_work(vendor: Vendor) -> Iterator[list[int]]:
    """Offices name firms, an owner sends papers, until the block ends; gives the firms."""
    named: list[int] = []
    is_over = threading.Event()

    def work() -> None:
        while not is_over.is_set():
            named.append(make.refer().pk)
            make.hand_in(vendor, "ktp")
        connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield named
    finally:
        is_over.set()
        thread.join(60)


def _lose(place: Installation) -> None:
    connection.close()
    shutil.rmtree(place.data / "files")
    if not place.database_url:
        for path in place.data.glob("mitra.sqlite3*"):
            path.unlink()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()


def _compared(
    manifest: Manifest,
    before_rows: dict[str, int],
    before_files: dict[str, str],
    files: dict[str, str],
) -> Iterator[Figure]:
    #: The restore writes its own event, and a link to it.
    own = {"workflows_auditevent": 1, "workflows_chainlink": 1}
    back = rows_now()
    other = [name for name, rows in manifest.rows.items() if back[name] != rows + own.get(name, 0)]
    fewer = [name for name, rows in before_rows.items() if back[name] < rows]
    told = (f"{name}: {before_rows.get(name)}, {back[name]}\n" for name in {*other, *fewer})
    sys.stderr.write("".join(told))
    all_tables = len(manifest.rows)
    yield all_of("tables with the rows of the backup", all_tables - len(other), of=all_tables)
    yield none_of("tables with fewer rows than before it began", len(fewer), of=len(before_rows))
    same = sum(files.get(name) == digest for name, digest in before_files.items())
    yield all_of("files of before with the same SHA-256", same, of=len(before_files))
    yield none_of("other files than those of the backup", len(files.keys() ^ manifest.files.keys()),
                  of=len(files))  # fmt: skip
    sent = list(PaperFile.objects.values_list("stored_as", flat=True))
    yield all_of("files of papers that are there", sum(name in files for name in sent),
                 of=len(sent))  # fmt: skip


def _halves(named: list[int]) -> int:
    """Firms of which a part came back: the firm, its referral, its event."""
    parts = [
        set(Vendor.objects.filter(pk__in=named).values_list("pk", flat=True)),
        set(Referral.objects.filter(vendor__in=named).values_list("vendor", flat=True)),
        set(AuditEvent.objects.filter(vendor__in=named).values_list("vendor", flat=True)),
    ]
    return len(set.union(*parts) - set.intersection(*parts))


def _damaged(place: Installation, kept: Path, files: dict[str, str]) -> Iterator[Figure]:
    damaged = place.data / "damaged.tar"
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    refused = run(place, "restore", str(damaged), "--replace", check=False)
    still = _hashes(place.data / "files") == files and refused.returncode == 1
    yield all_of("a backup with one bit changed is refused, nothing touched", int(still), of=1)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_relative_to(folder / ".drafts")
    }
