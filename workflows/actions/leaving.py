"""Away from the desk: a colleague covers, for a period that is planned ahead."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from onboarding.models import User
from workflows import audit
from workflows.actions.queueing import hand_on_all
from workflows.actions.tickets import ANSWER, hand_on_ticket
from workflows.apart import Apart
from workflows.errors import NotAllowed, Refused
from workflows.models import Leave, Ticket
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def plan_leave(*, from_on: date, until_on: date, cover: User, by: User) -> Leave:
    """Name the colleague who covers on these days; what is in one's hands goes over on the first.

    Raises ``Refused`` for days gone by, days that are covered already, and a colleague who is away
    on one of them.
    """
    check_may(by, "workflows.work_queue")
    if until_on < max(from_on, timezone.localdate()):
        raise Refused(_("The last day lies before the first, or in the past."))
    if cover.pk == by.pk or not cover.may("workflows.work_queue"):
        raise Refused(_("Choose a colleague."))
    list(User.objects.select_for_update().filter(pk__in=(by.pk, cover.pk)).order_by("pk"))
    planned = Leave.objects.filter(
        ended_at__isnull=True, from_on__lte=until_on, until_on__gte=from_on
    )
    if planned.filter(user=by).exists():
        raise Refused(_("You planned to be away on one of these days already."))
    if planned.filter(user=cover).exists():
        raise Refused(_("%(name)s is away on one of these days.") % {"name": cover.full_name})
    if planned.filter(cover=by).exists():
        raise Refused(_("You cover for a colleague on one of these days. Ask another one first."))
    leave = Leave.objects.create(user=by, cover=cover, from_on=from_on, until_on=until_on)
    audit.record("plan_leave", by=by, person=cover.pk, since=str(from_on), until=str(until_on))
    if from_on <= timezone.localdate():
        _hand_over(leave)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, by: User) -> Leave:
    """Call a leave off, or come back earlier; what went over stays with the colleague."""
    leave = Leave.objects.select_for_update(of=("self",)).get(pk=leave.pk)
    if leave.user_id != by.pk:
        raise NotAllowed(_("This is a colleague’s leave."))
    if leave.ended_at is None:
        leave.ended_at = timezone.now()
        leave.save(update_fields=["ended_at"])
        audit.record("end_leave", by=by)
    return leave


def hand_over_leaves(*, today: date) -> int:
    """Give what those who are away today still hold to who covers; returns how many cases and
    tickets went."""
    gone, apart = 0, Apart()
    for leave in Leave.objects.running(today).select_related("user", "cover"):
        # Refused: no longer of the desk; their claims run out.
        with apart(f"leave {leave.pk}"), contextlib.suppress(Refused):
            gone += _hand_over(leave)
    apart.end()
    return gone


def _hand_over(leave: Leave) -> int:
    """In the name of who is away: they said so when they planned it."""
    reason = _("Away until %(day)s") % {"day": date_format(leave.until_on)}
    gone, _stays = hand_on_all(to=leave.cover, reason=reason, by=leave.user)
    if leave.user.may(ANSWER):
        own = Ticket.objects.filter(handler=leave.user, closed_at=None)
        for ticket in own.select_related("vendor", "platform"):
            with contextlib.suppress(Refused):  # about the one who covers: it stays
                hand_on_ticket(ticket, to=leave.cover, reason=reason, by=leave.user)
                gone += 1
    return gone
