"""A firm's page: what each role sees of it, and the acts that apply now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.actions import open_owner_account
from onboarding.models import Membership, Status, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows.actions import reveal_numbers
from workflows.models import AccessLink, AuditEvent, Listing

pytestmark = pytest.mark.django_db
NIK = "3599010101900001"


def enter(client: Client, role: str) -> make.User:
    user = make.make_user(role)
    client.force_login(user)
    return user


def page_of(vendor: Vendor) -> str:
    return f"/usaha/{vendor.pk}/"


def test_the_list_is_narrowed_by_status_region_and_form(client: Client) -> None:
    make.refer(name="Contoh Tahu Surabaya")
    make.refer(name="Contoh Tempe Malang", region="Kota Malang")
    make.refer(name="Contoh Tanpa NIB", nib="", region="Kota Malang")
    enter(client, roles.OFFICER)
    page = client.get("/usaha/?status=ELIGIBLE&region=35.73&legal_form=perorangan").text
    assert "Contoh Tempe Malang" in page
    assert "Contoh Tahu Surabaya" not in page
    assert "Contoh Tanpa NIB" not in page
    assert client.get("/usaha/?status=KACAU&region=99&before=x").status_code == 200


def test_a_firm_is_found_by_name_number_nib_and_phone(client: Client) -> None:
    make.refer(name="Contoh Lain")
    firm = make.refer(name="Contoh Batik Sekar", nib="0000000778899", phone="081288887777")
    enter(client, roles.OFFICER)
    for wanted in ("batik sekar", firm.number, "0000000778899", "0812-8888-7777"):
        page = client.post("/usaha/", {"wanted": wanted}).text
        assert "Contoh Batik Sekar" in page, wanted
        assert "Contoh Lain" not in page, wanted


def test_a_firm_looked_for_by_its_phone_leaves_a_trace_without_the_number(client: Client) -> None:
    firm = make.refer(phone="081288887777")
    enter(client, roles.OFFICER)
    for wanted in (firm.name, firm.nib, "0812-8888-7777"):
        client.post("/usaha/", {"wanted": wanted})
    event = AuditEvent.objects.get(act="search_everything")
    assert event.detail == {"kinds": ["phone"], "count": 1}


def test_a_search_without_a_hit_says_what_to_do(client: Client) -> None:
    enter(client, roles.OFFICER)
    page = client.post("/usaha/", {"wanted": "tidak ada"})
    assert page.status_code == 200
    assert 'class="card empty"' in page.text


def test_a_long_list_is_read_page_by_page(client: Client) -> None:
    kept = make.refer()
    for number in range(27):
        Vendor.objects.create(
            name=f"Contoh {number}", legal_form="cv", owner_name="Contoh", region=kept.region
        )
    enter(client, roles.AUDITOR)
    page = client.get("/usaha/?legal_form=cv")
    assert len(page.context["rows"]) == 25
    rest = client.get("/usaha/" + page.context["next_url"])
    assert len(rest.context["rows"]) == 2


@pytest.mark.parametrize("role", [roles.AGENCY, roles.VENDOR, roles.TRAINER, roles.MANAGER])
def test_others_have_no_list_of_firms(client: Client, role: str) -> None:
    firm = make.refer()
    enter(client, role)
    assert client.get("/usaha/").status_code == 403
    assert client.get(page_of(firm)).status_code == 403


@pytest.mark.parametrize("role", [roles.OFFICER, roles.APPROVER, roles.AUDITOR])
def test_numbers_of_persons_are_covered_for_all(client: Client, role: str) -> None:
    firm = make.refer(nik=NIK)
    assert firm.nik == NIK
    enter(client, role)
    covered = client.get(page_of(firm)).text
    assert firm.nik not in covered
    assert firm.phone not in covered


def test_a_firm_that_is_not_eligible_shows_reasons_and_a_path(client: Client) -> None:
    firm = make.refer(nib="")
    enter(client, roles.OFFICER)
    page = client.get(page_of(firm)).text
    assert "oss.go.id" in page


@pytest.mark.parametrize("part", ["facts", "owner", "work", "sent", "history"])
def test_each_part_of_the_page_costs_twelve_queries(
    client: Client, part: str, django_assert_max_num_queries: object
) -> None:
    firm = firms.active()
    enter(client, roles.OFFICER)
    client.get(page_of(firm))  # the look is noted once an hour
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        assert client.get(f"{page_of(firm)}?part={part}").status_code == 200


def test_the_history_is_read_page_by_page(client: Client) -> None:
    firm = firms.active()
    by = make.make_user(roles.OFFICER)
    AuditEvent.objects.bulk_create(
        AuditEvent(act="claim_case", by=by, role=by.role, vendor=firm) for _ in range(30)
    )
    enter(client, roles.AUDITOR)
    page = client.get(f"{page_of(firm)}?part=history")
    assert len(page.context["events"]) == 25
    assert client.get(page_of(firm) + page.context["next_url"]).context["events"]


def test_officer_finds_a_firm_eligible_with_a_reason(client: Client) -> None:
    firm = make.refer(nib="")
    enter(client, roles.OFFICER)
    url = f"{page_of(firm)}find_eligible/"
    assert client.post(url).status_code == 422
    assert client.post(url, {"find_eligible-reason": "NIB terbit besok"}).status_code == 302
    assert firm.refresh().status == Status.ELIGIBLE


def test_guidance_is_waived_and_taken_back(client: Client) -> None:
    firm = make.refer()
    enter(client, roles.OFFICER)
    client.post(f"{page_of(firm)}waive_guidance/", {"waive_guidance-reason": "Dilatih dinas"})
    assert firm.refresh().status == Status.GUIDED
    client.post(f"{page_of(firm)}unguide/", {"unguide-reason": "Keliru"})
    assert firm.refresh().status == Status.ELIGIBLE


def test_an_approver_suspends_and_another_reinstates(client: Client) -> None:
    firm = firms.active()
    enter(client, roles.APPROVER)
    client.post(f"{page_of(firm)}suspend/", {"suspend-reason": "Ada laporan"})
    assert firm.refresh().status == Status.SUSPENDED
    again = client.post(f"{page_of(firm)}reinstate/", {"reinstate-reason": "Selesai diperiksa"})
    assert again.status_code == 409
    assert "Selesai diperiksa" in again.text
    enter(client, roles.APPROVER)
    client.post(f"{page_of(firm)}reinstate/", {"reinstate-reason": "Selesai diperiksa"})
    assert firm.refresh().status == Status.ACTIVE


def test_officer_records_withdrawal_and_objection_on_the_owners_word(client: Client) -> None:
    firm = make.refer()
    refused = firms.rejected().vendor
    enter(client, roles.OFFICER)
    client.post(f"{page_of(firm)}withdraw/", {"withdraw-reason": "Telepon pemilik"})
    client.post(f"{page_of(refused)}appeal/", {"appeal-reason": "Surat pemilik"})
    assert firm.refresh().status == Status.WITHDRAWN
    assert refused.refresh().status == Status.SUBMITTED


def test_an_act_that_does_not_apply_is_refused_with_a_sentence(client: Client) -> None:
    firm = make.refer()
    enter(client, roles.OFFICER)
    answer = client.post(f"{page_of(firm)}unguide/", {"unguide-reason": "Keliru"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert firm.refresh().status == Status.ELIGIBLE


@pytest.mark.parametrize(
    ("role", "verb"),
    [(roles.OFFICER, "suspend"), (roles.APPROVER, "withdraw"), (roles.AUDITOR, "find_eligible")],
)
def test_each_act_asks_for_its_own_right(client: Client, role: str, verb: str) -> None:
    firm = make.refer()
    enter(client, role)
    answer = client.post(f"{page_of(firm)}{verb}/", {f"{verb}-reason": "Coba"})
    assert answer.status_code == 403


def test_an_unknown_act_is_no_door_and_looking_does_nothing(client: Client) -> None:
    firm = make.refer()
    enter(client, roles.OFFICER)
    assert client.post(f"{page_of(firm)}hapus/").status_code == 404
    assert client.get(f"{page_of(firm)}withdraw/").status_code == 405
    assert client.post("/usaha/9999/withdraw/", {"withdraw-reason": "x"}).status_code == 404


def test_facts_are_corrected_as_people_write_them(client: Client) -> None:
    firm = make.refer()
    reveal_numbers(firm, reason="Pemilik menelepon", by=enter(client, roles.OFFICER))
    typed = {
        name: value or ""
        for name, value in client.get(f"{page_of(firm)}ubah/").context["form"].initial.items()
    }
    typed |= {"phone": "0812 7777 6666", "capital": "Rp1.500.000", "reason": "Menurut KTP"}
    assert client.post(f"{page_of(firm)}ubah/", typed).status_code == 302
    firm = firm.refresh()
    assert (firm.phone, firm.capital) == ("+6281277776666", 1_500_000)
    event = AuditEvent.objects.filter(act="correct_vendor").get()
    assert event.detail["fields"] == ["capital", "phone"]
    assert "81277776666" not in str(event.detail)


def test_a_number_that_cannot_be_right_comes_back_with_a_sentence(client: Client) -> None:
    firm, other = make.refer(), make.refer()
    enter(client, roles.OFFICER)
    form = client.get(f"{page_of(firm)}ubah/").context["form"]
    typed = {name: value or "" for name, value in form.initial.items()} | {"reason": "Coba"}
    wrong = client.post(f"{page_of(firm)}ubah/", {**typed, "nib": "123"})
    assert wrong.status_code == 422
    taken = client.post(f"{page_of(firm)}ubah/", {**typed, "nib": other.nib})
    assert taken.status_code == 422
    assert 'href="#id_nib"' in taken.text
    assert firm.refresh().nib == firm.nib


def test_only_officers_correct_facts(client: Client) -> None:
    firm = make.refer()
    enter(client, roles.APPROVER)
    assert client.get(f"{page_of(firm)}ubah/").status_code == 403


@pytest.mark.parametrize(("purpose", "path"), [("sign_in", "/t/"), ("status", "/s/")])
def test_a_link_is_shown_once_with_a_text_for_whatsapp(
    client: Client, purpose: str, path: str
) -> None:
    firm = make.refer()
    enter(client, roles.OFFICER)
    answer = client.post(f"{page_of(firm)}tautan/", {"purpose": purpose})
    assert answer.status_code == 200
    assert path in answer.context["url"]
    assert f"https://wa.me/{firm.phone.lstrip('+')}?text=" in answer.text
    assert "no-store" in answer["Cache-Control"]
    token = answer.context["url"].rstrip("/").rpartition("/")[2]
    assert not AccessLink.objects.filter(token_hash=token).exists()
    assert token not in client.get(f"{page_of(firm)}?part=history").text


def test_only_officers_make_links(client: Client) -> None:
    firm = make.refer()
    enter(client, roles.APPROVER)
    assert client.post(f"{page_of(firm)}tautan/", {"purpose": "status"}).status_code == 403
    enter(client, roles.OFFICER)
    assert client.post(f"{page_of(firm)}tautan/", {"purpose": "x"}).status_code == 404
    assert client.get(f"{page_of(firm)}tautan/").status_code == 405


def test_officer_confirms_a_contact_of_this_firm_only(client: Client) -> None:
    firm, other = make.refer(), make.refer()
    open_owner_account(phone=firm.phone)
    membership = Membership.objects.get(vendor=firm)
    officer = enter(client, roles.OFFICER)
    strange = client.post(f"{page_of(other)}pemilik/", {"membership": membership.pk})
    assert strange.status_code == 404
    assert client.post(f"{page_of(firm)}pemilik/", {"membership": "x"}).status_code == 404
    client.post(f"{page_of(firm)}pemilik/", {"membership": membership.pk})
    membership.refresh_from_db()
    assert membership.proved_by == officer


def test_an_officer_does_not_vouch_for_their_own_firm(client: Client) -> None:
    firm = make.refer()
    open_owner_account(phone=firm.phone)
    officer = enter(client, roles.OFFICER)
    officer.email = firm.email
    officer.save()
    membership = Membership.objects.get(vendor=firm)
    answer = client.post(f"{page_of(firm)}pemilik/", {"membership": membership.pk})
    assert answer.status_code == 409


def test_a_listing_comes_off_sale_and_back(client: Client) -> None:
    firm = firms.active()
    listing = firms.only_listing(firm)
    enter(client, roles.OFFICER)
    url, key = f"/tayangan/{listing.pk}/", f"listing-{listing.pk}"
    assert client.post(url).status_code == 422
    client.post(url, {f"{key}-reason": "Stok habis"})
    assert firm.refresh().status == Status.REGISTERED
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.post(url, {f"{key}-on_sale_on": tomorrow}).status_code == 422
    client.post(url, {f"{key}-on_sale_on": timezone.localdate()})
    assert Listing.objects.get(pk=listing.pk).state == Listing.State.ON_SALE
    assert firm.refresh().status == Status.ACTIVE


def test_only_officers_change_a_listing(client: Client) -> None:
    listing = firms.only_listing(firms.active())
    enter(client, roles.APPROVER)
    assert client.post(f"/tayangan/{listing.pk}/").status_code == 403
    assert client.get(f"/tayangan/{listing.pk}/").status_code == 405


def test_a_paper_that_carries_more_than_pages_is_marked_on_the_page_of_the_firm(
    client: Client,
) -> None:
    paper = make.hand_in(make.guide(make.refer()), "ktp")
    enter(client, roles.OFFICER)
    url = f"{page_of(paper.vendor)}?part=work"
    assert "Memuat lebih dari halaman" not in client.get(url).text
    paper.files.update(flags=["pdf_javascript"])
    assert "Memuat lebih dari halaman" in client.get(url).text
