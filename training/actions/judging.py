"""A seat follows from its marks: judged anew each time one comes, so the order does not matter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from training import marks
from training.models import Scan, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from training.models import Session

_JUDGED_AGAIN = (Scan.Outcome.COUNTED, Scan.Outcome.REPEATED, Scan.Outcome.DISPUTED)
_WRITTEN = ("arrived_at", "arrived_via", "left_at", "marked_by", "mark_reason")
#: Remarks that are not a contradiction between marks, so that judging again leaves them alone.
LEFT_ALONE = frozenset({"guest_waiting", "guest_twice", "full", "sheet_closed", "outside_time"})


def desk_mark(session: Session, seat: Seat, *, what: str, via: str, reason: str, by: Any) -> Scan:
    """Make a mark by somebody who sees what all devices sent; not saved yet."""
    now = timezone.now()
    return Scan(
        scan_id=uuid4(),
        session=session,
        seat=seat,
        what=what,
        via=via,
        device=marks.DESK,
        device_at=now,
        received_at=now,
        by=by,
        reason=reason,
        outcome=Scan.Outcome.COUNTED,
    )


def judge_seats(seats: Iterable[Seat]) -> None:
    """Write on each seat, and on each of its marks, what all of its marks together say."""
    by_id = {seat.pk: seat for seat in seats}
    scans: dict[int, list[Scan]] = defaultdict(list)
    rows = Scan.objects.filter(seat__in=by_id, outcome__in=_JUDGED_AGAIN).exclude(
        remark__in=LEFT_ALONE
    )
    for scan in rows.select_related("by"):
        scans[scan.seat_id or 0].append(scan)
    now = timezone.now()
    for pk, seat in by_id.items():
        _judge(seat, scans[pk], now)
    Seat.objects.bulk_update(by_id.values(), _WRITTEN, batch_size=200)
    changed = [scan for found in scans.values() for scan in found]
    Scan.objects.bulk_update(changed, ["outcome", "remark"], batch_size=200)


def _judge(seat: Seat, scans: list[Scan], now: datetime) -> None:
    by_key = {str(scan.scan_id): scan for scan in scans}
    told = [
        marks.Mark(key, scan.what, scan.device, scan.at, scan.received_at)
        for key, scan in by_key.items()
    ]
    kept = seat.arrived_at
    if kept and not any(mark.what in (marks.IN, marks.WALK_IN) for mark in told):
        told.append(marks.Mark("", marks.IN, marks.DESK, kept, kept))  # written down without a scan
    judged = marks.judge_marks(told)
    for key, (outcome, remark) in judged.outcomes.items():
        if key:
            by_key[key].outcome, by_key[key].remark = outcome, remark
    _write(seat, judged, by_key, now)


def _write(seat: Seat, judged: marks.Judged, by_key: dict[str, Scan], now: datetime) -> None:
    if judged.arrived is None:
        seat.arrived_at = seat.left_at = seat.marked_by = None
        seat.arrived_via = ""
        return
    scan = by_key.get(judged.arrived.key)
    if scan is not None:
        seat.arrived_at, seat.arrived_via = min(judged.arrived.at, now), scan.via
        seat.marked_by, seat.mark_reason = scan.by, scan.reason
    left = judged.left
    seat.left_at = max(left.at, judged.arrived.at) if left else None
