"""Answers to invitations in the demonstration: who comes, who sends somebody, who waits, and a
list of who is invited that waits for an officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from onboarding.models import Status, User, Vendor
from training.models import SEATED, Seat, Session
from workflows import actions

if TYPE_CHECKING:
    from typing import Any

#: What the guests of the next session said, in the order of their seats; the others are silent.
SAID: tuple[dict[str, Any], ...] = (
    {"answer": "yes"},
    {"answer": "yes"},
    {"answer": "yes", "person_name": "Contoh Wakil Usaha", "person_role": "Bagian penjualan"},
    {"answer": "yes"},
    {"answer": "other", "wish": "Hari Sabtu, karena pasar tutup"},
    {"answer": "no"},
)
WAITING = 4


def answer_and_list(people: dict[str, User]) -> None:
    """Let the guests of the next session answer, let some wait, and propose a list."""
    by = people["petugas"]
    coming = Session.objects.filter(
        state=Session.State.PLANNED,
        audience=Session.Audience.VENDORS,
        starts_at__gt=timezone.now(),
    ).order_by("starts_at")
    session = next(one for one in coming if one.seats.filter(state__in=SEATED).exists())
    seats = list(session.seats.filter(state__in=SEATED).order_by("pk"))
    Session.objects.filter(pk=session.pk).update(capacity=len(seats))
    ready = Vendor.objects.standing().filter(status=Status.ELIGIBLE).order_by("pk")
    ids = list(ready.values_list("pk", flat=True)[:WAITING])
    actions.put_on_waiting_list(session, vendor_ids=ids, by=by)
    for seat, said in zip(seats, SAID, strict=False):
        actions.answer_invitation(seat, via=Seat.AnsweredVia.LINK, by=User.objects.system(), **said)
    empty = next(one for one in coming if not one.seats.exists())
    actions.order_allocation(empty, is_wide=True, send=lambda _job: None, by=by)
