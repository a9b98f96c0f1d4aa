"""Screening: the rules judge, the lifecycle moves, a person may overrule with a reason."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

import onboarding.actions
from onboarding.models import ENDED, ReferralSheet, SheetRow, Status, Vendor
from workflows import audit, lifecycle
from workflows.actions.consenting import note_consent
from workflows.actions.endings import welcome_back
from workflows.away import is_away
from workflows.models import AuditEvent, Consent
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onboarding.models import Referral, User

logger = logging.getLogger("mitra.screening")

CHUNK = 2000
#: When more firms of a chunk than these cannot be judged, it is no matter of single firms.
MOST_LEFT = 10


@transaction.atomic
def take_in_referral(referral: Referral, *, by: User) -> None:
    """A firm was named: the rules judge it; one that named itself has agreed to be worked with.

    A stranger's word about a firm that is known already is no consent of its owner.
    """
    words = referral.received.get("consent", "")
    if words and referral.verdict == SheetRow.Verdict.CREATED:
        note_consent(referral.vendor, purpose=Consent.Purpose.PROCESSING, version=words, by=by)
    screen_vendors([referral.vendor_id], by=by)


@transaction.atomic
def screen_vendors(vendor_ids: Iterable[int], *, is_told: bool = False, by: User) -> dict[str, int]:
    """Judge firms that were named or whose facts changed; returns how many moved which way.

    A firm that had ended and was named again comes back first, where its waiting time allows.
    ``is_told``: one event of the caller tells of all these moves.
    """
    ids = list(dict.fromkeys(vendor_ids))
    if len(ids) > CHUNK:  # a database takes only so many values in one question
        starts = range(0, len(ids), CHUNK)
        parts = [screen_vendors(ids[at : at + CHUNK], is_told=is_told, by=by) for at in starts]
        return {key: sum(part[key] for part in parts) for key in parts[0]}
    for ended in Vendor.objects.standing().filter(pk__in=ids, status__in=ENDED):
        welcome_back(ended, by=by)
    waiting = (
        Vendor.objects.standing()
        .filter(pk__in=ids, status__in=(Status.REFERRED, Status.INELIGIBLE, Status.ELIGIBLE))
        .values_list("pk", flat=True)
    )
    screenings = onboarding.actions.judge_vendors(list(waiting), today=timezone.localdate(), by=by)
    reasons: dict[int, dict[str, Any]] = {
        s.vendor_id: {
            "reasons": [reason["code"] for reason in s.reasons],
            "rules_version": s.rules_version,
            "rules_number": s.rules_number,
        }
        for s in screenings
    }
    eligible = [s.vendor_id for s in screenings if s.is_eligible]
    overruled = _overruled([s.vendor_id for s in screenings if s.reasons])
    others = [
        s.vendor_id
        for s in screenings
        if s.reasons  # who only waits for a person or a register stays where it is
        and not set(reasons[s.vendor_id]["reasons"]) <= overruled.get(s.vendor_id, set())
    ]
    moves = (("eligible", "find_eligible", eligible), ("ineligible", "find_ineligible", others))
    return {
        key: len(lifecycle.move_many(firms, verb, by=by, details=reasons, is_told=is_told))
        for key, verb, firms in moves
    }


@transaction.atomic
def screen_apart(
    ids: list[int], *, is_told: bool = False, by: User
) -> tuple[Counter[str], list[int]]:
    """Screen firms of which one that cannot be judged stops none of the others: halves are tried
    until it stands alone. Returns how many moved which way, and who was left as it is.

    Raises what was raised when the house is away or more than ``MOST_LEFT`` cannot be judged.
    """
    moved: Counter[str] = Counter()
    left: list[int] = []
    parts = [ids]
    while parts:
        part = parts.pop()
        try:
            moved.update(screen_vendors(part, is_told=is_told, by=by))
        except Exception as error:
            if is_away(error) or len(left) == MOST_LEFT:
                raise
            if len(part) == 1:
                logger.error("firm %s cannot be screened: %s", part[0], type(error).__name__)
                left += part
            else:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
    return moved, left


def screen_sheet(sheet_id: int, *, by: User, beat: Callable[[], None]) -> ReferralSheet:
    """Judge the firms that a long list named, chunk by chunk, and tell of them in one event.

    How far it came is kept with each chunk, so that a killed worker's work goes on.
    """
    sheet = ReferralSheet.objects.get(pk=sheet_id)
    while "screened" not in sheet.counts:
        _screen_chunk(sheet, by=by, beat=beat)
    return sheet


@transaction.atomic
def _screen_chunk(sheet: ReferralSheet, *, by: User, beat: Callable[[], None]) -> None:
    named = sheet.referrals.standing().filter(pk__gt=sheet.screened_up_to).order_by("pk")
    # Tried again after hours: whose road ended since the list came was not named anew.
    named = named.exclude(vendor__status__in=ENDED, vendor__status_at__gt=F("created_at"))
    found = list(named.values_list("pk", "vendor_id")[:CHUNK])
    beat()
    counts = dict(sheet.counts)
    if found:
        sheet.screened_up_to = found[-1][0]
        moved, left = screen_apart([vendor for _pk, vendor in found], is_told=True, by=by)
        counts |= {key: counts.get(key, 0) + moved[key] for key in moved}
        counts |= {"unscreened": [*counts.get("unscreened", []), *left]} if left else {}
    else:
        counts["screened"] = True
        told = {key: counts.get(key, 0) for key in ("eligible", "ineligible")}
        told |= {"unscreened": counts["unscreened"]} if "unscreened" in counts else {}
        audit.record("screen_sheet", by=by, sheet=sheet.pk, sha256=sheet.sha256, **told)
    sheet.counts = counts
    onboarding.actions.note_screened(sheet)


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
