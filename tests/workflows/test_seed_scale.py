"""A programme of any size is written so that the desk can work in it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.identifiers import fold_name
from onboarding.models import Vendor
from tests import factories as make
from workflows import actions
from workflows.models import Case

pytestmark = pytest.mark.django_db


def test_an_officer_takes_a_seeded_case_and_opens_it(client: Client) -> None:
    call_command("seed_scale", vendors=400, verbosity=0)
    assert Vendor.objects.count() == 400
    assert all(firm.folded_name == fold_name(firm.name) for firm in Vendor.objects.all()[:50])
    officer = make.make_user(roles.OFFICER)
    case = actions.take_next_case(by=officer)
    assert case is not None
    client.force_login(officer)
    assert client.get(reverse("workflows:review_case", args=[case.pk])).status_code == 200
    stages = dict(Case.objects.values_list("vendor__status", "stage").distinct())
    assert stages["RETURNED"] == "CORRECT"
    assert stages["ACTIVE"] == "CLOSED"
    make.refer(nib="")  # keys go on where the rows end


def test_it_is_not_mixed_with_real_firms() -> None:
    make.refer(owner_name="Sulastri Handayani")
    with pytest.raises(CommandError):
        call_command("seed_scale", vendors=10)
