"""Lay a long trail, forge it, and say what was found: in a process that stands in one database."""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from onboarding.models import User
from tests import factories as make
from tests.trail import forging
from workflows import audit, sealing
from workflows.models import AuditEvent, ChainLink, Look
from workflows.verifying import Broken, Walk, first_unlinked, verify_trail

if TYPE_CHECKING:
    from collections.abc import Callable

STRIDE = 1000
ACTS = 15
SEED = 2026


def main(counts: list[str]) -> dict[str, Any]:
    """Numbers of events, looks, tampers and writers, in this order; returns what was found."""
    events, looks, tampers, writers = map(int, counts)
    _lay(events, looks)
    begun, walk, marks = time.monotonic(), Walk(), [Walk()]
    for _link in walk.go_on():
        if walk.events % STRIDE == 0:
            marks.append(replace(walk))
    is_sound = first_unlinked() is None and walk.events >= events
    found: dict[str, Any] = {"seconds": time.monotonic() - begun, "sound": is_sound}
    found["tampers"] = _tamper(marks, tampers)
    found["moves"] = _move()
    found["cuts"] = _cut(walk.hash)
    found["acts"], found["forks"] = _write_at_once(writers)
    return found


def _lay(events: int, looks: int) -> None:
    """Events of all kinds by the real trail, then looks, sealed in ten portions."""
    by, now = make.make_user("officer"), timezone.now()
    firms = [make.refer() for _ in range(10)]
    for portion in range(10):
        moves = [
            (firms[n % 10].pk, "REFERRED", "ELIGIBLE", {"n": n, "list": [n, 1.5, "é"]})
            for n in range(events // 10)
        ]
        audit.record_many("find_eligible", by=by, moves=moves, reason=f"Contoh {portion}")
        hour = now - timedelta(days=portion + 1)
        seen = [
            Look(vendor=firms[n % 10], by=by, role="officer", what="case", at=hour,
                 hour=hour + timedelta(seconds=n))
            for n in range(looks // 10)
        ]  # fmt: skip
        Look.objects.bulk_create(seen)
        sealed_at = now + portion * timedelta(hours=2)
        sealing.seal_looks(now=sealed_at, by=User.objects.system())


def _found(forge: Callable[[], Any], start: Walk | None = None) -> int | None:
    """Forge with the triggers away, look, and take it all back; returns the first bad event."""
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


def _tamper(marks: list[Walk], tampers: int) -> int:
    """Fifty tampers at random places, each found at its own event."""
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
    for number in range(tampers):
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
    last = list(ChainLink.objects.order_by("-position")[:100])
    with transaction.atomic():
        with forging():
            ChainLink.objects.filter(pk__in=[link.pk for link in last])._raw_delete("default")
            gone = AuditEvent.objects.filter(pk__in=[link.event_id for link in last])
            gone._raw_delete("default")
        is_found = verify_trail().ok and not verify_trail(anchor=head).ok
        transaction.set_rollback(True)
    return int(is_found)


def _write_at_once(writers: int) -> tuple[int, int]:
    """Twenty who write at once leave one chain; returns acts written and links that fork."""
    people = [make.make_user("officer") for _ in range(writers)]
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
    is_whole = verify_trail().ok and written == writers * ACTS
    return written, linked if is_whole else written


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
