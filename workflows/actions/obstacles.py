"""What stands in the way of merging two firms or of parting them, with what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onboarding.models import Status, Vendor
from workflows.errors import MoveNotAllowed, Refused, SamePerson, TakenByAnother
from workflows.models import Case, Listing, Merge, Stage
from workflows.steps import check_in_hand
from workflows.twins import PLACE

if TYPE_CHECKING:
    from onboarding.models import User

ON_A_PLATFORM = (Status.REGISTERED, Status.ACTIVE, Status.SUSPENDED)


def check_may_be_merged(kept: Vendor, merged: Vendor, *, by: User) -> None:
    """Both stand, the one further along is kept, no case or listing is lost. Raises ``Refused``."""
    for firm in (kept, merged):
        if firm.merged_into is not None:
            raise TakenByAnother(
                _("%(name)s was merged into %(other)s meanwhile.")
                % {"name": firm.number, "other": firm.merged_into.number}
            )
    if PLACE[merged.status] > PLACE[kept.status]:
        raise MoveNotAllowed(
            _("%(name)s is further along the road, so it is the one that is kept.")
            % {"name": merged.number}
        )
    _check_cases(kept, merged, by)
    _check_listings(kept, merged)


def _check_cases(kept: Vendor, merged: Vendor, by: User) -> None:
    both = Case.objects.filter(vendor__in=(kept, merged)).is_open()
    cases = {case.vendor_id: case for case in both}
    if merged.pk in cases:
        raise MoveNotAllowed(
            _(
                "%(name)s has an open case. Bring it to its end first, or record that the business "
                "withdraws this application."
            )
            % {"name": merged.number}
        )
    if kept.pk not in cases:
        return
    if cases[kept.pk].stage == Stage.DECIDE:
        raise MoveNotAllowed(
            _("The approver is deciding on %(name)s. Merge them after the decision.")
            % {"name": kept.number}
        )
    check_in_hand(cases[kept.pk], by)


def _check_listings(kept: Vendor, merged: Vendor) -> None:
    live = Listing.objects.filter(
        vendor__in=(kept, merged), vendor__status__in=ON_A_PLATFORM
    ).exclude(state=Listing.State.OFF_SALE)
    if live.values("vendor").distinct().count() > 1:
        raise MoveNotAllowed(
            _(
                "Both are on a platform. Have the operator close one of the two shops and record "
                "that it was taken off sale, or that this business leaves."
            )
        )


def check_may_be_parted(merge: Merge, kept: Vendor, *, by: User) -> None:
    """Once, in order, by another pair of eyes when the firm has gone on. Raises ``Refused``."""
    if merge.undone_at is not None:
        raise TakenByAnother(
            _("%(name)s has already undone this merge.") % {"name": merge.undone_by or ""}
        )
    if kept.merged_into is not None:
        raise MoveNotAllowed(
            _("%(name)s was merged into %(other)s later. Undo that merge first.")
            % {"name": kept.number, "other": kept.merged_into.number}
        )
    later = Merge.objects.standing().filter(kept=kept, pk__gt=merge.pk).select_related("merged")
    if last := later.first():
        raise MoveNotAllowed(
            _("%(name)s took in %(other)s later. Undo that merge first.")
            % {"name": kept.number, "other": last.merged.number}
        )
    if merge.merged_by_id == by.pk and kept.status_at > merge.merged_at:
        raise SamePerson(
            _("The business has moved on since you merged it, so a colleague has to undo it.")
        )
    _check_nib_is_free(merge, kept)


def _check_nib_is_free(merge: Merge, kept: Vendor) -> None:
    before = {entry["set"]["nib"][0] for entry in merge.values if "nib" in entry["set"]}
    nibs = {kept.nib, merge.merged.nib, *before}
    others = Vendor.objects.standing().filter(nib__in=nibs - {""})
    other = others.exclude(pk__in=(kept.pk, merge.merged_id)).first()
    if other is not None:
        raise Refused(
            _("The NIB now belongs to %(name)s. Correct that first.") % {"name": other.number}
        )
