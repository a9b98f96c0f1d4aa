"""Somebody of an office acts for an owner: with consent, by name, for a while."""

from typing import Any

import pytest
from django.test import Client

from onboarding import roles
from onboarding.models import Agency, Referral, User, Vendor
from tests.factories import (
    guide,
    hand_in_everything,
    make_user,
    owner_of,
    photo,
    refer,
    run_jobs,
)
from workflows import actions
from workflows.errors import ConflictOfInterest, NotAllowed
from workflows.models import Assistance, AuditEvent, Case, Message
from workflows.rights import check_may_verify

pytestmark = pytest.mark.django_db
CONSENT = {"consent_of": "Contoh Pemilik", "way": "in_person", "knows": "on"}


@pytest.fixture
def helper(office: None) -> User:
    return make_user(roles.COOPERATIVE)


@pytest.fixture
def firm(helper: User) -> Vendor:
    return refer(by=helper)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(helper: User, firm: Vendor) -> Any:
    return signed_in(helper).post(f"/bantu/{firm.pk}/", CONSENT)


def test_with_the_owners_consent_the_helper_sends_a_paper_by_name(
    helper: User, firm: Vendor
) -> None:
    begin(helper, firm)
    page = f"/saya/{firm.pk}/dokumen/ktp/"
    answer = signed_in(helper).post(page, {"files": photo(), "key": ""})
    assert answer.status_code == 302
    event = AuditEvent.objects.get(act="hand_in_paper", vendor=firm)
    assert event.by == helper
    assert AuditEvent.objects.filter(act="begin_assistance", vendor=firm, by=helper).exists()
    assert Message.objects.filter(kind="assistance", vendor=firm).exists()


def test_without_consent_the_owners_page_is_closed_to_offices(helper: User, firm: Vendor) -> None:
    officer = make_user(roles.OFFICER)
    for person in (helper, officer):
        assert signed_in(person).get(f"/saya/{firm.pk}/").status_code == 403
        with pytest.raises(NotAllowed):
            actions.check_acts_for(firm, person)


def test_a_helper_says_nothing_that_only_the_owner_can_say(helper: User, firm: Vendor) -> None:
    begin(helper, firm)
    for page in ("mundur", "keberatan", "dokumen/pakta-integritas/pernyataan"):
        assert signed_in(helper).get(f"/saya/{firm.pk}/{page}/").status_code == 403


def test_the_owner_sees_the_helper_and_ends_it(helper: User, firm: Vendor) -> None:
    begin(helper, firm)
    owner = signed_in(owner_of(firm))
    assistance = Assistance.objects.get()
    assert helper.full_name in owner.get(f"/saya/{firm.pk}/").content.decode()
    owner.post(f"/bantu/{assistance.pk}/akhiri/")
    assert signed_in(helper).get(f"/saya/{firm.pk}/").status_code == 403
    assert AuditEvent.objects.filter(act="end_assistance", vendor=firm).count() == 1


def test_an_office_helps_only_the_firms_that_it_named(helper: User, firm: Vendor) -> None:
    other = Agency.objects.exclude(pk=helper.agency_id).values_list("code", flat=True)[0]
    stranger = make_user(roles.COOPERATIVE, agency=other)
    Referral.objects.filter(vendor=firm, agency=stranger.agency).delete()
    assert begin(stranger, firm).status_code == 404


def test_who_helped_an_owner_does_not_judge_the_papers(office: None) -> None:
    firm = guide(refer())
    officer = make_user(roles.OFFICER)
    begin(officer, firm)
    hand_in_everything(firm)
    run_jobs()
    case = Case.objects.get(vendor=firm)
    with pytest.raises(ConflictOfInterest):
        check_may_verify(officer, case)


def test_consent_that_nobody_explained_is_not_taken(helper: User, firm: Vendor) -> None:
    answer = signed_in(helper).post(f"/bantu/{firm.pk}/", {**CONSENT, "knows": ""})
    assert answer.status_code == 422
    assert not Assistance.objects.exists()
