"""Two firms were one: merged with every nomination, seat and paper of both, and un-merged exactly.

The rooms say which of their rows change hands; the ledger writes and remembers. No status moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
import onboarding.actions
import training.actions
from onboarding.models import FirmPair, Status, Vendor
from training.models import SEATED, Session
from workflows import audit, lifecycle
from workflows.actions.obstacles import check_may_be_merged, check_may_be_parted
from workflows.actions.papers import submit_if_complete
from workflows.actions.screening import CHUNK, screen_vendors
from workflows.errors import Refused
from workflows.ledger import Ledger
from workflows.models import (
    AccessLink,
    Assistance,
    Case,
    Conflict,
    Consent,
    FactCorrection,
    Letter,
    Listing,
    Merge,
    Message,
    Ticket,
)
from workflows.rights import check_may, check_no_kinship
from workflows.twins import BY_KEY, differing, proposals, stays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onboarding.models import User
    from workflows.twins import Fact

JUDGED_BY_RULES = (Status.REFERRED, Status.INELIGIBLE, Status.ELIGIBLE)


@transaction.atomic
def merge_firms(
    *,
    kept: Vendor,
    merged: Vendor,
    winners: Mapping[str, int] | None = None,
    pair: FirmPair | None = None,
    reason: str = "",
    by: User,
) -> Merge:
    """Take one firm into another. ``winners`` names, for each differing fact, the firm whose word
    holds (see ``twins.FACTS``); where it is silent, the proposal holds.

    Raises ``Refused`` with what to do first: two open cases, two listings, the wrong one kept.
    """
    check_may(by, "workflows.merge_firms")
    check_no_kinship(by, kept, merged)
    kept, merged = _locked(kept, merged)
    check_may_be_merged(kept, merged, by=by)
    chosen = _chosen(kept, merged, winners or {})
    values, moved = Ledger(), Ledger()
    Vendor.objects.filter(pk=merged.pk).update(merged_into=kept)  # a NIB is free before it is taken
    for fact in chosen:
        values.change(kept, **{column: getattr(merged, column) for column in fact.columns})
    values.change(kept, **_carried(kept, merged))
    in_force = _move_everything(merged.pk, kept.pk, moved)
    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        pair=pair,
        values=values.entries,
        moved=moved.entries,
        in_force=in_force,
        reason=reason,
        merged_by=by,
    )
    detail: dict[str, Any] = {"merge": merge.pk, "fields": [fact.key for fact in chosen]}
    if pair is not None:
        detail["pair"] = pair.pk
    audit.record("take_in_firm", by=by, vendor=kept, reason=reason, firm=merged.pk, **detail)
    audit.record("merge_firm", by=by, vendor=merged, reason=reason, firm=kept.pk, **detail)
    return merge


@transaction.atomic
def unmerge_firms(merge: Merge, *, reason: str, are_two: bool, by: User) -> Merge:
    """Undo a merge exactly: what was moved goes back, what came later stays with the firm kept.

    Facts that a person changed since are left as they are and listed in ``merge.left``. With
    ``are_two`` the pair is remembered as two businesses; otherwise it is asked about again.
    """
    check_may(by, "workflows.unmerge_firms")
    check_no_kinship(by, merge.kept_id, merge.merged_id)
    if not reason.strip():
        raise Refused(_("Write why the two are parted again."))
    merge = Merge.objects.select_for_update(of=("self",)).select_related("pair").get(pk=merge.pk)
    kept, merged = _locked(merge.kept, merge.merged)
    check_may_be_parted(merge, kept, by=by)
    left = Ledger(merge.values).undo() + Ledger(merge.moved).undo()
    in_force = {int(pk): state for pk, state in merge.in_force.items()}
    documents.actions.restore_in_force(merged.pk, in_force)
    _check_nibs_differ(kept.refresh(), merged)
    Vendor.objects.filter(pk=merged.pk).update(merged_into=None)
    merge.undone_at, merge.undone_by, merge.undo_reason = timezone.now(), by, reason
    merge.left = left
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason", "left"])
    audit.record("part_firm", by=by, vendor=kept, reason=reason, firm=merged.pk, merge=merge.pk)
    audit.record("part_firm", by=by, vendor=merged, reason=reason, firm=kept.pk, merge=merge.pk)
    if merge.pair:
        said = FirmPair.Verdict.DIFFERENT if are_two else FirmPair.Verdict.OPEN
        onboarding.actions.judge_pair(merge.pair, verdict=said, note=reason, by=by)
    _free_from_a_session_gone_by(merged.refresh(), by=by)
    if _has_gone_on(kept, merge):
        settle_firm(kept.refresh(), by=by)  # with facts that are not its own any more
    return merge


@transaction.atomic
def settle_firm(vendor: Vendor, *, by: User) -> Vendor:
    """The rules judge a firm again that has other facts and papers than before."""
    judge_waiting([vendor.pk], by=by)
    return submit_if_complete(vendor, by=by)


def judge_waiting(vendor_ids: Iterable[int], *, by: User) -> None:
    """The rules judge again those that wait for them; nobody who had ended is named again."""
    ids = list(vendor_ids)
    for at in range(0, len(ids), CHUNK):  # a database takes only so many values in one question
        waiting = Vendor.objects.standing().filter(
            pk__in=ids[at : at + CHUNK], status__in=JUDGED_BY_RULES
        )
        screen_vendors(waiting.values_list("pk", flat=True), by=by)


def _locked(kept: Vendor, merged: Vendor) -> tuple[Vendor, Vendor]:
    if kept.pk == merged.pk:
        raise Refused(_("This is one and the same record."))
    held = {
        firm.pk: firm
        for firm in Vendor.objects.select_for_update()
        .filter(pk__in=(kept.pk, merged.pk))
        .order_by("pk")
    }
    return held[kept.pk], held[merged.pk]


def _chosen(kept: Vendor, merged: Vendor, winners: Mapping[str, int]) -> list[Fact]:
    """The facts for which the merged firm's word holds from now on."""
    wanted = {**proposals(kept, merged), **winners}
    facts = [fact for fact in differing(kept, merged) if wanted[fact.key] == merged.pk]
    fixed = [str(BY_KEY[fact.key].label) for fact in facts if stays(kept, fact)]
    if fixed:
        raise Refused(
            _("%(name)s was verified with what stands there (%(fields)s). Correct it on its page.")
            % {"name": kept.name, "fields": ", ".join(fixed)}
        )
    return facts


