"""Each time a firm went round the road: referred by whom, ended when and how, referred again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from onboarding.models import Status
from onboarding.models.vendors import ENDED
from workflows.models import AuditEvent
from workflows.sentences import reason_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onboarding.models import Vendor

MOST = 100


@dataclass(frozen=True)
class Turn:
    """One time round: from its referral to its end, if it has ended."""

    began_at: datetime
    offices: list[str] = field(default_factory=list)
    ended_at: datetime | None = None
    end: str = ""
    why: str = ""


def road_of_vendor(vendor: Vendor) -> dict[str, Any]:
    """Return the turns of a firm, newest first; nothing for one that goes round for the first time.

    One query of the trail, and only where there is more than one turn one of the referrals.
    """
    moves = AuditEvent.objects.filter(vendor=vendor).filter(
        Q(to_status__in=ENDED) | Q(from_status__in=ENDED)
    )
    turns = _turns(vendor, list(moves.order_by("pk").only("at", "act", "to_status", "reason")))
    if len(turns) == 1 and turns[0].ended_at is None:
        return {"turns": []}
    starts = [turn.began_at for turn in turns][1:]
    for referral in vendor.referrals.select_related("agency").order_by("pk")[:MOST]:
        place = sum(start <= referral.created_at for start in starts)
        name = referral.agency.name if referral.agency else str(referral.get_source_display())
        if name not in turns[place].offices:
            turns[place].offices.append(name)
    return {"turns": turns[::-1]}


def _turns(vendor: Vendor, moves: Sequence[AuditEvent]) -> list[Turn]:
    turns = [Turn(vendor.created_at)]
    for move in moves:
        if move.to_status in ENDED:
            end = str(Status(move.to_status).label)
            why = reason_words(move.reason)
            turns[-1] = replace(turns[-1], ended_at=move.at, end=end, why=why)
        elif move.act == "refer":
            turns.append(Turn(move.at))
        else:  # an objection: the same time round goes on
            turns[-1] = replace(turns[-1], ended_at=None, end="", why="")
    return turns
