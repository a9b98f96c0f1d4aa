"""What a closed session for government users means for the road of their offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

import onboarding.actions
from training.models import Session

if TYPE_CHECKING:
    from onboarding.models import JoiningStep, User


def propose_trained(session: Session, *, by: User) -> list[JoiningStep]:
    """Propose "trained" for every office of which somebody was present."""
    present = session.seats.filter(agency__isnull=False, arrived_at__isnull=False)
    return onboarding.actions.propose_trained(
        set(present.values_list("agency_id", flat=True)),
        taken_on=timezone.localdate(session.starts_at),
        evidence=f"{session.title}, {session.place}",
        by=by,
    )
