"""Stopping and coming back: suspend, reinstate, withdraw, lapse, and a firm that is named again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
import training.actions
from onboarding import roles
from onboarding.models import Status, Vendor
from training.models import SEATED, Session
from workflows import audit, clock, flows, lifecycle, messages, steps
from workflows.actions.changing import let_change_lapse
from workflows.actions.holding import end_hold
from workflows.apart import Apart
from workflows.errors import SamePerson
from workflows.models import Case, Message, Setting, Stage
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from onboarding.models import User

UNREACHABLE = Q(phone="", email="")


@transaction.atomic
def suspend_vendor(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """Stop an approved firm, with a reason; it remembers where it was."""
    check_may(by, "workflows.suspend_vendor", vendor)
    vendor = _held(vendor)
    check_no_kinship(by, vendor)
    changes = {"status_before_suspension": vendor.status, "suspended_by": by}
    vendor = lifecycle.move(vendor, "suspend", by=by, reason=reason, changes=changes)
    messages.tell_vendor(
        vendor, "suspended", key=f"suspend:{vendor.pk}:{vendor.status_at:%Y%m%d%H%M%S}"
    )
    return vendor


@transaction.atomic
def reinstate_vendor(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """Put a suspended firm back where it was, by another approver than the suspender."""
    check_may(by, "workflows.reinstate_vendor", vendor)
    vendor = _held(vendor)
    check_no_kinship(by, vendor)
    if vendor.suspended_by_id == by.pk:
        raise SamePerson(_("You suspended this business, so a colleague has to reinstate it."))
    changes = {"status_before_suspension": "", "suspended_by": None}
    return lifecycle.move(vendor, "reinstate", by=by, reason=reason, changes=changes)


@transaction.atomic
def withdraw_vendor(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """Leave the programme: the owner's own act, or an officer's on the owner's word."""
    check_may(by, "workflows.withdraw_vendor", vendor)
    if by.role != roles.VENDOR:
        check_no_kinship(by, vendor)
    _hold_cases(vendor)
    _give_seats_back(vendor, by=by)
    vendor = lifecycle.move(_held(vendor), "withdraw", by=by, reason=reason)
    _close_cases(vendor, by=by)
    return vendor


@transaction.atomic
def welcome_back(vendor: Vendor, *, by: User) -> Vendor:
    """A firm that had ended was named again. After a refusal the waiting time must have passed.

    Its papers open again, or the one that it was refused for could never be replaced.
    """
    wait = timedelta(days=Setting.value_of("wait_after_rejection_days"))
    rejected_on = vendor.rejected_on
    if (
        vendor.status == Status.REJECTED
        and rejected_on
        and timezone.localdate() < rejected_on + wait
    ):
        audit.record("no_move", by=by, vendor=vendor, reason="waiting time", wanted="refer")
        return vendor
    _close_cases(vendor, by=by)
    documents.actions.unfreeze_papers(vendor.pk)
    return lifecycle.move(vendor, "refer", by=by, changes={"no_shows": 0})


def lapse_due(*, by: User) -> dict[str, int]:
    """Let lapse what ran out of time, after a reminder; returns counts. Run every few minutes.

    Correction and appeal windows are the flow's own timers; this settles their cases, and looks
    after firms that have no case: guided without papers, or idle since they were named. Nobody who
    can be reached lapses without having been reminded ``reminder_days`` before. A case or firm that
    fails stops none of the others; then raises ``Unfinished`` in the end.
    """
    now, apart = clock.now(), Apart()
    counts = {"timers": 0, "reminded": 0, "lapsed": 0}
    with apart("timers"):
        counts["timers"] = flows.fire_due_timers(now=now)
    counts["reminded"] += _remind_of_corrections(now, apart)
    for case in Case.objects.filter(stage__in=(Stage.CORRECT, Stage.APPEAL), due_at__lte=now):
        with apart(f"lapse of case {case.pk}"):
            _settle_over(case, by=by)
    for statuses, setting in (
        ((Status.GUIDED,), "submit_days"),
        ((Status.REFERRED, Status.INELIGIBLE, Status.ELIGIBLE), "idle_days"),
    ):
        limit = now - timedelta(days=Setting.value_of(setting))
        notice = timedelta(days=Setting.value_of("reminder_days"))
        firms = Vendor.objects.standing().filter(status__in=statuses)
        counts["reminded"] += _remind(firms.filter(status_at__lte=limit + notice), apart)
        over = firms.filter(
            Exists(_reminders().filter(created_at__lte=now - notice)) | UNREACHABLE,
            status_at__lte=limit,
        ).values_list("pk", flat=True)
        for pk in list(over[:500]):
            with apart(f"lapse of firm {pk}"):
                counts["lapsed"] += len(lapse_vendors([pk], reason=f"{setting} passed", by=by))
    apart.end()
    return counts


