"""Every transition has its race, and those that end a firm's waiting are run here in small.

All of them, fifty claimers and both databases are run by ``./mitra faults races``.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bench.racing import covered, pressing
from bench.racing.races import SCENARIOS
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows.models import Round

IN_SMALL = ("approved", "noted", "seat_released")


def test_every_transition_that_is_found_in_the_code_has_a_race() -> None:
    assert covered.without_a_race() == set()
    assert covered.named_for_nothing() == set()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", IN_SMALL)
def test_eight_presses_of_one_form_are_one_act_and_lead_to_one_page(name: str) -> None:
    told = pressing.run(SCENARIOS[name], has_one_form=True)
    assert (told.done, told.answers, told.faults) == (1, {302: 8}, ())
    assert len(told.places) == 1


@pytest.mark.usefixtures("office")
def test_eight_presses_from_eight_tabs_are_one_decision_and_the_others_are_told() -> None:
    told = pressing.run(SCENARIOS["approved"], has_one_form=False)
    assert (told.done, told.answers, told.faults) == (1, {302: 1, 409: 7}, ())


@pytest.mark.django_db
def test_the_database_itself_refuses_one_pair_of_eyes_in_a_round() -> None:
    case = firms.appealed(make.reject(firms.verified()))
    by, now = make.make_user(roles.APPROVER), timezone.now()
    signed = {"verified_at": now, "decided_at": now, "decision": "APPROVED"}
    for one in (*case.rounds.all(), Round(case=case, number=case.round_number + 1)):
        vars(one).update(verified_by_id=by.pk, decided_by_id=by.pk, **signed)
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save()
