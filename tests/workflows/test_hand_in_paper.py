"""Sending a paper from a phone: taken in once, read, shown, or refused with a sentence."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Paper
from onboarding.models import Status, Vendor
from tests import factories as make
from workflows import actions

pytestmark = pytest.mark.django_db

DEED = {"deed_number": "12", "deed_date": "21/11/2020", "notary_name": "Contoh Notaris"}


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def address(vendor: Vendor, slug: str) -> str:
    return reverse("workflows:hand_in_paper", args=[vendor.pk, slug])


def signed_in(client: Client, **changes: str) -> Vendor:
    vendor = make.refer(**changes)
    client.force_login(make.owner_of(vendor))
    return vendor


def test_a_photo_is_received_and_its_reading_shown(client: Client) -> None:
    vendor = signed_in(client)
    data = {"files": [make.photo()], "key": str(uuid.uuid4())}
    response = client.post(address(vendor, "ktp"), data, follow=True)
    page = response.content.decode()
    receipt = reverse("workflows:receipt", args=[vendor.pk, Paper.objects.get().pk])
    assert response.redirect_chain == [(receipt, 302)]
    assert "Received: National ID card" in page
    assert "Your paper is being read" in page
    assert 'http-equiv="refresh"' in page
    make.run_jobs()
    page = client.get(address(vendor, "ktp")).content.decode()
    assert "What we received" in page
    assert 'http-equiv="refresh"' not in page
    assert reverse("documents:page_image", args=[Paper.objects.get().pages.get().pk]) in page


def test_several_photos_make_one_paper(client: Client) -> None:
    vendor = signed_in(client)
    client.post(address(vendor, "nib"), {"files": [make.photo(), make.photo()]})
    assert Paper.objects.get().files.count() == 2


def test_the_same_upload_sent_twice_counts_once(client: Client) -> None:
    vendor = signed_in(client)
    key = str(uuid.uuid4())
    for _attempt in range(2):
        response = client.post(address(vendor, "ktp"), {"files": [make.photo()], "key": key})
        assert response.status_code == 302
    assert Paper.objects.count() == 1


def test_a_retry_after_the_firm_moved_on_is_no_refusal(client: Client) -> None:
    vendor = make.guide(make.refer())
    client.force_login(make.owner_of(vendor))
    *first, last = make.required_of(vendor)
    for slug in first:
        make.hand_in(vendor, slug)
    key = str(uuid.uuid4())
    client.post(address(vendor, last), {"files": [make.photo()], "key": key})
    make.run_jobs()
    assert vendor.refresh().status == Status.SUBMITTED
    response = client.post(address(vendor, last), {"files": [make.photo()], "key": key})
    assert response.status_code == 302


def test_a_made_up_key_is_replaced(client: Client) -> None:
    vendor = signed_in(client)
    client.post(address(vendor, "ktp"), {"files": [make.photo()], "key": "x" * 4000})
    assert uuid.UUID(Paper.objects.get().upload_key)


def test_no_file_is_refused_with_a_sentence(client: Client) -> None:
    vendor = signed_in(client)
    response = client.post(address(vendor, "ktp"))
    assert response.status_code == 409
    assert "Choose at least one file or photo." in response.content.decode()


def test_what_was_typed_stays_when_the_file_is_refused(client: Client) -> None:
    vendor = signed_in(client, legal_form="cv")
    response = client.post(address(vendor, "akta-pendirian"), DEED)
    assert response.status_code == 409
    assert 'value="Contoh Notaris"' in response.content.decode()
    assert not Paper.objects.exists()


def test_a_deed_is_declared_and_the_declaration_prefilled_next_time(client: Client) -> None:
    vendor = signed_in(client, legal_form="cv")
    data = {**DEED, "files": [make.photo()]}
    assert client.post(address(vendor, "akta-pendirian"), data).status_code == 302
    paper = Paper.objects.get()
    assert paper.declared["deed_date"] == "2020-11-21"
    assert paper.declared["company_name"] == vendor.name
    page = client.get(address(vendor, "akta-pendirian")).content.decode()
    assert 'value="Contoh Notaris"' in page


def test_a_deed_signed_tomorrow_is_refused(client: Client) -> None:
    vendor = signed_in(client, legal_form="cv")
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = {**DEED, "deed_date": tomorrow.isoformat(), "files": [make.photo()]}
    page = client.post(address(vendor, "akta-pendirian"), data).content.decode()
    assert "This date is in the future." in page
    assert not Paper.objects.exists()


def test_what_the_machine_read_is_told_in_plain_words(client: Client) -> None:
    vendor = signed_in(client, legal_form="cv")
    client.post(address(vendor, "akta-pendirian"), {**DEED, "files": [make.photo()]})
    make.run_jobs()
    page = client.get(address(vendor, "akta-pendirian")).content.decode()
    assert "Could not be read" in page
    assert "21 November 2020" in page


def test_a_paper_that_this_legal_form_does_not_need_is_not_found(client: Client) -> None:
    vendor = signed_in(client)
    assert client.get(address(vendor, "akta-pendirian")).status_code == 404
    assert client.get(address(vendor, "tidak-ada")).status_code == 404


def test_another_owner_s_paper_page_does_not_exist(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.owner_of(make.refer()))
    assert client.get(address(vendor, "ktp")).status_code == 404
    response = client.post(address(vendor, "ktp"), {"files": [make.photo()]})
    assert response.status_code == 404


def test_an_officer_has_no_owner_s_page(client: Client) -> None:
    vendor = make.refer()
    client.force_login(make.make_user("officer"))
    assert client.get(address(vendor, "ktp")).status_code == 403


def test_papers_under_a_check_cannot_be_replaced(client: Client) -> None:
    vendor = make.submit().vendor
    client.force_login(make.owner_of(vendor))
    page = client.get(address(vendor, "ktp")).content.decode()
    assert "Papers cannot be sent now." in page
    assert "data-draft" not in page
    response = client.post(address(vendor, "ktp"), {"files": [make.photo()]})
    assert response.status_code == 409
    assert "Papers cannot be sent while" in response.content.decode()


def test_a_paper_page_costs_twelve_queries_at_most(
    client: Client, django_assert_max_num_queries
) -> None:
    vendor = make.guide(make.refer(legal_form="cv"))
    client.force_login(make.owner_of(vendor))
    client.post(address(vendor, "akta-pendirian"), {**DEED, "files": [make.photo()]})
    make.run_jobs()
    with django_assert_max_num_queries(12):
        client.get(address(vendor, "akta-pendirian"))


def statement_address(vendor: Vendor, slug: str = "pakta-integritas") -> str:
    return reverse("workflows:agree_to_statement", args=[vendor.pk, slug])


def test_a_statement_is_shown_in_full_and_kept_word_for_word(client: Client) -> None:
    vendor = signed_in(client)
    page = client.get(statement_address(vendor)).content.decode()
    assert "PAKTA INTEGRITAS" in page
    response = client.post(statement_address(vendor), {"agree": "on"})
    assert response["Location"] == reverse("workflows:own_page", args=[vendor.pk])
    kept = Paper.objects.get().declared["statement"]
    assert vendor.name in kept
    assert "Versi teks: 1" in kept
    page = client.get(address(vendor, "pakta-integritas")).content.decode()
    assert "You agreed to the statement on" in page


def test_a_statement_needs_its_tick(client: Client) -> None:
    vendor = signed_in(client)
    page = client.post(statement_address(vendor)).content.decode()
    assert "Tick the box if you agree." in page
    assert not Paper.objects.exists()


def test_only_statements_can_be_agreed_to(client: Client) -> None:
    vendor = signed_in(client)
    assert client.get(statement_address(vendor, "ktp")).status_code == 404


def test_a_statement_in_the_wrong_state_is_refused(client: Client) -> None:
    vendor = signed_in(client)
    actions.withdraw_vendor(vendor, reason="Tutup.", by=make.owner_of(vendor))
    response = client.post(statement_address(vendor), {"agree": "on"})
    assert response.status_code == 409
