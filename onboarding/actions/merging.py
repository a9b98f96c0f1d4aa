"""Two firms were one: every office keeps its credit, every owner sees the firm, no verdict on a
pair is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import NotAllowed, Refused
from onboarding.models import BlacklistVerdict, FirmPair, Membership, Referral, SheetRow, Vendor

if TYPE_CHECKING:
    from onboarding.models import User

VERDICT: Final = ("verdict", "decided_at", "decided_by_id", "note")


@transaction.atomic
def move_nominations(*, from_id: int, to_id: int, ledger: Any) -> None:
    """Give one firm's nominations to another, and what was said of it beside the list of sanctions;
    what an office sent stays as received.

    ``ledger`` writes and remembers, so that its ``undo`` is the way back.
    """
    ledger.give(Referral.objects.filter(vendor=from_id), "vendor_id", to_id)
    ledger.give(SheetRow.objects.filter(known_vendor=from_id), "known_vendor_id", to_id)
    judged = BlacklistVerdict.objects.filter(vendor=to_id).values("entry")
    said = BlacklistVerdict.objects.filter(vendor=from_id).exclude(entry__in=judged)
    ledger.give(said, "vendor_id", to_id)


@transaction.atomic
def move_memberships(*, from_id: int, to_id: int, ledger: Any) -> None:
    """Give one firm's owners to another; who is tied to both keeps the proof of either."""
    held = {one.user_id: one for one in Membership.objects.filter(vendor=to_id)}
    theirs = Membership.objects.filter(vendor=from_id)
    ledger.give(theirs.exclude(user__in=held), "vendor_id", to_id)
    for one in theirs.filter(user__in=held, proved_at__isnull=False):
        mine = held[one.user_id]
        if mine.proved_at is None:
            ledger.change(mine, proved_at=one.proved_at, proved_by_id=one.proved_by_id)


@transaction.atomic
def move_pairs(*, from_id: int, to_id: int, ledger: Any) -> None:
    """What is still to be asked of one firm, and what was found different from it, holds for the
    firm that took it in."""
    for pair in _pairs_of(from_id):
        other = pair.second_id if pair.first_id == from_id else pair.first_id
        if other == to_id or not Vendor.objects.standing().filter(pk=other).exists():
            continue
        first, second = sorted((to_id, other))
        known = FirmPair.objects.filter(first=first, second=second).first()
        if known is None:
            said = {column: getattr(pair, column) for column in VERDICT}
            found = {"band": pair.band, "score": pair.score, "reasons": pair.reasons}
            one = FirmPair(first_id=first, second_id=second, found_at=pair.found_at, **found)
            for column, value in said.items():
                setattr(one, column, value)
            ledger.make(one, "verdict")
        elif known.verdict == FirmPair.Verdict.OPEN != pair.verdict:
            ledger.change(known, **{column: getattr(pair, column) for column in VERDICT})


def _pairs_of(vendor_id: int) -> list[FirmPair]:
    pairs = FirmPair.objects.filter(first=vendor_id) | FirmPair.objects.filter(second=vendor_id)
    return list(pairs.exclude(verdict=FirmPair.Verdict.SAME).order_by("pk"))


@transaction.atomic
def lock_pair(pair_id: int) -> FirmPair:
    """Hold a pair that nobody has judged. Raises ``Refused`` with who did, when somebody did."""
    pair = (
        FirmPair.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .get(pk=pair_id)
    )
    if pair.verdict != FirmPair.Verdict.OPEN:
        raise Refused(
            _("%(name)s has already said: “%(verdict)s”.")
            % {"name": pair.decided_by or "", "verdict": pair.get_verdict_display()}
        )
    return pair


@transaction.atomic
def judge_pair(pair: FirmPair, *, verdict: str, note: str = "", by: User) -> FirmPair:
    """Remember what a person said of two firms, so that nobody is asked again; ``open`` asks anew.

    The desk holds the pair (``lock_pair``) and has merged the firms, where they are the same.
    """
    if not by.may("onboarding.judge_pairs"):
        raise NotAllowed(_("Your role cannot do this."))
    is_open = verdict == FirmPair.Verdict.OPEN
    pair.verdict, pair.note = verdict, note[:250]
    pair.decided_at, pair.decided_by = (None, None) if is_open else (timezone.now(), by)
    pair.save(update_fields=["verdict", "note", "decided_at", "decided_by"])
    events.pair_judged.send(sender=FirmPair, pair=pair, by=by)
    return pair
