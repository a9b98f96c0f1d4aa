"""The desk of pairs: one pair judged by one person, and a whole band after a sample of it.

A merge that is pressed for many is still one merge each, under the same law and the same kinship.
"""

from __future__ import annotations

import contextlib
import random
import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

import onboarding.actions
from onboarding.errors import Refused as RefusedByRoom
from onboarding.models import FirmPair
from workflows import audit, jobs
from workflows.actions.merging import merge_firms, settle_firm
from workflows.actions.obstacles import check_may_be_merged
from workflows.errors import Refused, TakenByAnother
from workflows.models import Job, PairSample
from workflows.rights import check_may, check_no_kinship
from workflows.twins import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import F, QuerySet

    from onboarding.models import User
    from workflows.models import Merge

SAMPLE = 10
SAME, STRONG = FirmPair.Band.SAME, FirmPair.Band.STRONG
DIFFERENT = FirmPair.Verdict.DIFFERENT


@transaction.atomic
def say_same(
    pair: FirmPair,
    *,
    kept_id: int | None = None,
    winners: Mapping[str, int] | None = None,
    by: User,
) -> Merge:
    """Two records are one business: merge them, and never ask again.

    Raises ``Refused`` when somebody has judged the pair, or when the law says what to do first.
    """
    check_may(by, "workflows.merge_firms")
    pair = _held(pair)
    kept, merged = in_order(pair.first, pair.second)
    if kept_id == merged.pk:
        kept, merged = merged, kept
    merge = merge_firms(kept=kept, merged=merged, winners=winners, pair=pair, by=by)
    onboarding.actions.judge_pair(pair, verdict=FirmPair.Verdict.SAME, by=by)
    settle_firm(kept.refresh(), by=by)
    return merge


@transaction.atomic
def say_different(pair: FirmPair, *, reason: str, by: User) -> FirmPair:
    """Two businesses, with a reason; a sample that the pair was drawn for stops."""
    check_may(by, "workflows.merge_firms")
    check_no_kinship(by, pair.first_id, pair.second_id)
    if not reason.strip():
        raise Refused(_("Write how you know that these are two businesses."))
    pair = onboarding.actions.judge_pair(_held(pair), verdict=DIFFERENT, note=reason, by=by)
    for sample in open_samples().filter(confirmed_at__isnull=True):
        if pair.pk in sample.pairs:
            PairSample.objects.filter(pk=sample.pk).update(stopped_at=timezone.now())
            audit.record("stop_sample", by=by, sample=sample.pk, pair=pair.pk)
    return pair


@transaction.atomic
def draw_sample(*, by: User, seed: int | None = None) -> PairSample:
    """Draw the pairs of the strong band that are judged one by one before the rest is merged.

    Drawn are pairs that could be merged now; the seed is kept, so that the draw can be repeated.
    """
    check_may(by, "workflows.merge_firms")
    waiting = waiting_in(STRONG)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Refused(_("No pair of this kind waits."))
    if open_samples().filter(band=STRONG).exists():
        raise TakenByAnother(_("A sample was already drawn. Judge its pairs first."))
    seed = secrets.randbelow(2**31) if seed is None else seed
    order = random.Random(seed).sample(ids, len(ids))  # noqa: S311 - repeatable, not secret
    drawn = _mergeable(order, by)
    sample = PairSample.objects.create(
        band=STRONG,
        seed=seed,
        pairs=drawn,
        until_pair=ids[-1],
        drawn_by=by,
        stopped_at=None if drawn else timezone.now(),  # nothing to judge: all go one by one
    )
    audit.record("draw_sample", by=by, sample=sample.pk, seed=seed, pairs=sample.pairs)
    return sample


@transaction.atomic
def confirm_rest(
    sample: PairSample, *, count: int, by: User, send: Callable[[int], None]
) -> PairSample:
    """Order the rest of a sample's band to be merged; ``count`` is what the person typed.

    Raises ``Refused`` while the sample is not all "the same", or when the count is another.
    ``send`` hints the queue after commit, as in ``jobs.order``.
    """
    check_may(by, "workflows.merge_firms")
    sample = PairSample.objects.select_for_update().get(pk=sample.pk)
    if sample.confirmed_at or sample.stopped_at:
        raise TakenByAnother(_("This sample is already decided. Look at the page again."))
    if FirmPair.objects.waiting().filter(pk__in=sample.pairs).exists():
        raise Refused(_("Judge every pair of the sample first."))
    rest = rest_of(sample).count()
    if count != rest:
        raise Refused(
            _("There are %(rest)d pairs left, not %(count)d. Look at the list again.")
            % {"rest": rest, "count": count}
        )
    sample.confirmed_at, sample.confirmed_by = timezone.now(), by
    sample.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record("merge_rest", by=by, sample=sample.pk, pairs=rest)
    jobs.order(Job.Kind.MERGE_PAIRS, sample.pk, send=send)
    return sample


