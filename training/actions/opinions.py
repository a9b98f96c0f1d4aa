"""What those who were there thought of it: three questions, once a seat, by whose seat it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.errors import Refused
from training.models import SEATED, Feedback, Seat, Session


@transaction.atomic
def give_feedback(
    seat: Seat, *, useful: int, clear: int, ready: int, remark: str = "", by: Any
) -> Feedback:
    """Keep the answers (1 no … 5 yes) of somebody who was there; a second sending is refused.

    ``by`` is the owner, or the system for a link that the desk let in (also of somebody of an
    office). Raises ``Refused`` for who was not there, before the session began, and a second time.
    """
    seat = own_seat(seat, by=by)
    check_has_begun(seat.session)
    if not seat.is_present:
        raise Refused(_("Only those who were at the session can answer this."))
    if Feedback.objects.filter(seat=seat).exists():
        raise Refused(_("You have answered already. Thank you."))
    given = Feedback.objects.create(
        seat=seat, useful=useful, clear=clear, ready=ready, remark=remark
    )
    events.feedback_given.send(sender=Feedback, feedback=given, by=by)
    return given


def own_seat(seat: Seat, *, by: Any) -> Seat:
    """Lock a seat that this person answers for; raises ``Refused`` for anybody else's."""
    held = Seat.objects.select_for_update(of=("self",)).select_related("session", "vendor")
    seat = held.get(pk=seat.pk)
    if seat.state not in SEATED or not is_own_seat(seat, by):
        raise Refused(_("Only the person who had this seat can answer."))
    return seat


def is_own_seat(seat: Seat, by: Any) -> bool:
    """Whether this person answers for the seat: its owner, or the system for a link."""
    if not by.has_perm("training.answer_for_seat"):
        return False
    return by.role == "system" or Seat.objects.visible_to(by).filter(pk=seat.pk).exists()


def check_has_begun(session: Session) -> None:
    """Raise ``Refused`` before the session has begun, and for a cancelled one."""
    if session.state == Session.State.CANCELLED:
        raise Refused(_("This session was cancelled."))
    if session.starts_at > timezone.now():
        raise Refused(_("This can be answered once the session has begun."))
