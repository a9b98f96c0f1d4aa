"""The trail is forged in every way that somebody who rules the database can think of.

On SQLite and on PostgreSQL: a hundred thousand events and ten thousand looks, fifty random tampers
(words, dates, who, which firm, details, digests, links, looks), a reorder, a row taken out, a row
slipped in, an end cut off. Each is laid in a transaction of its own, looked for, and taken back; a
tamper is looked for by the same walk, taken up at most a thousand links before it, since it stops
at the first event that is not sound. Then twenty writers at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground.apart import side_by_side
from bench.failing.ground.installation import ROOT, prepared
from bench.failing.table import Figure, all_of, none_of
from bench.listing.databases import WITH_DJANGO
from tests.servers import start_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS, LOOKS, TAMPERS, WRITERS, SECONDS = 100_000, 10_000, 50, 20, 60


def figures() -> Iterator[Figure]:
    """Forge on both databases at the same time."""
    yield from side_by_side("audit", ["SQLite", "PostgreSQL"])


def alone(database: str) -> Iterator[Figure]:
    """One database."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-audit-"))
        url = stack.enter_context(start_postgres()) if database == "PostgreSQL" else ""
        place = prepared(Path(folder, "data"), database_url=url)
        counts = map(str, (EVENTS, LOOKS, TAMPERS, WRITERS))
        done = subprocess.run(
            [sys.executable, "-c", WITH_DJANGO, "bench.failing.inside.audit", *counts],
            cwd=ROOT, env=place.env, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    yield Figure(
        f"{EVENTS} events and {LOOKS} looks verified", f"<= {SECONDS} s",
        f"{found['seconds']:.1f} s", found["seconds"] <= SECONDS and found["sound"],
    )  # fmt: skip
    yield all_of("random tampers found, and where", found["tampers"], of=TAMPERS)
    yield all_of("reorder, row out, row in, sealed look out", found["moves"], of=4)
    yield all_of("cut ends found with the anchor, and only with it", found["cuts"], of=1)
    yield none_of(f"forks by {WRITERS} writers at once", found["forks"], of=found["acts"])
