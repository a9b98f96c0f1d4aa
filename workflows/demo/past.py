"""Gives the demonstration a past: dates are moved back, order and distances are kept."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from onboarding.models import Referral, Screening, Vendor
from workflows import calendar
from workflows.deadlines import SETTING_OF_STAGE
from workflows.models import AuditEvent, Case, Holiday, Message, Round, Setting, Stage

if TYPE_CHECKING:
    from datetime import datetime

    from training.models import Session


def move_session(session: Session, starts_at: datetime) -> None:
    """Put a planned session at another moment, also a past one."""
    type(session).objects.filter(pk=session.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=5)
    )
    session.refresh_from_db()


def age_firm(vendor: Vendor, *, named: timedelta, moved: timedelta, random: Random) -> None:
    """Spread what happened to a firm from the day it was named to its last move."""
    now = timezone.now()
    first, last = now - named, now - moved
    events = list(AuditEvent.objects.filter(vendor=vendor).order_by("pk"))
    step = (last - first) / max(len(events), 1)
    moments: dict[str, datetime] = {}
    for place, event in enumerate(events):
        event.at = first + step * place + step * random.random() * 0.5
        moments[event.act] = event.at
    AuditEvent.objects.bulk_update(events, ["at"])
    Vendor.objects.filter(pk=vendor.pk).update(created_at=first, status_at=last)
    Referral.objects.filter(vendor=vendor).update(created_at=first)
    Screening.objects.filter(vendor=vendor).update(judged_at=first)
    vendor.papers.update(received_at=moments.get("guide", first) + step * 0.5)
    Message.objects.filter(vendor=vendor).update(created_at=last, next_try_at=now)
    _age_cases(vendor, moments, last)


def _age_cases(vendor: Vendor, moments: dict[str, datetime], last: datetime) -> None:
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    for case in Case.objects.filter(vendor=vendor):
        opened = moments.get("submit", last)
        fields = {"opened_at": opened, "created": opened}
        if case.stage in SETTING_OF_STAGE:
            days = Setting.value_of(SETTING_OF_STAGE[Stage(case.stage)])
            zone = timezone.get_current_timezone()
            fields["due_at"] = calendar.due_at(last, days, holidays, zone)
        Case.objects.filter(pk=case.pk).update(
            opened_at=fields["opened_at"], due_at=fields.get("due_at", F("due_at"))
        )
        Round.objects.filter(case=case).update(opened_at=opened)
        Round.objects.filter(case=case, verified_at__isnull=False).update(
            verified_at=moments.get("verify", last)
        )
        Round.objects.filter(case=case, decided_at__isnull=False).update(
            decided_at=moments.get("approve", moments.get("reject", last))
        )
