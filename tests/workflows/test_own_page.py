"""The owner's page: one thing to do now, whatever the status, and never somebody else's firm."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import DocumentType
from onboarding.models import Membership, Status, Vendor
from tests import factories as make
from workflows import actions
from workflows.models import Case, RejectionReason, Round

pytestmark = pytest.mark.django_db


def page_of(client: Client, vendor: Vendor) -> str:
    client.force_login(make.owner_of(vendor))
    response = client.get(reverse("workflows:own_page", args=[vendor.pk]))
    assert response.status_code == 200
    return response.content.decode()


def returned() -> Vendor:
    case, officer = make.submit(), make.make_user("officer")
    for slug, text in (("rekening", "Nomor tidak terbaca."), (None, "Sesuaikan harga.")):
        actions.add_correction_item(
            case,
            reason_code=RejectionReason.objects.get(code="DOC_UNREADABLE"),
            text=text,
            document_type=DocumentType.objects.get(slug=slug) if slug else None,
            by=officer,
        )
    actions.return_case(Case.objects.get(pk=case.pk), by=officer)
    return case.vendor.refresh()


def suspended() -> Vendor:
    vendor = make.approve(make.verify(make.submit())).vendor.refresh()
    return actions.suspend_vendor(vendor, reason="Izin dicabut.", by=make.make_user("approver"))


def withdrawn() -> Vendor:
    vendor = make.refer()
    return actions.withdraw_vendor(vendor, reason="Tutup.", by=make.owner_of(vendor))


def lapsed() -> Vendor:
    vendor = make.refer()
    Vendor.objects.filter(pk=vendor.pk).update(status=Status.LAPSED)
    return vendor.refresh()


def referred() -> Vendor:
    vendor = make.refer()
    Vendor.objects.filter(pk=vendor.pk).update(status=Status.REFERRED)
    return vendor.refresh()


EVERY_STATUS: dict[str, tuple[Callable[[], Vendor], str]] = {
    Status.REFERRED: (referred, "Your business has been named"),
    Status.INELIGIBLE: (lambda: make.refer(nib=""), "Get a business identification number"),
    Status.ELIGIBLE: (make.refer, "You can send your papers already"),
    Status.INVITED: (lambda: make.invite(make.refer()), "Aula Contoh, Jalan Contoh 2"),
    Status.GUIDED: (lambda: make.guide(make.refer()), "papers are still needed"),
    Status.SUBMITTED: (lambda: make.submit().vendor, "Your papers are being checked"),
    Status.RETURNED: (returned, "Nomor tidak terbaca."),
    Status.VERIFIED: (lambda: make.verify(make.submit()).vendor, "The Bureau decides next"),
    Status.APPROVED: (
        lambda: make.approve(make.verify(make.submit())).vendor,
        "Your business is approved",
    ),
    Status.REGISTERED: (
        lambda: make.hand_over(make.approve(make.verify(make.submit()))).vendor,
        "Toko Contoh",
    ),
    Status.ACTIVE: (
        lambda: make.go_live(make.hand_over(make.approve(make.verify(make.submit())))).vendor,
        "Your product is on sale",
    ),
    Status.REJECTED: (
        lambda: make.reject(make.verify(make.submit())).vendor,
        "Nama berbeda pada dokumen.",
    ),
    Status.SUSPENDED: (suspended, "Izin dicabut."),
    Status.WITHDRAWN: (withdrawn, "Your business has left the programme"),
    Status.LAPSED: (lapsed, "The time has run out"),
}


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def test_every_status_is_tried() -> None:
    assert set(EVERY_STATUS) == set(Status.values)


@pytest.mark.parametrize("status", Status.values)
def test_each_status_says_what_to_do_now_in_twelve_queries(
    client: Client, status: str, django_assert_max_num_queries
) -> None:
    make_vendor, words = EVERY_STATUS[status]
    vendor = make_vendor().refresh()
    assert vendor.status == status
    client.force_login(make.owner_of(vendor))
    with django_assert_max_num_queries(12):
        response = client.get(reverse("workflows:own_page", args=[vendor.pk]))
    page = response.content.decode()
    assert words in page
    assert page.count("<h1") == 1
    assert page.count('id="turn-title"') == 1


def test_another_owner_s_firm_does_not_exist(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.owner_of(make.refer()))
    assert client.get(reverse("workflows:own_page", args=[vendor.pk])).status_code == 404


def test_an_unproved_firm_leads_to_the_proof_and_shows_nothing(client: Client) -> None:
    vendor, user = make.refer(), make.make_user("vendor")
    membership = Membership.objects.create(user=user, vendor=vendor)
    client.force_login(user)
    answer = client.get(reverse("workflows:own_page", args=[vendor.pk]))
    assert answer["Location"] == reverse("workflows:prove_membership", args=[membership.pk])


@pytest.mark.parametrize("role", ["officer", "agency", "auditor", "manager", "admin", "trainer"])
def test_staff_have_no_own_page(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(reverse("workflows:own_page", args=[make.refer().pk])).status_code == 403
    assert client.get(reverse("workflows:own_firms")).status_code == 403


def test_a_page_is_not_posted_to(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.owner_of(vendor))
    assert client.post(reverse("workflows:own_page", args=[vendor.pk])).status_code == 405


def test_an_owner_of_one_firm_goes_straight_to_it(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.owner_of(vendor))
    response = client.get(reverse("workflows:own_firms"))
    assert response["Location"] == reverse("workflows:own_page", args=[vendor.pk])


def test_an_owner_of_several_firms_chooses(client: Client) -> None:
    first, second = make.refer(), make.refer()
    user = make.owner_of(first)
    membership = Membership.objects.create(user=user, vendor=second)
    client.force_login(user)
    page = client.get(reverse("workflows:own_firms")).content.decode()
    assert reverse("workflows:own_page", args=[first.pk]) in page
    assert reverse("workflows:prove_membership", args=[membership.pk]) in page
    assert reverse("workflows:own_page", args=[second.pk]) not in page


def test_an_owner_without_a_firm_is_told_what_to_do(client: Client) -> None:
    client.force_login(make.make_user("vendor"))
    page = client.get(reverse("workflows:own_firms")).content.decode()
    assert "No business has been named with your contact yet." in page


def test_a_refusal_that_can_no_longer_be_appealed_shows_no_button(client: Client) -> None:
    vendor = make.reject(make.verify(make.submit())).vendor.refresh()
    Case.objects.filter(vendor=vendor).update(due_at="2020-01-01T00:00:00+07:00")
    assert reverse("workflows:appeal_case", args=[vendor.pk]) not in page_of(client, vendor)
    assert Round.objects.get(case__vendor=vendor).decision == "REJECTED"


def test_the_steps_carry_their_dates(client: Client) -> None:
    page = page_of(client, make.guide(make.refer()))
    assert page.count('class="done"') == 2
    assert page.count("Done on ") == 2
    assert "0 of 7 papers are in" in page
