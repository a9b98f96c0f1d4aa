"""What devices at the door saw: taken in once, however often and in whatever order it is sent.

Nothing that a device saw is lost: what cannot count is kept as refused, with the reason; what
contradicts something else is kept as disputed until a person settles it with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events, passes
from training.actions.attendance import correct_attendance
from training.actions.judging import LEFT_ALONE, desk_mark, judge_seats
from training.actions.passing import (
    GRACE,
    has_hall_open,
    is_hall_code,
    seat_of_code,
    seat_of_pass,
)
from training.errors import Refused, WrongCode
from training.models import SEATED, DoorDevice, Scan, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Marks may be this much older than the session's beginning: people come early.
EARLY: Final = timedelta(hours=6)
HALL: Final = "hall"
_BY_HAND: Final = (Seat.ArrivedVia.HAND, Seat.ArrivedVia.PAPER)


@dataclass(frozen=True)
class Seen:
    """One mark as a device sent it. ``proof`` is the pass or the code; by hand, ``seat_id``."""

    scan_id: UUID
    what: str
    via: str
    at: datetime
    seat_id: int | None = None
    proof: str = ""
    reason: str = ""
    guest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What a device says of itself: its name, its clock, how many marks it still holds."""

    device: str
    sent_at: datetime
    unsent: int = 0
    is_done: bool = False


@dataclass(frozen=True)
class _Batch:
    session: Session
    device: str
    ahead: int
    seats: dict[int, Seat]
    by: Any


