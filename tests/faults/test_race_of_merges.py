"""Two people judge one pair, or undo one merge, in the same instant: it happens once."""

import pytest

from onboarding.models import Vendor
from tests import factories as make
from tests.faults.test_races import all_at_once, won
from tests.workflows.couples import officer, pair
from workflows import actions
from workflows.errors import TakenByAnother
from workflows.models import Merge

pytestmark = pytest.mark.usefixtures("office")


def test_a_pair_is_merged_once_and_a_merge_undone_once_whoever_presses() -> None:
    one = pair(make.refer(), make.refer())
    people = [officer() for _each in range(4)]
    results = all_at_once([lambda by=by: actions.say_same(one, by=by) for by in people])
    assert won(results, TakenByAnother) == 1
    merge = Merge.objects.get()

    def undo(by: object) -> Merge:
        return actions.unmerge_firms(merge, reason="Keliru", are_two=False, by=by)

    results = all_at_once([lambda by=by: undo(by) for by in people])
    assert won(results, TakenByAnother) == 1
    assert Vendor.objects.standing().count() == 2
