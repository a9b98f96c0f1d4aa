"""Pairs are judged once; many are merged only after a sample, or where the law says "the same"."""

from __future__ import annotations

from typing import Any

import pytest

from onboarding.models import FirmPair, Vendor
from tests import factories as make
from tests.workflows.couples import officer, pair
from workflows import actions, tasks
from workflows.actions.pairing import one_by_one
from workflows.errors import Refused, TakenByAnother
from workflows.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
STRONG, SAME = FirmPair.Band.STRONG, FirmPair.Band.SAME


def nobody(_job: int) -> None:
    """The queue that only hints."""


def merge_now() -> None:
    """Do what the worker would do, and only this."""
    tasks.do_job(Job.objects.get(kind=Job.Kind.MERGE_PAIRS).pk)


def pairs(count: int, **said: Any) -> list[FirmPair]:
    return [pair(make.refer(), make.refer(), **said) for _each in range(count)]


def test_a_pair_is_judged_once_and_the_second_person_is_told_who_did() -> None:
    (one,) = pairs(1)
    first = officer()
    actions.say_different(one, reason="Alamat lain", by=first)
    with pytest.raises(TakenByAnother, match=first.full_name):
        actions.say_same(one, by=officer())
    assert not one_by_one().exists()


def test_two_businesses_need_a_reason() -> None:
    (one,) = pairs(1)
    with pytest.raises(Refused, match="Tulis bagaimana"):
        actions.say_different(one, reason="", by=officer())


def test_after_a_sample_that_is_all_the_same_the_rest_is_merged_by_a_typed_count() -> None:
    pairs(13, band=STRONG)
    by = officer()
    sample = actions.draw_sample(by=by, seed=7)
    assert len(sample.pairs) == 10
    with pytest.raises(Refused, match="setiap pasangan dalam contoh"):
        actions.confirm_rest(sample, count=3, by=by, send=nobody)
    for one in FirmPair.objects.filter(pk__in=sample.pairs):
        actions.say_same(one, by=by)
    with pytest.raises(Refused, match="Tersisa 3 pasangan"):
        actions.confirm_rest(sample, count=4, by=by, send=nobody)
    actions.confirm_rest(sample, count=3, by=by, send=nobody)
    with pytest.raises(TakenByAnother):
        actions.confirm_rest(sample, count=3, by=officer(), send=nobody)
    merge_now()
    sample.refresh_from_db()
    assert (sample.merged, sample.left) == (3, 0)
    assert Vendor.objects.standing().count() == 13
    assert Job.objects.get(kind=Job.Kind.MERGE_PAIRS).state == Job.State.DONE


def test_one_different_pair_in_the_sample_sends_the_rest_to_one_by_one() -> None:
    pairs(12, band=STRONG)
    by = officer()
    sample = actions.draw_sample(by=by, seed=7)
    assert not one_by_one().exists()
    drawn = FirmPair.objects.get(pk=sample.pairs[0])
    actions.say_different(drawn, reason="Pemilik lain", by=by)
    sample.refresh_from_db()
    assert sample.stopped_at
    with pytest.raises(TakenByAnother):
        actions.confirm_rest(sample, count=2, by=by, send=nobody)
    assert one_by_one().count() == 11


def test_a_pair_whose_firm_was_merged_elsewhere_does_not_hold_the_sample_up() -> None:
    (one,) = pairs(1, band=STRONG)
    by = officer()
    sample = actions.draw_sample(by=by, seed=7)
    late = pairs(1, band=FirmPair.Band.LOOK)[0]
    elsewhere = pair(one.second, late.first)
    actions.say_same(elsewhere, kept_id=late.first_id, by=by)
    with pytest.raises(Refused, match="Tersisa 0 pasangan"):
        actions.confirm_rest(sample, count=1, by=by, send=nobody)


def test_the_same_seed_draws_the_same_sample() -> None:
    pairs(12, band=STRONG)
    first = actions.draw_sample(by=officer(), seed=3).pairs
    with pytest.raises(TakenByAnother):
        actions.draw_sample(by=officer(), seed=3)
    assert AuditEvent.objects.get(act="draw_sample").detail["seed"] == 3
    assert len(first) == len(set(first)) == 10


def test_pairs_with_an_equal_number_are_merged_by_one_press_and_the_others_left() -> None:
    tied, _free = pairs(2, band=SAME)
    by = make.make_user("officer", phone=tied.first.phone)
    with pytest.raises(Refused, match="Tersisa 2 pasangan"):
        actions.confirm_same(count=5, by=by, send=nobody)
    order = actions.confirm_same(count=2, by=by, send=nobody)
    merge_now()
    order.refresh_from_db()
    assert (order.merged, order.left) == (1, 1)
    assert list(one_by_one()) == [tied]
