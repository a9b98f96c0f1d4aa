"""Who may act on a firm: the role, the sight, no kinship, four eyes."""

import pytest

from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import Membership
from tests import factories as make
from tests.workflows import firms
from workflows import rights
from workflows.errors import ConflictOfInterest, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_a_role_that_holds_the_act_and_sees_the_firm_may() -> None:
    rights.check_may(make.make_user(roles.OFFICER), "workflows.verify_case", firms.eligible())


def test_a_role_that_does_not_hold_the_act_may_not() -> None:
    with pytest.raises(NotAllowed):
        rights.check_may(make.make_user(roles.AUDITOR), "workflows.verify_case", firms.eligible())


def test_somebody_switched_off_may_nothing() -> None:
    officer = make.make_user(roles.OFFICER, is_active=False)
    with pytest.raises(NotAllowed):
        rights.check_may(officer, "workflows.verify_case")


def test_an_act_that_nobody_holds_is_a_typing_error() -> None:
    with pytest.raises(KeyError):
        rights.check_may(make.make_user(roles.OFFICER), "workflows.verfy_case")


def test_an_owner_may_act_on_the_own_firm_only() -> None:
    vendor, other = firms.eligible(), firms.eligible()
    owner = make.owner_of(vendor)
    rights.check_may(owner, "workflows.hand_in_paper", vendor)
    with pytest.raises(NotAllowed):
        rights.check_may(owner, "workflows.hand_in_paper", other)


def test_an_owner_whose_contact_is_not_proved_may_not_act() -> None:
    vendor, owner = firms.eligible(), make.make_user(roles.VENDOR)
    Membership.objects.create(user=owner, vendor=vendor)
    with pytest.raises(NotAllowed):
        rights.check_may(owner, "workflows.hand_in_paper", vendor)


def test_a_stranger_is_no_kin() -> None:
    rights.check_no_kinship(make.make_user(roles.OFFICER), firms.eligible())


def test_two_without_a_phone_are_no_kin() -> None:
    officer = make.make_user(roles.OFFICER, phone=None)
    vendor = firms.eligible()
    vendor.phone = vendor.email = ""
    rights.check_no_kinship(officer, vendor)


def test_a_membership_that_was_never_proved_is_still_a_tie() -> None:
    vendor, officer = firms.eligible(), make.make_user(roles.OFFICER)
    Membership.objects.create(user=officer, vendor=vendor)
    with pytest.raises(ConflictOfInterest):
        rights.check_no_kinship(officer, vendor)


@pytest.mark.parametrize("contact", ["phone", "email"])
def test_the_same_contact_is_a_tie(contact: str) -> None:
    vendor = firms.eligible()
    officer = make.make_user(roles.OFFICER)
    value = getattr(vendor, contact)
    setattr(officer, contact, value.upper())
    with pytest.raises(ConflictOfInterest):
        rights.check_no_kinship(officer, vendor)


def test_an_officer_who_referred_the_firm_may_still_verify_it() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    case.vendor.referrals.update(created_by=officer)
    rights.check_may_verify(officer, case)


def test_kin_may_not_verify() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    confirm_contact(case.vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        rights.check_may_verify(officer, case)


def test_every_refusal_has_a_sentence() -> None:
    with pytest.raises(Refused) as refusal:
        rights.check_may(make.make_user(roles.AUDITOR), "workflows.verify_case")
    assert refusal.value.sentence.endswith(".")
