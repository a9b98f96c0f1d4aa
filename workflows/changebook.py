"""The part of a vendor's page about changes: the open one, what may be asked, what expires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.models import Paper
from workflows.actions.changing import kinds_for
from workflows.forms.changing import ChangeForm, ValidityForm
from workflows.forms.desk import ReasonForm
from workflows.lifecycle import AFTER_APPROVAL
from workflows.models import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import Form

    from onboarding.models import User, Vendor
    from workflows.models import Case


def changes_of_firm(
    user: User,
    vendor: Vendor,
    *,
    cases: Iterable[Case],
    papers: Iterable[Paper],
    bound: Mapping[str, Form],
) -> dict[str, Any]:
    """Lay the part out from what the page has loaded; ``bound`` are forms that came back.

    One query for a firm without an open case, none for another.
    """
    case = next((one for one in cases if one.stage != Stage.CLOSED), None)
    change = case if case and case.is_change else None
    if vendor.status not in AFTER_APPROVAL and change is None:
        return {}
    in_force = [paper for paper in papers if paper.state != Paper.State.REPLACED]
    today = timezone.localdate()
    parts: dict[str, Any] = {
        "change": change,
        "validities": [(one, one.valid_until < today) for one in in_force if one.valid_until],
    }
    if not user.may("workflows.note_validity"):
        return parts
    parts["validity_form"] = bound.get("validity") or ValidityForm(
        prefix="validity", papers=in_force
    )
    if change and change.stage == Stage.CORRECT:
        parts["drop_form"] = bound.get("drop") or ReasonForm(prefix="drop")
    if case is None:
        parts["change_form"] = bound.get("change") or ChangeForm(
            prefix="change", kinds=kinds_for(vendor)
        )
    return parts
