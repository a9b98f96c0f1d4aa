"""Taking work: the most urgent case that nobody holds goes to whoever asks for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.actions.casework import claim_case
from workflows.errors import Refused
from workflows.models import Case, Stage
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onboarding.models import User

TRIED = 25
STAGES_OF_ACT = {
    "workflows.verify_case": (Stage.VERIFY,),
    "workflows.hand_over_case": (Stage.HAND_OVER,),
    "workflows.decide_case": (Stage.DECIDE,),
}


def take_next_case(*, by: User, stages: Sequence[str] = ()) -> Case | None:
    """Claim the case that is due first among those that this person may act on; None when there
    is none. A case that a colleague takes at the same moment is passed over."""
    check_may(by, "workflows.work_queue")
    own = [stage for act, those in STAGES_OF_ACT.items() if by.may(act) for stage in those]
    wanted = [stage for stage in own if stage in stages] if stages else own
    waiting = (
        Case.objects.visible_to(by)
        .is_open()
        .filter(stage__in=wanted, owner__isnull=True)
        .select_related("vendor")
        .order_by("due_at", "pk")
    )
    for case in waiting[:TRIED]:
        try:
            return claim_case(case, by=by)
        except Refused:
            continue
    return None
