"""Looks at personal data are sealed into the chain, hour by hour: a look that is changed, taken
out or slipped in later is found, though no page waits for the chain when somebody looks.

A seal is one event whose details name the looks after one id up to another, how many they are and
the hash over all of them. Only looks that nobody can still be writing are sealed: ids are drawn
before a look is seen by others.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.db.models import Max

from workflows import audit
from workflows.chain import LOCK
from workflows.models import AuditEvent, Look

if TYPE_CHECKING:
    from datetime import datetime

    from onboarding.models import User

ACT: Final = "seal_looks"
PERIOD: Final = timedelta(hours=1)
#: Far longer than the transaction lasts in which a look is written.
SETTLED: Final = timedelta(minutes=5)
CHUNK: Final = 2000


@transaction.atomic
def seal_looks(*, now: datetime, by: User) -> AuditEvent | None:
    """Seal the looks of the time since the last seal; None when there are none, or it is too
    early. Two who seal at once wait for each other: a look is under one seal."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK + 1])
    last = AuditEvent.objects.filter(act=ACT).order_by("-pk").first()
    if last is not None and now - last.at < PERIOD:
        return None
    after = last.detail["upto"] if last is not None else 0
    fresh = Look.objects.filter(pk__gt=after, at__lte=now - SETTLED)
    upto = fresh.aggregate(upto=Max("pk"))["upto"]
    if upto is None:
        return None
    return audit.record(ACT, by=by, after=after, upto=upto, **digest_of_looks(after, upto))


def digest_of_looks(after: int, upto: int) -> dict[str, Any]:
    """Return ``{"count", "sha256"}`` of the looks after one id up to another: SHA-256 over a line
    of JSON for each, in their order."""
    looks = Look.objects.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    columns = ("pk", "at", "by_id", "role", "vendor_id", "what")
    count, digest = 0, hashlib.sha256()
    for pk, at, *rest in looks.values_list(*columns).iterator(CHUNK):
        moment = at.astimezone(UTC).isoformat(timespec="microseconds")
        digest.update(json.dumps([pk, moment, *rest], separators=(",", ":")).encode() + b"\n")
        count += 1
    return {"count": count, "sha256": digest.hexdigest()}
