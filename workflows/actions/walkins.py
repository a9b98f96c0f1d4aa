"""Guests whom a device wrote down at the door: each becomes a referral, a chair and a mark.

What was typed without signal is a fact by the time it arrives, so nobody is refused here: what
cannot be seated stays with its reason for a person to settle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import onboarding.actions
import onboarding.errors
import training.actions
import training.errors
from onboarding.identifiers import fold_name
from training.models import SEATED, Scan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User
    from training.models import Seat, Session


def seat_guests(session: Session, scans: Iterable[Scan], *, by: User) -> int:
    """Seat the guests among marks that came in just now; returns how many got a chair.

    The same person of the same business written down at two devices is seated once; the second
    mark is left for a person to settle.
    """
    seated = 0
    earlier = {
        _likeness(scan): scan.seat
        for scan in session.scans.filter(what=Scan.What.WALK_IN, seat__isnull=False)
    }
    for scan in training.actions.guests_of(scans):
        who = _likeness(scan)
        if who in earlier:
            training.actions.place_guest(scan, seat=earlier[who], remark="guest_twice")
            continue
        seat, remark = _chair_of(session, scan, by=by)
        training.actions.place_guest(scan, seat=seat, remark=remark)
        if seat is not None:
            earlier[who] = seat
            seated += 1
    return seated


def _chair_of(session: Session, scan: Scan, *, by: User) -> tuple[Seat | None, str]:
    """Return the chair of a guest, or none and why."""
    if not session.is_open:
        return None, "sheet_closed"
    try:
        referral = onboarding.actions.refer_walk_in(
            values=_values(scan.guest), form_key=str(scan.scan_id), by=by
        )
    except onboarding.errors.Refused:
        return None, "guest_unknown"
    held = session.seats.filter(vendor=referral.vendor_id, state__in=SEATED).first()
    if held is not None:
        return held, ""
    try:
        return training.actions.give_chair(session, vendor_id=referral.vendor_id, by=by), ""
    except training.errors.SessionFull:
        return None, "full"
    except training.errors.Refused:
        return None, "guest_unknown"


def _values(guest: dict[str, str]) -> dict[str, str]:
    names = ("legal_form", "phone", "region", "nib")
    known = {name: str(guest.get(name, "")) for name in names}
    owner, firm = str(guest.get("name", "")), str(guest.get("business", ""))
    return {**known, "owner_name": owner, "name": firm or owner}


def _likeness(scan: Scan) -> tuple[str, str]:
    digits = re.sub(r"\D", "", str(scan.guest.get("phone", "")))
    firm = scan.guest.get("business") or scan.guest.get("name", "")
    return digits[-9:], fold_name(str(firm))
