"""Taking work, keeping how one likes one's queue, and leaving what is in hand to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from workflows import audit
from workflows.actions.casework import claim_case, hand_on_case
from workflows.errors import NotAllowed, Refused
from workflows.models import Case, SavedQueue, Stage
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onboarding.models import User

TRIED = 25
MOST_KEPT = 20
STAGES_OF_ACT = {
    "workflows.verify_case": (Stage.VERIFY,),
    "workflows.hand_over_case": (Stage.HAND_OVER,),
    "workflows.decide_case": (Stage.DECIDE,),
}


def take_next_case(*, by: User, stages: Sequence[str] = (), key: str = "") -> Case | None:
    """Claim the case that is due first among those that this person may act on; None when there
    is none. A case that a colleague takes at the same moment is passed over.

    One ``key`` is one press: pressed twice it leads to the same case.
    """
    check_may(by, "workflows.work_queue")
    pressed = _taken_by(key, by)
    if pressed is not None:
        return pressed
    own = [stage for act, those in STAGES_OF_ACT.items() if by.may(act) for stage in those]
    wanted = [stage for stage in own if stage in stages] if stages else own
    waiting = (
        Case.objects.visible_to(by)
        .is_open()
        .filter(stage__in=wanted, owner__isnull=True, held_since=None)
        .select_related("vendor")
        .order_by("due_at", "pk")
    )
    for case in waiting[:TRIED]:
        try:
            return claim_case(case, by=by, key=key)
        except IntegrityError:  # the other press was quicker
            return _taken_by(key, by)
        except Refused:
            continue
    return None


def hand_on_all(*, to: User, reason: str, by: User) -> tuple[int, int]:
    """Leave everything that is in one's hands to a colleague, before a leave for example.

    Returns how many went over, and how many stay because the colleague may not act on them.
    """
    check_may(by, "workflows.work_queue")
    gone = stays = 0
    for case in Case.objects.visible_to(by).is_open().filter(owner=by).select_related("vendor"):
        try:
            hand_on_case(case, to=to, reason=reason, by=by)
            gone += 1
        except Refused:
            stays += 1
    return gone, stays


@transaction.atomic
def keep_queue(*, name: str, query: str, is_shared: bool, by: User) -> SavedQueue:
    """Keep a tab with its filters, order and columns under a name; the same name is kept anew."""
    check_may(by, "workflows.work_queue")
    own = SavedQueue.objects.filter(owner=by)
    if own.exclude(name=name).count() >= MOST_KEPT:
        raise Refused(_("You keep 20 queues already. Remove one first."))
    kept, _made = own.update_or_create(
        owner=by, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    audit.record("keep_queue", by=by, queue=kept.pk, shared=is_shared)
    return kept


@transaction.atomic
def drop_queue(kept: SavedQueue, *, by: User) -> None:
    """Forget a queue that was kept; a colleague's stays."""
    if kept.owner_id != by.pk:
        raise NotAllowed(_("This queue belongs to a colleague."))
    if SavedQueue.objects.filter(pk=kept.pk).delete()[0]:
        audit.record("drop_queue", by=by, queue=kept.pk)


def note_export(*, tab: str, rows: int, by: User) -> None:
    """Write down who takes cases out as a file, from which tab, and how many."""
    check_may(by, "workflows.work_queue")
    audit.record("export_queue", by=by, tab=tab, rows=rows)


def _taken_by(key: str, by: User) -> Case | None:
    if not key:
        return None
    return Case.objects.filter(claim_key=key, owner=by).select_related("vendor").first()
