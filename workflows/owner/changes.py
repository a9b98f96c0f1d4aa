"""What the owner of an approved business sees of a change: what to send, or that it is checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import Status
from workflows.actions.changing import change_of
from workflows.lifecycle import AFTER_APPROVAL
from workflows.models import CaseKind, Stage
from workflows.owner.road import Road, day
from workflows.owner.turn import Turn, returned

if TYPE_CHECKING:
    from onboarding.models import User, Vendor
    from workflows.models import Case
    from workflows.owner.papers import OwnPapers


def change_of_owner(vendor: Vendor, user: User, papers: OwnPapers, road: Road) -> dict[str, Any]:
    """What the own page adds for an approved business: the turn of an open change instead of the
    usual one, or the way to report one. One query."""
    if vendor.status not in (*AFTER_APPROVAL, Status.SUSPENDED):
        return {}
    case = change_of(vendor) if getattr(vendor, "has_change", True) else None
    is_owner = user.role == roles.VENDOR
    if case is None:
        return {"may_report_change": is_owner and vendor.status in AFTER_APPROVAL}
    may_take_back = is_owner and case.stage == Stage.CORRECT and case.data.get("by_owner", False)
    return {
        "turn": _turn(case, vendor, papers, road),
        "may_take_back_change": may_take_back and case.returns == 0,
    }


def _turn(case: Case, vendor: Vendor, papers: OwnPapers, road: Road) -> Turn:
    stays = _("Your business stays “%(status)s” meanwhile.") % {
        "status": vendor.get_status_display()
    }
    if case.stage == Stage.CORRECT:
        plain = Turn("warn", "camera", "", (stays,))
        expired = case.kind == CaseKind.EXPIRED_PAPER
        title = _("A paper expires: send the new one") if expired else _("Send what changed")
        return replace(returned(vendor, papers, road, plain), title=title)
    text = [_("You have sent everything. You need not do anything now."), stays]
    if case.due_at and case.held_since is None:
        text.append(_("At the latest: %(day)s.") % {"day": day(case.due_at)})
    return Turn("info", "clock", _("What changed is being checked"), tuple(text))
