"""Screening: the rules judge, the lifecycle moves, a person may overrule with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

import onboarding.actions
from onboarding.models import ENDED, Status, Vendor
from workflows import lifecycle
from workflows.actions.endings import welcome_back
from workflows.models import AuditEvent
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User

CHUNK = 2000


@transaction.atomic
def screen_vendors(vendor_ids: Iterable[int], *, by: User) -> dict[str, int]:
    """Judge firms that were named or whose facts changed; returns how many moved which way.

    A firm that had ended and was named again comes back first, where its waiting time allows.
    """
    ids = list(dict.fromkeys(vendor_ids))
    if len(ids) > CHUNK:  # a database takes only so many values in one question
        parts = [screen_vendors(ids[at : at + CHUNK], by=by) for at in range(0, len(ids), CHUNK)]
        return {key: sum(part[key] for part in parts) for key in parts[0]}
    for ended in Vendor.objects.filter(pk__in=ids, status__in=ENDED):
        welcome_back(ended, by=by)
    waiting = Vendor.objects.filter(
        pk__in=ids, status__in=(Status.REFERRED, Status.INELIGIBLE, Status.ELIGIBLE)
    ).values_list("pk", flat=True)
    screenings = onboarding.actions.judge_vendors(list(waiting), today=timezone.localdate(), by=by)
    reasons = {
        s.vendor_id: {
            "reasons": [reason["code"] for reason in s.reasons],
            "rules_version": s.rules_version,
        }
        for s in screenings
    }
    eligible = [s.vendor_id for s in screenings if s.is_eligible]
    overruled = _overruled([s.vendor_id for s in screenings if not s.is_eligible])
    others = [
        s.vendor_id
        for s in screenings
        if not s.is_eligible
        and not set(reasons[s.vendor_id]["reasons"]) <= overruled.get(s.vendor_id, set())
    ]
    return {
        "eligible": len(lifecycle.move_many(eligible, "find_eligible", by=by, details=reasons)),
        "ineligible": len(lifecycle.move_many(others, "find_ineligible", by=by, details=reasons)),
    }


@transaction.atomic
def override_screening(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """An officer finds a firm eligible against the rules, with a reason that stays on record."""
    check_may(by, "workflows.override_screening", vendor)
    check_no_kinship(by, vendor)
    judged = vendor.screenings.first()
    return lifecycle.move(
        vendor,
        "find_eligible",
        by=by,
        reason=reason,
        overruled=True,
        reasons=[r["code"] for r in judged.reasons] if judged else [],
    )


def _overruled(vendor_ids: list[int]) -> dict[int, set[str]]:
    """The reasons that an officer has set aside, by firm: the rules do not bring them up again."""
    events = AuditEvent.objects.filter(
        vendor__in=vendor_ids, act="find_eligible", detail__overruled=True
    )
    return {event.vendor_id or 0: set(event.detail["reasons"]) for event in events.order_by("pk")}
