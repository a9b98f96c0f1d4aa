"""Screening: the rules judge, the lifecycle moves, an officer may overrule with a reason."""

import pytest

from onboarding import roles
from onboarding.actions import confirm_contact, correct_vendor
from onboarding.models import Screening, Status, User
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import ConflictOfInterest, MoveNotAllowed, NotAllowed

pytestmark = pytest.mark.django_db


def test_a_named_firm_is_judged_at_once_and_the_verdict_is_kept() -> None:
    vendor = make.refer()
    screening = Screening.objects.get(vendor=vendor)
    assert (vendor.status, screening.is_eligible) == (Status.ELIGIBLE, True)
    event = vendor.events.get(act="find_eligible")
    assert event.detail["rules_version"] == screening.rules_version


def test_a_firm_that_fails_a_rule_is_told_which() -> None:
    vendor = make.refer(nib="")
    event = vendor.events.get(act="find_ineligible")
    assert vendor.status == Status.INELIGIBLE
    assert event.detail["reasons"]


def test_a_firm_whose_facts_were_corrected_is_judged_again() -> None:
    vendor, officer = make.refer(nib=""), make.make_user(roles.OFFICER)
    correct_vendor(vendor, changes={"nib": "0099000000017"}, reason="Dari OSS", by=officer)
    assert firms.status_of(vendor) == Status.ELIGIBLE
    assert Screening.objects.filter(vendor=vendor).count() == 2


def test_judging_again_without_a_change_moves_nobody() -> None:
    vendor = make.refer()
    counts = actions.screen_vendors([vendor.pk, vendor.pk], by=User.objects.system())
    assert counts["eligible"] == counts["ineligible"] == 0
    assert firms.acts_on(vendor).count("find_eligible") == 1


@pytest.mark.parametrize("point", ["guided", "active", "suspended"])
def test_a_firm_further_along_the_road_is_not_judged_any_more(point: str) -> None:
    vendor = getattr(firms, point)()
    before = Screening.objects.filter(vendor=vendor).count()
    actions.screen_vendors([vendor.pk], by=User.objects.system())
    assert firms.status_of(vendor) == vendor.refresh().status
    assert Screening.objects.filter(vendor=vendor).count() == before


def test_an_officer_overrules_the_rules_with_a_reason_on_record() -> None:
    vendor, officer = make.refer(nib=""), make.make_user(roles.OFFICER)
    vendor = actions.override_screening(vendor, reason="NIB sedang terbit", by=officer)
    event = vendor.events.get(act="find_eligible")
    assert (vendor.status, event.reason, event.by) == (
        Status.ELIGIBLE,
        "NIB sedang terbit",
        officer,
    )
    assert event.detail["overruled"] is True


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AGENCY, roles.VENDOR, roles.ADMIN])
def test_only_officers_overrule(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.override_screening(make.refer(nib=""), reason="-", by=make.make_user(role))


def test_an_officer_does_not_overrule_for_the_own_firm() -> None:
    vendor, officer = make.refer(nib=""), make.make_user(roles.OFFICER)
    confirm_contact(vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.override_screening(vendor, reason="-", by=officer)


def test_a_firm_that_is_eligible_already_needs_no_overruling() -> None:
    with pytest.raises(MoveNotAllowed):
        actions.override_screening(make.refer(), reason="-", by=make.make_user(roles.OFFICER))