@transaction.atomic
def confirm_same(*, count: int, by: User, send: Callable[[int], None]) -> PairSample:
    """Order the pairs with an equal NIB or company NPWP to be merged: the law needs no sample."""
    check_may(by, "workflows.merge_firms")
    last = waiting_in(SAME).order_by("-pk").first()
    if last is None:
        raise Refused(_("No pair of this kind waits."))
    if open_samples().filter(band=SAME).exists():
        raise TakenByAnother(_("A colleague has just pressed this. The merging is under way."))
    order = PairSample.objects.create(band=SAME, seed=0, until_pair=last.pk, drawn_by=by)
    return confirm_rest(order, count=count, by=by, send=send)


def merge_rest(sample_id: int, *, by: User, beat: Callable[[], None]) -> dict[str, int]:
    """Merge what a person confirmed, pair by pair in that person's name; the machine only works.

    What the law or kinship refuses is left, and looked at one by one. Killed, it goes on.
    """
    del by
    sample = PairSample.objects.select_related("confirmed_by").get(pk=sample_id)
    person = sample.confirmed_by
    if person is None or sample.finished_at:
        return {"merged": sample.merged, "left": sample.left}
    for pair in list(rest_of(sample).order_by("pk")):
        _merge_one(pair, sample, person, beat)
    return _finish(sample, person, beat)


def give_up_merging(sample_id: int, *, by: User) -> None:
    """No worker could merge the rest: what is left is looked at one by one."""
    _finish(PairSample.objects.get(pk=sample_id), by, lambda: None)


@transaction.atomic
def _finish(sample: PairSample, by: User, beat: Callable[[], None]) -> dict[str, int]:
    beat()
    counts: dict[str, Any] = {
        "merged": PairSample.objects.values_list("merged", flat=True).get(pk=sample.pk),
        "left": rest_of(sample).count(),
    }
    PairSample.objects.filter(pk=sample.pk).update(finished_at=timezone.now(), left=counts["left"])
    audit.record("finish_rest", by=by, sample=sample.pk, **counts)
    return counts


def open_samples() -> QuerySet[PairSample]:
    """Samples that are being judged, and orders that are being carried out."""
    return PairSample.objects.filter(stopped_at__isnull=True, finished_at__isnull=True)


def waiting_in(band: str) -> QuerySet[FirmPair]:
    """Pairs of a band that nobody has judged and that no earlier sample has left to be looked at
    one by one."""
    return FirmPair.objects.waiting().filter(band=band, pk__gt=_looked_at_until(band))


def one_by_one() -> QuerySet[FirmPair]:
    """Pairs that are looked at side by side: those to look at, and what a sample has left."""
    mine = Q(band=FirmPair.Band.LOOK)
    for band in (SAME, STRONG):
        mine |= Q(band=band, pk__lte=_looked_at_until(band))
    return FirmPair.objects.waiting().filter(mine)


def _looked_at_until(band: str) -> int:
    ended = PairSample.objects.filter(band=band).exclude(pk__in=open_samples())
    last = ended.order_by("-until_pair").values_list("until_pair", flat=True).first()
    return last or 0


def rest_of(sample: PairSample) -> QuerySet[FirmPair]:
    """The pairs that a sample speaks for."""
    return waiting_in(sample.band).filter(pk__lte=sample.until_pair)


def _merge_one(pair: FirmPair, sample: PairSample, person: User, beat: Callable[[], None]) -> None:
    with contextlib.suppress(Refused, RefusedByRoom), transaction.atomic():
        beat()
        say_same(pair, by=person)
        PairSample.objects.filter(pk=sample.pk).update(merged=F("merged") + 1)


def _mergeable(order: list[int], by: User) -> list[int]:
    """The first pairs of the order that the law would let this person merge."""
    chosen: list[int] = []
    for pk in order:
        pair = FirmPair.objects.select_related("first", "second").get(pk=pk)
        try:
            check_no_kinship(by, pair.first, pair.second)
            check_may_be_merged(*in_order(pair.first, pair.second), by=by)
        except Refused:
            continue
        chosen.append(pk)
        if len(chosen) == SAMPLE:
            break
    return sorted(chosen)


def _held(pair: FirmPair) -> FirmPair:
    try:
        return onboarding.actions.lock_pair(pair.pk)
    except RefusedByRoom as refusal:
        raise TakenByAnother(refusal.sentence) from None
