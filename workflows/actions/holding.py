"""A case that waits for somebody outside: the clock stands still, with a reason and a day on which
somebody looks again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, deadlines, steps
from workflows.actions.casework import OFFICE_STAGES, check_may_hold
from workflows.errors import OnHold, Refused
from workflows.models import Hold, Setting
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User
    from workflows.models import Case


def hold_case(case: Case, *, reason: str, look_again_on: date, by: User) -> Hold:
    """Stop the clock of a case for somebody who may take its next step; it leaves their hands.

    ``look_again_on`` is a day to come, within the setting ``hold_days``. Raises ``Refused``.
    """
    check_may(by, "workflows.work_queue", case.vendor)
    _check_day(look_again_on)
    if not reason.strip():
        raise Refused(_("Write what the case waits for."))
    with steps.locked(case.pk, at=OFFICE_STAGES) as case:
        steps.check_in_hand(case, by)
        check_may_hold(by, case)
        hold = Hold.objects.create(
            case=case, reason=reason, look_again_on=look_again_on, began_by=by
        )
        case.held_since, case.owner, case.claimed_at = hold.began_at, None, None
        case.save(update_fields=["held_since", "owner", "claimed_at"])
        audit.record(
            "hold_case",
            by=by,
            vendor=case.vendor,
            reason=reason,
            case=case.pk,
            until=f"{look_again_on:%Y-%m-%d}",
        )
        return hold


def go_on_with_case(case: Case, *, by: User) -> Case:
    """Let the clock run again: the date moves by the working days held, the case waits in its
    queue."""
    check_may(by, "workflows.work_queue", case.vendor)
    with steps.locked(case.pk, at=OFFICE_STAGES) as case:
        if case.held_since is None:
            raise OnHold(_("This case is not on hold any more."))
        check_may_hold(by, case)
        end_hold(case, by=by)
        audit.record("go_on_with_case", by=by, vendor=case.vendor, case=case.pk)
        return case


def end_hold(case: Case, *, by: User) -> None:
    """Close the hold of a locked case, if it has one; its date counts on from here."""
    if case.held_since is None:
        return
    now = timezone.now()
    Hold.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now, ended_by=by)
    if case.due_at is not None:
        case.due_at = deadlines.held_over(case.due_at, since=case.held_since, until=now)
    case.held_since = None
    case.save(update_fields=["held_since", "due_at"])


def _check_day(day: date) -> None:
    today = timezone.localdate()
    longest = today + timedelta(days=Setting.value_of("hold_days"))
    if day <= today:
        raise Refused(_("Choose a day that is still to come."))
    if day > longest:
        raise Refused(
            _("A case may be on hold for %(days)s days at most; then somebody looks again.")
            % {"days": (longest - today).days}
        )
