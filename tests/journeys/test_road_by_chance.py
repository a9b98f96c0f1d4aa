"""The road walked by chance, a short way; at length it is walked by ``./mitra faults road``."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys import road_machine

pytestmark = pytest.mark.django_db


def test_no_order_of_acts_by_anybody_leads_to_an_illegal_state() -> None:
    road_machine.people()
    run_state_machine_as_test(
        road_machine.Road,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert road_machine.DONE["approve"], "nobody came as far as a decision"
