"""What makes the door look alive in the demonstration: two phones at today's session, one of them
with a wrong clock, and one mark on which they disagree."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from training import actions
from training.models import SEATED, Scan, Seat, Session

if TYPE_CHECKING:
    from onboarding.models import User


def open_door(people: dict[str, User]) -> None:
    """Let two phones send what they saw at the session that is held today, if one has begun."""
    now = timezone.now()
    held = Session.objects.filter(state=Session.State.PLANNED, starts_at__lte=now)
    session = held.order_by("-starts_at").first()
    if session is None or timezone.localdate(session.starts_at) != timezone.localdate():
        return
    seats = list(session.seats.filter(state__in=SEATED).order_by("pk")[:9])
    if len(seats) < 3:
        return
    by = session.trainer if session.trainer_id else people["petugas"]
    at = session.starts_at
    first = [_seen(seat, at + timedelta(minutes=number)) for number, seat in enumerate(seats[:6])]
    again = _seen(seats[5], at + timedelta(minutes=7))
    undone = actions.Seen(
        uuid4(), Scan.What.UNDO, Seat.ArrivedVia.HAND, at + timedelta(minutes=8),
        seat_id=seats[0].pk,
    )  # fmt: skip
    actions.record_scans(session, report=_report(now, 0), seen=first, by=by)
    fast = timedelta(minutes=10)
    late = [_ahead(again, fast), _ahead(undone, fast)]
    actions.record_scans(session, report=_report(now, 10), seen=late, by=by)


def _seen(seat: Seat, at: datetime) -> actions.Seen:
    proof = actions.pass_of(seat)
    return actions.Seen(uuid4(), Scan.What.IN, Seat.ArrivedVia.PASS, at, proof=proof)


def _ahead(seen: actions.Seen, by: timedelta) -> actions.Seen:
    return actions.Seen(
        seen.scan_id, seen.what, seen.via, seen.at + by, seat_id=seen.seat_id, proof=seen.proof
    )


def _report(now: datetime, minutes: int) -> actions.Report:
    return actions.Report(str(uuid4()), now + timedelta(minutes=minutes))
