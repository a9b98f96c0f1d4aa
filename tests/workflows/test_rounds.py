"""Whoever looks at a firm sees each time it went round the road, and who referred it then."""

from __future__ import annotations

import pytest
from django.test import Client

from onboarding import roles
from tests.factories import make_user, refer, values
from workflows import actions
from workflows.rounds import road_of_vendor

pytestmark = pytest.mark.django_db


def test_a_firm_that_was_referred_again_shows_both_times_with_their_offices(
    client: Client,
) -> None:
    officer = make_user(roles.OFFICER)
    facts = values()
    firm = refer(by=make_user(roles.AGENCY), **facts)
    assert road_of_vendor(firm) == {"turns": []}
    actions.withdraw_vendor(firm, reason="Usaha tutup sementara.", by=officer)
    refer(by=make_user(roles.AGENCY, agency="dinkes"), **facts)
    now, before = road_of_vendor(firm.refresh())["turns"]
    assert before.why == "Usaha tutup sementara."
    assert before.offices != now.offices
    assert now.ended_at is None
    client.force_login(officer)
    assert (
        "Usaha tutup sementara." in client.get(f"/usaha/{firm.pk}/?part=history").content.decode()
    )