def _carried(kept: Vendor, merged: Vendor) -> dict[str, Any]:
    """A merge shakes nothing off: what speaks against either firm speaks against both."""
    blacklisted = [firm.blacklisted_on for firm in (kept, merged) if firm.blacklisted_on]
    rejected = [firm.rejected_on for firm in (kept, merged) if firm.rejected_on]
    return {
        "blacklisted_on": min(blacklisted, default=None),
        "rejected_on": max(rejected, default=None),
        "asn_owner": kept.asn_owner or merged.asn_owner,
        "no_shows": max(kept.no_shows, merged.no_shows),
    }


def _move_everything(from_id: int, to_id: int, ledger: Ledger) -> dict[int, str]:
    onboarding.actions.move_nominations(from_id=from_id, to_id=to_id, ledger=ledger)
    onboarding.actions.move_memberships(from_id=from_id, to_id=to_id, ledger=ledger)
    onboarding.actions.move_pairs(from_id=from_id, to_id=to_id, ledger=ledger)
    training.actions.move_seats(from_id=from_id, to_id=to_id, ledger=ledger)
    in_force = documents.actions.move_papers(from_id=from_id, to_id=to_id, ledger=ledger)
    taken = Listing.objects.filter(vendor=to_id).values("platform")
    declared = Conflict.objects.filter(vendor=to_id, ended_at__isnull=True).values("user")
    asked = FactCorrection.objects.filter(vendor=to_id, state="OPEN").values("fact")
    agreed = Consent.objects.filter(vendor=to_id, withdrawn_at__isnull=True).values("purpose")
    for rows in (
        Case.objects.filter(vendor=from_id),
        Listing.objects.filter(vendor=from_id).exclude(platform__in=taken),
        Letter.objects.filter(vendor=from_id),
        Message.objects.filter(vendor=from_id),
        Assistance.objects.filter(vendor=from_id),
        Ticket.objects.filter(vendor=from_id),
        Conflict.objects.filter(vendor=from_id).exclude(user__in=declared),
        Consent.objects.filter(vendor=from_id).exclude(purpose__in=agreed),
        FactCorrection.objects.filter(vendor=from_id).exclude(state="OPEN", fact__in=asked),
    ):
        ledger.give(rows, "vendor_id", to_id)
    _move_links(from_id, to_id, ledger)
    return in_force


def _move_links(from_id: int, to_id: int, ledger: Ledger) -> None:
    """A link for one owner's phone must never open another's account: unused ones are closed."""
    now = timezone.now()
    unused = AccessLink.objects.filter(
        vendor__in=(from_id, to_id),
        purpose=AccessLink.Purpose.SIGN_IN,
        used_at__isnull=True,
        revoked_at__isnull=True,
    )
    for link in unused.order_by("pk"):
        ledger.change(link, revoked_at=now)
    ledger.give(AccessLink.objects.filter(vendor=from_id), "vendor_id", to_id)


def _has_gone_on(kept: Vendor, merge: Merge) -> bool:
    judged = kept.screenings.filter(judged_at__gt=merge.merged_at)
    return kept.status_at > merge.merged_at or judged.exists()


def _check_nibs_differ(kept: Vendor, merged: Vendor) -> None:
    if kept.nib and kept.nib == merged.nib:
        raise Refused(
            _("Both would have the same NIB. Correct the one of %(name)s first.")
            % {"name": kept.number}
        )


def _free_from_a_session_gone_by(vendor: Vendor, *, by: User) -> None:
    """Its seat was counted for the other firm meanwhile, so nothing would release it any more."""
    held = vendor.seats.filter(state__in=SEATED, session__state=Session.State.PLANNED)
    if vendor.status == Status.INVITED and not held.exists():
        lifecycle.move(vendor, "release", by=by)
