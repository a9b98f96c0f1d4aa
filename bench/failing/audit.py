"""The trail is forged in every way that somebody who rules the database can think of.

On SQLite and on PostgreSQL: a hundred thousand events and ten thousand looks, fifty random tampers
(words, dates, who, which firm, details, digests, links, looks), a reorder, a row taken out, a row
slipped in, an end cut off. Each is laid in a transaction of its own, looked for, and taken back; a
tamper is looked for by the same walk, taken up at most a thousand links before it, since it stops
at the first event that is not sound. Then twenty writers at once. Each database has a process of
its own, because Django knows only one.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workflows.verifying import Walk

ROOT = Path(__file__).resolve().parent.parent.parent
EVENTS, LOOKS, TAMPERS, SECONDS = 100_000, 10_000, 50, 60
STRIDE = 1000
WRITERS, ACTS = 20, 15
SEED = 2026


def figures() -> Iterator[Figure]:
    """Forge on both databases; each figure is printed as soon as it is known."""
    from tests.servers import start_postgres  # noqa: PLC0415 - its packages are for development

    yield from _on("SQLite", "")
    with start_postgres() as url:
        yield from _on("PostgreSQL", url)


def _on(name: str, url: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="mitra-audit-") as data:
        env = {**os.environ, "MITRA_DATA": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        env.pop("DATABASE_URL", None)
        if url:
            env["DATABASE_URL"] = url
        done = subprocess.run(
            [sys.executable, "-m", "bench.failing.audit"],
            cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    yield Figure(
        f"{name}: {EVENTS} events and {LOOKS} looks verified", f"<= {SECONDS} s",
        f"{found['seconds']:.1f} s", found["seconds"] <= SECONDS and found["sound"],
    )  # fmt: skip
    yield all_of(f"{name}: random tampers found, and where", found["tampers"], of=TAMPERS)
    yield all_of(f"{name}: reorder, row out, row in, sealed look out", found["moves"], of=4)
    yield all_of(f"{name}: cut ends found with the anchor, and only with it", found["cuts"], of=1)
    yield none_of(f"{name}: forks by {WRITERS} writers at once", found["forks"], of=found["acts"])


# --- what runs beside one database ---------------------------------------------------------------


def _main() -> dict[str, Any]:
    import django  # noqa: PLC0415 - only this process is Django's

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from workflows.verifying import Walk, first_unlinked  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", verbosity=0)
    _lay()
    begun, walk, marks = time.monotonic(), Walk(), [Walk()]
    for _link in walk.go_on():
        if walk.events % STRIDE == 0:
            marks.append(replace(walk))
    is_sound = first_unlinked() is None and walk.events >= EVENTS
    found: dict[str, Any] = {"seconds": time.monotonic() - begun, "sound": is_sound}
    found["tampers"] = _tamper(marks)
    found["moves"] = _move()
    found["cuts"] = _cut(walk.hash)
    found["acts"], found["forks"] = _write_at_once()
    return found


def _lay() -> None:
    """Events of all kinds by the real trail, then looks, sealed in ten portions."""
    from django.utils import timezone  # noqa: PLC0415 - as above

    from onboarding.models import User  # noqa: PLC0415 - once Django is set up
    from tests import factories as make  # noqa: PLC0415 - once Django is set up
    from workflows import audit, sealing  # noqa: PLC0415 - once Django is set up
    from workflows.models import Look  # noqa: PLC0415 - once Django is set up

    by, now = make.make_user("officer"), timezone.now()
    firms = [make.refer() for _ in range(10)]
    for portion in range(10):
        moves = [
            (firms[n % 10].pk, "REFERRED", "ELIGIBLE", {"n": n, "list": [n, 1.5, "é"]})
            for n in range(EVENTS // 10)
        ]
        audit.record_many("find_eligible", by=by, moves=moves, reason=f"Contoh {portion}")
        hour = now - timedelta(days=portion + 1)
        looks = [
            Look(vendor=firms[n % 10], by=by, role="officer", what="case", at=hour,
                 hour=hour + timedelta(seconds=n))
            for n in range(LOOKS // 10)
        ]  # fmt: skip
        Look.objects.bulk_create(looks)
        sealed_at = now + portion * timedelta(hours=2)
        sealing.seal_looks(now=sealed_at, by=User.objects.system())


def _found(forge: Callable[[], Any], start: Walk | None = None) -> int | None:
    """Forge with the triggers away, look, and take it all back; returns the first bad event."""
    from django.db import transaction  # noqa: PLC0415 - as above

    from tests.trail import forging  # noqa: PLC0415 - once Django is set up
    from workflows.verifying import Broken, Walk, first_unlinked  # noqa: PLC0415 - once Django is set up

    with transaction.atomic():
        with forging():
            forge()
        try:
            for _link in (replace(start) if start else Walk()).go_on():
                pass
            bad = first_unlinked()
        except Broken as broken:
            bad = broken.args[0]
        transaction.set_rollback(True)
    return bad


def _tamper(marks: list[Walk]) -> int:
    """Fifty tampers at random places, each found at its own event."""
    from workflows.models import AuditEvent, ChainLink, Look  # noqa: PLC0415 - as above

    dice = random.Random(SEED)  # the same fifty each time
    pks = list(AuditEvent.objects.filter(act="find_eligible").values_list("pk", flat=True))
    looks = list(Look.objects.values_list("pk", flat=True))
    seals = list(AuditEvent.objects.filter(act="seal_looks").order_by("pk"))
    other = AuditEvent.objects.exclude(by=AuditEvent.objects.get(pk=pks[0]).by).first()
    zeros = "0" * 64
    columns: list[dict[str, Any]] = [
        {"reason": "Sudah benar"}, {"at": "2026-01-01T00:00:00Z"}, {"by": other.by},
        {"role": "approver"}, {"act": "approve"}, {"to_status": "ACTIVE"}, {"vendor": None},
        {"detail": {"n": 1}}, {"digest": zeros}, {"reason_hash": zeros}, {"salt": "0" * 32},
    ]  # fmt: skip
    hits = 0
    for number in range(TAMPERS):
        pk = dice.choice(pks)
        rows: Any = AuditEvent.objects.filter(pk=pk)
        change = columns[number % len(columns)]
        if number % 5 == 3:
            rows, change = ChainLink.objects.filter(event=pk), {"hash": zeros}
        if number % 5 == 4:
            look = dice.choice(looks)
            pk = next(s.pk for s in seals if s.detail["after"] < look <= s.detail["upto"])
            rows, change = Look.objects.filter(pk=look), {"role": "admin"}
        place = ChainLink.objects.get(event=pk).position
        start = max((mark for mark in marks if mark.position < place), key=lambda m: m.position)
        hits += _found(lambda rows=rows, change=change: rows.update(**change), start) == pk
    return hits


def _move() -> int:
    """Two links change places; an event goes; one comes without a link; a sealed look goes."""
    from workflows.models import AuditEvent, ChainLink, Look  # noqa: PLC0415 - as above

    links = list(ChainLink.objects.order_by("position")[500:2000:1000])

    def swap() -> None:
        one, two = links
        ChainLink.objects.filter(pk=one.pk).update(position=10**12)
        ChainLink.objects.filter(pk=two.pk).update(position=one.pk)
        ChainLink.objects.filter(pk=10**12).update(position=two.pk)

    def take_out() -> None:
        ChainLink.objects.filter(pk=links[0].pk)._raw_delete("default")
        AuditEvent.objects.filter(pk=links[0].event_id)._raw_delete("default")

    def slip_in() -> None:
        event = AuditEvent.objects.get(pk=links[0].event_id)
        event.pk = None
        event.save(force_insert=True)

    def take_look() -> None:
        Look.objects.filter(pk=Look.objects.order_by("pk")[50].pk)._raw_delete("default")

    return sum(_found(forge) is not None for forge in (swap, take_out, slip_in, take_look))


def _cut(head: str) -> int:
    """The last hundred events are cut off: sound in itself, but the anchor is not met."""
    from django.db import transaction  # noqa: PLC0415 - as above

    from tests.trail import forging  # noqa: PLC0415 - once Django is set up
    from workflows.models import AuditEvent, ChainLink  # noqa: PLC0415 - once Django is set up
    from workflows.verifying import verify_trail  # noqa: PLC0415 - once Django is set up

    last = list(ChainLink.objects.order_by("-position")[:100])
    with transaction.atomic():
        with forging():
            ChainLink.objects.filter(pk__in=[link.pk for link in last])._raw_delete("default")
            gone = AuditEvent.objects.filter(pk__in=[link.event_id for link in last])
            gone._raw_delete("default")
        is_found = verify_trail().ok and not verify_trail(anchor=head).ok
        transaction.set_rollback(True)
    return int(is_found)


def _write_at_once() -> tuple[int, int]:
    """Twenty who write at once leave one chain; returns acts written and links that fork."""
    from django.db import connection, transaction  # noqa: PLC0415 - as above
    from django.db.models import Count  # noqa: PLC0415 - once Django is set up

    from tests import factories as make  # noqa: PLC0415 - once Django is set up
    from workflows import audit  # noqa: PLC0415 - once Django is set up
    from workflows.models import AuditEvent  # noqa: PLC0415 - once Django is set up
    from workflows.verifying import verify_trail  # noqa: PLC0415 - once Django is set up

    people = [make.make_user("officer") for _ in range(WRITERS)]
    before = AuditEvent.objects.count()

    def write(by: Any) -> None:
        try:
            for act in range(ACTS):
                with transaction.atomic():
                    audit.record("claim_case", by=by, number=act)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = AuditEvent.objects.count() - before
    linked = AuditEvent.objects.annotate(n=Count("link")).exclude(n=1).count()
    is_whole = verify_trail().ok and written == WRITERS * ACTS
    return written, linked if is_whole else written


if __name__ == "__main__":
    print(json.dumps(_main()))
