"""Fills a site for `bench.guiding.figures` and asks for its pages, in a process in its database."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from config.prepare import NOT_SERVED
from onboarding.models import Region, Status, User, Vendor
from training.models import Seat, Session, Syllabus
from workflows import actions
from workflows.models import AuditEvent, Reckoning

BATCH = 5_000
#: One session for so many firms, so many seats in it.
FIRMS_A_SESSION, SEATS = 750, 40
PAGES = ("/pemerataan/", "/pemerataan/?map=cadence", "/perkembangan/", "/perkiraan/")


def fill(rows: int) -> None:
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
    drawn = random.Random(11)
    regions = list(Region.objects.values_list("pk", flat=True))
    people = {
        role: User.objects.create_user(f"{role}@contoh.test", role=role, full_name=f"Contoh {role}")
        for role in ("officer", "trainer")
    }
    statuses = drawn.choices(Status.values, k=rows)
    for begin in range(0, rows, BATCH):
        Vendor.objects.bulk_create(
            Vendor(
                name="Contoh",
                folded_name="contoh",
                legal_form="perorangan",
                owner_name="Contoh",
                region_id=regions[number % 38],
                status=statuses[number],
            )
            for number in range(begin, min(begin + BATCH, rows))
        )
    _hold_sessions(rows // FIRMS_A_SESSION, regions, people, drawn)
    begun = time.perf_counter()
    order = Reckoning.objects.create()
    actions.count_figures(order.pk, by=User.objects.system(), beat=lambda: None)
    took = time.perf_counter() - begun
    print(f"{rows:,} firms, {Seat.objects.count():,} seats: counted in {took:.1f} s", flush=True)


def _hold_sessions(many: int, regions: list[str], people: dict[str, User], drawn: Any) -> None:
    syllabus, now = Syllabus.objects.get(version="2026.1"), timezone.now()
    vendors = iter(Vendor.objects.order_by("pk").values_list("pk", flat=True).iterator())
    by = people["officer"]
    for number in range(many):
        at = now - timedelta(days=drawn.randint(1, 700))
        session = Session.objects.create(
            title="Bimtek Contoh", region_id=regions[number % 38], place="Aula Contoh",
            starts_at=at, ends_at=at + timedelta(hours=4), capacity=SEATS,
            trainer=people["trainer"], syllabus=syllabus, state=Session.State.CLOSED,
            closed_at=at + timedelta(hours=5), closed_by=by, created_by=by,
        )  # fmt: skip
        seated = [next(vendors) for _seat in range(SEATS)]
        Seat.objects.bulk_create(
            Seat(session=session, vendor_id=pk, given_by=by,
                 arrived_at=at if place < 25 else None, marked_by=by if place < 25 else None)
            for place, pk in enumerate(seated)
        )  # fmt: skip
        acts = (("guide", 25, 0), ("submit", 12, 20), ("approve", 8, 40), ("register", 8, 45),
                ("go_live", 6, 60))  # fmt: skip
        AuditEvent.objects.bulk_create(
            AuditEvent(at=at + timedelta(days=days), by=by, role=by.role, act=act, vendor_id=pk)
            for act, count, days in acts
            for pk in seated[:count]
        )


def ask(asks: int) -> None:
    """Print what each page took in milliseconds, and how many questions it asked."""
    client = Client()
    client.force_login(User.objects.get(email="officer@contoh.test"))
    told: dict[str, Any] = {}
    with override_settings(ALLOWED_HOSTS=["*"]):
        for page in PAGES:
            client.get(page)
            with CaptureQueriesContext(connection) as questions:
                answer = client.get(page)
            if answer.status_code != 200:
                raise SystemExit(f"{page} answered {answer.status_code}")
            told[page] = {"queries": len(questions), "ms": []}
        for _ask in range(asks):
            for page in PAGES:
                begun = time.perf_counter()
                client.get(page)
                told[page]["ms"].append((time.perf_counter() - begun) * 1000)
    print(json.dumps(told))


if __name__ == "__main__":
    {"fill": fill, "ask": ask}[sys.argv[1]](int(sys.argv[2]))