@transaction.atomic
def lapse_vendors(vendor_ids: list[int], *, reason: str, by: User) -> list[int]:
    """Let firms lapse and tell them; an office may name them again."""
    lapsed = lifecycle.move_many(vendor_ids, "lapse", by=by, reason=reason)
    for vendor in Vendor.objects.filter(pk__in=lapsed):
        _tell_of_lapse(vendor)
    return lapsed


def _settle_over(case: Case, *, by: User) -> None:
    """Write down what the flow's timer made of a case whose window passed, and tell its owner."""
    with steps.locked(case.pk) as held:
        has_waited = held.stage != Stage.CLOSED
        steps.settle(held)
        if held.is_change and has_waited and held.stage == Stage.CLOSED:
            let_change_lapse(held, by=by)
    if held.vendor.status == Status.LAPSED:
        _tell_of_lapse(held.vendor)


def _tell_of_lapse(vendor: Vendor) -> None:
    key = f"lapse:{vendor.pk}:{vendor.status_at:%Y%m%d%H%M%S}"
    messages.tell_vendor(vendor, "lapsed", key=key)


def _remind_of_corrections(now: datetime, apart: Apart) -> int:
    """Remind owners whose correction is due in a few days, once for each list."""
    notice = timedelta(days=Setting.value_of("correction_reminder_days"))
    cases = Case.objects.filter(stage=Stage.CORRECT, due_at__gt=now, due_at__lte=now + notice)
    told = 0
    for case in cases.select_related("vendor"):
        key = f"correction-due:{case.pk}:{case.returns}"
        if Message.objects.filter(key__startswith=key).exists():
            continue
        with apart(f"reminder of case {case.pk}"), transaction.atomic():
            told += bool(messages.tell_vendor(case.vendor, "correction_due", key=key, case=case))
    return told


def _remind(firms: QuerySet[Vendor], apart: Apart) -> int:
    told = 0
    for vendor in firms.filter(~Exists(_reminders()), ~UNREACHABLE)[:500]:
        key = f"remind:{vendor.pk}:{vendor.status_at:%Y%m%d%H%M%S}"
        with apart(f"reminder of firm {vendor.pk}"), transaction.atomic():
            told += bool(messages.tell_vendor(vendor, "reminder", key=key))
    return told


def _reminders() -> QuerySet[Message]:
    """The reminders that a firm got since it came to where it is."""
    return Message.objects.filter(
        vendor=OuterRef("pk"), kind="reminder", created_at__gte=OuterRef("status_at")
    )


def _held(vendor: Vendor) -> Vendor:
    """The firm as it is now, locked: what was decided on a stale copy would be about another."""
    return Vendor.objects.select_for_update().get(pk=vendor.pk)


def _hold_cases(vendor: Vendor) -> None:
    """Lock the cases before the firm, as every step of a case does, or the two would wait for
    each other."""
    for case in Case.objects.filter(vendor=vendor).is_open():
        with steps.locked(case.pk):
            continue


def _close_cases(vendor: Vendor, *, by: User) -> None:
    for case in Case.objects.filter(vendor=vendor).is_open():
        with steps.locked(case.pk) as held:
            end_hold(held, by=by)
            flows.flow_of(held).instance.cancel(held)
            steps.settle(held)


def _give_seats_back(vendor: Vendor, *, by: User) -> None:
    for seat in vendor.seats.filter(state__in=SEATED, session__state=Session.State.PLANNED):
        training.actions.release_seat(seat, declined=True, by=by)
