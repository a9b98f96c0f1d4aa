"""Guidance: seats become invitations, a closed sheet moves the firms, a missed session is
counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

import training.actions
from onboarding.models import Status, Vendor
from training.models import SEATED, Seat, Session
from workflows import audit, letters, lifecycle, messages
from workflows.actions.afterwards import revoke_certificates_of
from workflows.actions.answering import offer_free_seats, tell_invited
from workflows.actions.endings import lapse_vendors
from workflows.actions.papers import submit_if_complete
from workflows.errors import MoveNotAllowed
from workflows.guest_letters import write_guest_letters
from workflows.models import Setting
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onboarding.models import User


@transaction.atomic
def invite_vendors(
    session: Session,
    *,
    vendor_ids: Iterable[int],
    has_own_letters: bool = False,
    by: User,
) -> list[int]:
    """Give seats to eligible firms, draft the letter, write the messages; all invited, or none.

    ``has_own_letters``: a letter for each firm instead of one with the list. Raises
    ``training.errors.SessionFull`` or ``MoveNotAllowed`` when one is no longer eligible.
    """
    check_may(by, "workflows.invite_vendors")
    ids = list(dict.fromkeys(vendor_ids))
    check_no_kinship(by, *ids)
    seats = training.actions.give_seats(session, vendor_ids=ids, by=by)
    moved = lifecycle.move_many(
        ids, "invite", by=by, details={pk: {"session": session.pk} for pk in ids}
    )
    if len(moved) != len(ids):
        raise MoveNotAllowed(
            _(
                "Some of these businesses were invited or moved by somebody else just now. "
                "Look at the list again."
            )
        )
    if has_own_letters:
        write_guest_letters(session, vendor_ids=moved, by=by)
    else:
        letters.draft_invitation(session, vendor_ids=moved, by=by)
    tell_invited(seats)
    return moved


@transaction.atomic
def release_seat(seat: Seat, *, declined: bool, by: User) -> Vendor | None:
    """Take an invitation back or record that the guest declined; not counted against a firm.

    A guest without invitation was never moved, and one who holds another seat stays invited. Who
    waits gets the seat. Returns the firm, or None for somebody of an office.
    """
    check_may(by, "workflows.release_seat", seat.vendor)
    training.actions.release_seat(seat, declined=declined, by=by)
    vendor = seat.vendor.refresh() if seat.vendor else None
    if vendor is not None and vendor.status == Status.INVITED:
        held = Seat.objects.filter(
            vendor=vendor, state__in=SEATED, session__state=Session.State.PLANNED
        )
        if not held.exists():
            vendor = lifecycle.move(vendor, "release", by=by, declined=declined)
    offer_free_seats(seat.session, by=by)
    return vendor


@transaction.atomic
def release_vendors(vendor_ids: Collection[int], *, session: Session, by: User) -> list[int]:
    """A session was cancelled: who has no seat in another one goes back to the list, uncounted."""
    held = Seat.objects.filter(
        vendor__in=list(vendor_ids), state__in=SEATED, session__state=Session.State.PLANNED
    ).exclude(session=session)
    elsewhere = set(held.values_list("vendor_id", flat=True))
    back = [pk for pk in vendor_ids if pk not in elsewhere]
    return lifecycle.move_many(back, "release", by=by, reason="session cancelled")


@transaction.atomic
def apply_attendance(
    session: Session, *, present_ids: list[int], absent_ids: list[int], by: User
) -> dict[str, int]:
    """Count a closed sheet: those who were there are guided, the others go back to the list.

    The N-th missed session leads to lapse (setting ``max_no_shows``).
    """
    detail = {"session": session.pk}
    guided = lifecycle.move_many(
        present_ids, "guide", by=by, details=dict.fromkeys(present_ids, detail)
    )
    missed = lifecycle.move_many(
        absent_ids,
        "miss",
        by=by,
        changes={"no_shows": F("no_shows") + 1},
        details=dict.fromkeys(absent_ids, detail),
    )
    limit = Setting.value_of("max_no_shows")
    over = Vendor.objects.filter(pk__in=missed, no_shows__gte=limit).values_list("pk", flat=True)
    lapsed = lapse_vendors(list(over), reason=f"{limit} missed sessions", by=by)
    for vendor in Vendor.objects.filter(pk__in=[*guided, *missed]):
        kind = "guided" if vendor.pk in set(guided) else "missed"
        messages.tell_vendor(vendor, kind, key=f"{kind}:{session.pk}:{vendor.pk}", session=session)
    for vendor in Vendor.objects.filter(pk__in=guided):
        submit_if_complete(vendor, by=by)
    return {"guided": len(guided), "missed": len(missed), "lapsed": len(lapsed)}


@transaction.atomic
def seat_walk_in(session: Session, *, vendor: Vendor, reason: str, by: User) -> Seat:
    """Seat a firm that stands at the door uninvited; it must be eligible, or already invited."""
    check_may(by, "training.take_attendance")
    if vendor.status not in (Status.ELIGIBLE, Status.INVITED):
        raise MoveNotAllowed(
            _("%(name)s is “%(status)s”, so it cannot be guided now.")
            % {"name": vendor.name, "status": vendor.get_status_display()}
        )
    return training.actions.add_walk_in(session, vendor_id=vendor.pk, reason=reason, by=by)


@transaction.atomic
def waive_guidance(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """An officer counts a firm as guided without a session, with a reason (trained elsewhere)."""
    check_may(by, "workflows.waive_guidance", vendor)
    check_no_kinship(by, vendor)
    vendor = lifecycle.move(vendor, "guide", by=by, reason=reason, waived=True)
    return submit_if_complete(vendor, by=by)


@transaction.atomic
def unguide_vendor(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """Take guidance back before submission, with a reason."""
    check_may(by, "workflows.unguide_vendor", vendor)
    check_no_kinship(by, vendor)
    return lifecycle.move(vendor, "unguide", by=by, reason=reason)


@transaction.atomic
def apply_correction_of_attendance(seat: Seat, *, reason: str, by: User) -> Vendor | None:
    """Follow a correction after closing, where the firm's status still allows it; else record
    it. Who was not there has no valid certificate either."""
    if not seat.is_present:
        revoke_certificates_of(seat, reason=reason, by=by)
    if seat.vendor is None:
        return None
    vendor = seat.vendor.refresh()
    verb = "guide" if seat.is_present else "unguide"
    if not lifecycle.can(vendor, verb):
        audit.record("no_move", by=by, vendor=vendor, reason=reason, wanted=verb)
        return vendor
    missed = vendor.no_shows - 1 if seat.is_present and not seat.is_walk_in else vendor.no_shows
    vendor = lifecycle.move(
        vendor, verb, by=by, reason=reason, changes={"no_shows": max(missed, 0)}
    )
    return submit_if_complete(vendor, by=by)
