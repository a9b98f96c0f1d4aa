"""Links that open one door: made by an officer, used once, worthless afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import ConflictOfInterest, LinkNotValid, NotAllowed, Refused
from workflows.models import AccessLink, AuditEvent

pytestmark = pytest.mark.django_db

SIGN_IN, STATUS = AccessLink.Purpose.SIGN_IN, AccessLink.Purpose.STATUS


def make_link(vendor: Vendor, purpose: str = SIGN_IN) -> str:
    officer = make.make_user(roles.OFFICER)
    return actions.make_access_link(vendor, purpose=purpose, by=officer)[1]


def test_a_sign_in_link_opens_the_owners_account_and_proves_it() -> None:
    vendor = firms.eligible()
    _link, owner = actions.open_link(make_link(vendor), purpose=SIGN_IN)
    assert owner
    assert (owner.role, owner.phone) == (roles.VENDOR, vendor.phone)
    assert Vendor.objects.visible_to(owner).get() == vendor
    assert vendor.events.get(act="use_sign_in_link").by == owner


def test_a_firm_without_a_phone_is_reached_by_its_e_mail() -> None:
    vendor = firms.eligible()
    Vendor.objects.filter(pk=vendor.pk).update(phone="")
    _link, owner = actions.open_link(make_link(vendor.refresh()), purpose=SIGN_IN)
    assert owner
    assert owner.email == vendor.email


def test_a_sign_in_link_opens_once() -> None:
    token = make_link(firms.eligible())
    actions.open_link(token, purpose=SIGN_IN)
    with pytest.raises(LinkNotValid):
        actions.open_link(token, purpose=SIGN_IN)


def test_a_new_sign_in_link_makes_the_older_one_worthless() -> None:
    vendor = firms.eligible()
    older, newer = make_link(vendor), make_link(vendor)
    with pytest.raises(LinkNotValid):
        actions.open_link(older, purpose=SIGN_IN)
    assert actions.open_link(newer, purpose=SIGN_IN)[1]


def test_a_sign_in_link_of_an_officer_who_was_switched_off_meanwhile_opens_nothing() -> None:
    vendor = firms.eligible()
    token = make_link(vendor)
    User.objects.filter(pk=vendor.access_links.get().created_by_id).update(is_active=False)
    with pytest.raises(LinkNotValid):
        actions.open_link(token, purpose=SIGN_IN)


def test_a_sign_in_link_expires() -> None:
    token = make_link(firms.eligible())
    a_day_on = time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1))
    with a_day_on, pytest.raises(LinkNotValid):
        actions.open_link(token, purpose=SIGN_IN)


def test_a_status_link_shows_one_firm_and_signs_nobody_in() -> None:
    vendor = firms.eligible()
    token = make_link(vendor, STATUS)
    for _time in range(2):
        link, owner = actions.open_link(token, purpose=STATUS)
        assert (link.vendor, owner) == (vendor, None)


def test_a_link_opens_only_the_door_that_it_was_made_for() -> None:
    with pytest.raises(LinkNotValid):
        actions.open_link(make_link(firms.eligible(), STATUS), purpose=SIGN_IN)
    with pytest.raises(LinkNotValid):
        actions.open_link("contoh", purpose=SIGN_IN)


def test_the_token_is_kept_nowhere() -> None:
    token = make_link(firms.eligible())
    link = AccessLink.objects.get()
    assert token not in str(vars(link))
    assert token not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_making_a_link_is_on_the_trail() -> None:
    vendor = firms.eligible()
    make_link(vendor)
    event = vendor.events.get(act="make_access_link")
    assert event.detail == {"purpose": "sign_in", "link": AccessLink.objects.get().pk}


def test_a_firm_without_any_contact_gets_no_sign_in_link() -> None:
    vendor = firms.eligible()
    Vendor.objects.filter(pk=vendor.pk).update(phone="", email="")
    with pytest.raises(Refused):
        make_link(vendor.refresh())


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AGENCY, roles.VENDOR, roles.ADMIN])
def test_only_officers_make_links(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.make_access_link(firms.eligible(), purpose=SIGN_IN, by=make.make_user(role))


def test_an_officer_makes_no_link_to_the_own_firm() -> None:
    vendor, officer = firms.eligible(), make.make_user(roles.OFFICER)
    confirm_contact(vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.make_access_link(vendor, purpose=SIGN_IN, by=officer)


def test_a_link_never_opens_an_account_of_the_office() -> None:
    vendor = firms.eligible()
    token = make_link(vendor)
    User.objects.filter(pk=make.make_user(roles.APPROVER).pk).update(phone=vendor.phone)
    with pytest.raises(NotAllowed):
        actions.open_link(token, purpose=SIGN_IN)
    assert AccessLink.objects.get().used_at is None