@transaction.atomic
def record_scans(
    session: Session, *, report: Report, seen: Sequence[Seen], by: Any
) -> dict[str, tuple[str, str]]:
    """Take in what a device saw; returns outcome and remark of each by its scan id.

    A scan that is known already (sent twice) is answered as it was judged, and changes nothing.
    """
    _check_may_take(by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    ahead = round((report.sent_at - timezone.now()).total_seconds())
    if report.device not in ("desk", HALL):
        _note_device(session, report, ahead, by)
    ids = [one.scan_id for one in seen]
    known = set(Scan.objects.filter(scan_id__in=ids).values_list("scan_id", flat=True))
    seats = {seat.pk: seat for seat in session.seats.filter(state__in=SEATED)}
    fresh = {one.scan_id: one for one in seen if one.scan_id not in known}
    batch = _Batch(session, report.device, ahead, seats, by)
    scans = [_scan(batch, one) for one in fresh.values()]
    _take(session, scans, device=report.device, by=by)
    rows = Scan.objects.filter(session=session, scan_id__in=ids)
    return {str(row.scan_id): (row.outcome, row.remark) for row in rows}


def note_refusal(session: Session, *, code: str, by: Any) -> None:
    """Announce that the file of a device was turned away; no code is no file, or a sound one."""
    if code:
        events.marks_refused.send(sender=Session, session=session, code=code, by=by)


@transaction.atomic
def check_in(session: Session, *, proof: str, by: Any) -> Seat:
    """Mark the holder of a pass as there, who opened it as a link before a trainer's eyes.

    Raises ``Refused`` with the reason when the pass does not count here and now.
    """
    _check_may_take(by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_open:
        raise Refused(_("The attendance sheet of this session is closed."))
    now = timezone.now()
    if now < session.starts_at - EARLY:
        raise Refused(_("Attendance can be taken from the day of the session on."))
    seat = seat_of_pass(session, proof, at=now, seats=session.seats.filter(state__in=SEATED))
    if isinstance(seat, passes.Refusal):
        raise Refused(sentence_of(seat))
    _check_is_not_there(seat)
    scan = desk_mark(session, seat, what=Scan.What.IN, via=Seat.ArrivedVia.PASS, reason="", by=by)
    _take(session, [scan], device="desk", by=by)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def check_in_oneself(seat: Seat, *, code: str, by: Any) -> Seat:
    """Mark oneself as there with the code on the screen of the hall, once a seat.

    Who the seat belongs to is asked before; how often somebody may try is limited there too.
    """
    session = Session.objects.select_for_update().get(pk=seat.session_id)
    seat.refresh_from_db()
    if not has_hall_open(session) or seat.state not in SEATED:
        raise Refused(_("You can mark yourself as present while the session is held."))
    _check_is_not_there(seat)
    if not is_hall_code(session, code, now=timezone.now()):
        raise WrongCode(
            _("This is not the code on the screen now. It changes: type what you see at present.")
        )
    scan = desk_mark(session, seat, what=Scan.What.IN, via=Seat.ArrivedVia.SELF, reason="", by=by)
    scan.device = HALL
    _take(session, [scan], device=HALL, by=by)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def settle_scans(scan: Scan, *, present: bool, reason: str, by: Any) -> Scan:
    """Say what was true where devices disagree: the person was there, or was not.

    All that is open about the same seat is settled together. After closing this is a correction.
    """
    _check_may_take(by)
    session = Session.objects.select_for_update().get(pk=scan.session_id)
    scan.refresh_from_db()
    if scan.outcome != Scan.Outcome.DISPUTED or scan.settled_at is not None:
        raise Refused(_("This is already settled."))
    same = Scan.objects.filter(session=session, outcome=Scan.Outcome.DISPUTED, settled_at=None)
    same = same.filter(seat=scan.seat_id) if scan.seat_id else same.filter(pk=scan.pk)
    settled = list(same)
    seat = scan.seat
    if present and seat is None:
        raise Refused(_("Nobody has a seat by this mark. Seat the guest first, then settle this."))
    same.update(settled_at=timezone.now(), settled_by=by)
    if seat is not None:
        _say_so(session, seat, present=present, reason=reason, by=by)
    events.scans_settled.send(
        sender=Session, session=session, scans=settled, seat=seat, present=present, reason=reason,
        by=by,
    )  # fmt: skip
    scan.refresh_from_db()
    return scan


def place_guest(scan: Scan, *, seat: Seat | None, remark: str = "") -> None:
    """Tie a guest's mark to the chair that was found for them, or say why there is none."""
    scan.seat, scan.remark = seat, remark
    scan.outcome = Scan.Outcome.DISPUTED if remark else Scan.Outcome.COUNTED
    scan.save(update_fields=["seat", "remark", "outcome"])
    if seat is not None and not remark:
        judge_seats([seat])


def sentence_of(refusal: str) -> str:
    """Say to a person why a pass or a mark does not count, and what to do."""
    sentences = {
        "forged": _("This pass was not made by us. Look for the name on the list."),
        "other_session": _("This pass is for another session."),
        "expired": _("This pass has expired: its session is over."),
        "revoked": _("This pass is no longer valid: the seat was given back or renewed."),
        "cancelled": _("The session was cancelled."),
        "no_reason": _("A mark by hand needs a reason."),
        "no_seat": _("There is no such seat in this session."),
    }
    return sentences.get(refusal, _("This mark does not count."))


def _take(session: Session, scans: list[Scan], *, device: str, by: Any) -> None:
    if not scans:
        return
    Scan.objects.bulk_create(scans, batch_size=200)
    counted = [scan.seat for scan in scans if scan.outcome == Scan.Outcome.COUNTED]
    judge_seats({seat.pk: seat for seat in counted if seat is not None}.values())
    taken = Scan.objects.filter(pk__in=[scan.pk for scan in scans]).select_related("seat")
    events.scans_recorded.send(
        sender=Session, session=session, device=device, scans=list(taken), by=by
    )


def _scan(batch: _Batch, one: Seen) -> Scan:
    scan = Scan(
        scan_id=one.scan_id, session=batch.session, what=one.what, via=one.via,
        device=batch.device, device_at=one.at, clock_ahead=batch.ahead, by=batch.by,
        reason=one.reason[:160], guest=dict(one.guest), outcome=Scan.Outcome.COUNTED,
    )  # fmt: skip
    if batch.session.state == Session.State.CANCELLED:
        scan.outcome, scan.remark = Scan.Outcome.REFUSED, "cancelled"
        return scan
    if one.what == Scan.What.WALK_IN:
        scan.outcome, scan.remark = Scan.Outcome.DISPUTED, "guest_waiting"
        return scan
    seat = _seat_of(batch.session, one, scan.at, batch.seats)
    if isinstance(seat, str):
        scan.outcome, scan.remark = Scan.Outcome.REFUSED, str(seat)
        return scan
    scan.seat = seat
    scan.remark = _doubt(batch.session, scan, seat)
    if scan.remark in LEFT_ALONE:
        scan.outcome = Scan.Outcome.DISPUTED
    elif not batch.session.is_open:
        scan.outcome = Scan.Outcome.REPEATED
    return scan


def _seat_of(session: Session, one: Seen, at: datetime, seats: dict[int, Seat]) -> Seat | str:
    if one.what == Scan.What.IN and one.via == Seat.ArrivedVia.PASS:
        found = seat_of_pass(session, one.proof, at=at, seats=seats.values())
        return str(found) if isinstance(found, passes.Refusal) else found
    if one.what == Scan.What.IN and one.via == Seat.ArrivedVia.CODE:
        found = seat_of_code(one.proof, seats=seats.values())
        return str(found) if isinstance(found, passes.Refusal) else found
    seat = seats.get(one.seat_id or 0)
    if seat is None:
        return "no_seat"
    if one.what == Scan.What.IN and (one.via not in _BY_HAND or not one.reason.strip()):
        return "no_reason"
    return seat


def _doubt(session: Session, scan: Scan, seat: Seat) -> str:
    """Say what a person has to look at whatever the other marks say."""
    if session.state == Session.State.CLOSED:
        is_news = (scan.what == Scan.What.IN) != seat.is_present
        return "sheet_closed" if is_news and scan.what != Scan.What.OUT else ""
    is_in_time = session.starts_at - EARLY <= scan.at <= session.ends_at + GRACE
    return "" if is_in_time and scan.at <= timezone.now() + timedelta(minutes=2) else "outside_time"


def _say_so(session: Session, seat: Seat, *, present: bool, reason: str, by: Any) -> None:
    if session.state == Session.State.CLOSED:
        if seat.is_present != present:
            correct_attendance(seat, present=present, reason=reason, by=by)
        return
    what = Scan.What.IN if present else Scan.What.UNDO
    desk_mark(session, seat, what=what, via=Seat.ArrivedVia.HAND, reason=reason[:160], by=by).save()
    judge_seats([seat])


def _note_device(session: Session, report: Report, ahead: int, by: Any) -> None:
    DoorDevice.objects.update_or_create(
        session=session,
        device=report.device,
        defaults={
            "by": by,
            "reported_at": timezone.now(),
            "unsent": report.unsent,
            "clock_ahead": ahead,
            "is_done": report.is_done and not report.unsent,
        },
    )


def _check_is_not_there(seat: Seat) -> None:
    if seat.arrived_at is not None:
        raise Refused(
            _("This seat was already marked as present at %(time)s.")
            % {"time": f"{timezone.localtime(seat.arrived_at):%H.%M}"}
        )


def _check_may_take(by: Any) -> None:
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))


def guests_of(scans: Iterable[Scan]) -> list[Scan]:
    """Return the guests without invitation among marks that were taken in just now."""
    return [scan for scan in scans if scan.remark == "guest_waiting"]
