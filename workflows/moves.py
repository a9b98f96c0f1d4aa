"""Acts on a firm that need nothing but a reason: one map that the page and the door share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from workflows import actions, lifecycle

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import User, Vendor


@dataclass(frozen=True)
class Move:
    """One act: who may (``act``), when (``verb`` of the lifecycle), and what is said about it."""

    slug: str
    act: str
    verb: str
    do: Callable[..., Any]
    label: Any
    explanation: Any
    done: Any
    is_grave: bool = False


ALL = (
    Move(
        "find_eligible",
        "workflows.override_screening",
        "find_eligible",
        actions.override_screening,
        _("Find eligible against the rules"),
        _("The reason stays on record and is shown to the auditor."),
        _("Found eligible, with your reason on record."),
    ),
    Move(
        "waive_guidance",
        "workflows.waive_guidance",
        "guide",
        actions.waive_guidance,
        _("Count as guided without a session"),
        _("For a business that was trained elsewhere. Write where and when."),
        _("Counted as guided, with your reason on record."),
    ),
    Move(
        "unguide",
        "workflows.unguide_vendor",
        "unguide",
        actions.unguide_vendor,
        _("Take guidance back"),
        _("The business goes back to the list of those to be invited."),
        _("Guidance was taken back."),
    ),
    Move(
        "appeal",
        "workflows.appeal_for_owner",
        "appeal",
        actions.appeal_case,
        _("Record the owner’s objection"),
        _("Once, within the time. Another officer and another approver look at it."),
        _("The objection is recorded; the case waits to be checked again."),
    ),
    Move(
        "suspend",
        "workflows.suspend_vendor",
        "suspend",
        actions.suspend_vendor,
        _("Suspend"),
        _("The owner is told. Another approver can reinstate."),
        _("Suspended."),
        is_grave=True,
    ),
    Move(
        "reinstate",
        "workflows.reinstate_vendor",
        "reinstate",
        actions.reinstate_vendor,
        _("Reinstate"),
        _("The business goes back to where it was. Not by the one who suspended it."),
        _("Reinstated."),
    ),
    Move(
        "withdraw",
        "workflows.withdraw_vendor",
        "withdraw",
        actions.withdraw_vendor,
        _("Record that the business leaves the programme"),
        _("Only on the owner’s word. Write how you were told. Open work on it ends."),
        _("Recorded: the business has left the programme."),
        is_grave=True,
    ),
)

BY_SLUG = {move.slug: move for move in ALL}


def moves_for(user: User, vendor: Vendor) -> list[Move]:
    """Return the acts that this person may take on this firm as it is now."""
    return [m for m in ALL if user.may(m.act) and lifecycle.can(vendor, m.verb)]
