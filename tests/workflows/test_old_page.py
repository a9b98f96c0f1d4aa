"""A page left open: nobody signs for what they did not see, and nobody's work is undone."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from onboarding import roles
from onboarding.actions import correct_vendor
from onboarding.models import Campaign, Status, Vendor
from tests import factories as make
from tests.workflows import campaigns, firms
from workflows import actions
from workflows.models import AuditEvent, Case, Setting, Stage

pytestmark = pytest.mark.django_db
NUMBERS = {"nik": "3599010101900001", "phone": "081233334444"}


def signed_in(client: Client, role: str) -> make.User:
    user = make.make_user(role)
    client.force_login(user)
    return user


def brought(page: str, name: str, *, door: str = "") -> str:
    """What the form that posts to a door carries hidden."""
    found = re.search(rf'{door}.*?name="{name}" value="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


def come_back(case: Case, officer: make.User) -> None:
    """In another tab the list is sent; the owner answers it with another paper."""
    firms.ask(case, by=officer)
    actions.return_case(case, by=officer)
    firms.put_paper(case.vendor, "ktp")
    actions.resubmit_case(case.vendor.refresh(), by=make.owner_of(case.vendor))


def test_the_page_of_an_earlier_round_verifies_and_returns_no_papers_that_nobody_opened(
    client: Client,
) -> None:
    officer, case = signed_in(client, roles.OFFICER), firms.submitted()
    actions.claim_case(case, by=officer)
    url = f"/meja/kasus/{case.pk}/"
    old = brought(client.get(url).text, "seen", door="verifikasi/")
    come_back(case, officer)
    said = {"advice": "approve", "explanation": "Alasan yang diketik", "seen": old}
    for seconds in (10, 0):
        Setting.objects.filter(pk="undo_seconds").update(value=seconds)
        answer = client.post(f"{url}verifikasi/", said)
        assert (answer.status_code, "Alasan yang diketik" in answer.text) == (409, True)
    assert case.vendor.refresh().status == Status.SUBMITTED
    new = brought(answer.text, "seen", door="verifikasi/")
    wrong = client.post(f"{url}verifikasi/", {"advice": "refuse", "seen": old})
    assert wrong.status_code == 422
    assert brought(wrong.text, "seen", door="verifikasi/") == old
    firms.ask(firms.again(case), by=officer)
    assert client.post(f"{url}perbaikan/", {"seen": old}).status_code == 409
    assert firms.again(case).stage == Stage.VERIFY
    assert client.post(f"{url}perbaikan/", {"seen": new}).status_code == 302
    assert firms.again(case).stage == Stage.CORRECT


def test_the_page_of_an_earlier_round_decides_nothing(client: Client) -> None:
    approver, case = signed_in(client, roles.APPROVER), firms.verified()
    actions.claim_case(case, by=approver)
    url = f"/meja/kasus/{case.pk}/"
    page = client.get(url).text
    presses = (
        ("putusan/", {"decision": "approve", "approve-reason": "Yang diketik"}),
        (
            "putusan/",
            {
                "decision": "reject",
                "reject-reason_code": "CAPACITY",
                "reject-reason": "Yang diketik",
            },
        ),
        ("kirim-balik/", {"back-reason": "Yang diketik"}),
    )
    old = {door: brought(page, "seen", door=door) for door, _said in presses}
    actions.send_back_case(case, reason="Periksa NIB", by=approver)
    make.verify(firms.again(case))
    for door, said in presses:
        answer = client.post(f"{url}{door}", said | {"seen": old[door]})
        assert (answer.status_code, "Yang diketik" in answer.text) == (409, True)
    assert case.vendor.refresh().status == Status.VERIFIED
    new = brought(answer.text, "seen")
    assert client.post(f"{url}putusan/", presses[0][1] | {"seen": new}).status_code == 302
    assert case.vendor.refresh().status == Status.APPROVED


def test_correcting_a_firm_leaves_what_a_colleague_has_just_corrected(client: Client) -> None:
    firm, colleague = make.refer(), make.make_user(roles.OFFICER)
    signed_in(client, roles.OFFICER)
    url = f"/usaha/{firm.pk}/ubah/"
    page = client.get(url)
    typed = {name: value or "" for name, value in page.context["form"].initial.items()}
    typed |= {"reason": "Menurut KTP", "shown": brought(page.text, "shown")}
    correct_vendor(firm, changes={"address": "Jalan Baru 1"}, reason="Surat", by=colleague)
    assert client.post(url, typed | {"owner_name": "Contoh Sari"}).status_code == 302
    firm = firm.refresh()
    assert (firm.owner_name, firm.address) == ("Contoh Sari", "Jalan Baru 1")
    event = AuditEvent.objects.filter(act="correct_vendor").latest("pk")
    assert event.detail["fields"] == ["owner_name"]
    typed |= {"owner_name": "Contoh Sari", "address": "Jalan yang diketik"}
    answer = client.post(url, typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["address"])
    assert "Jalan yang diketik" in answer.text
    assert firm.refresh().address == "Jalan Baru 1"
    assert client.post(url, typed | {"shown": brought(answer.text, "shown")}).status_code == 302
    assert firm.refresh().address == "Jalan yang diketik"


def test_a_page_on_which_the_numbers_were_covered_leaves_them_as_they_are(client: Client) -> None:
    firm, officer = make.refer(**NUMBERS), signed_in(client, roles.OFFICER)
    page = client.get(f"/usaha/{firm.pk}/ubah/")
    shown = brought(page.text, "shown")
    assert not {"nik", "npwp", "phone"} & {pair.partition(":")[0] for pair in shown.split()}
    fields = page.context["form"].fields
    typed = {name: page.context["form"].initial.get(name) or "" for name in fields}
    actions.reveal_numbers(firm, reason="Di tab lain", by=officer)
    said = typed | {"reason": "Contoh", "owner_name": "Contoh Sari", "shown": shown}
    assert client.post(f"/usaha/{firm.pk}/ubah/", said).status_code == 302
    after = Vendor.objects.get(pk=firm.pk)
    assert (after.owner_name, after.nik, after.phone) == ("Contoh Sari", firm.nik, firm.phone)


def test_changing_a_draft_to_offices_leaves_what_a_colleague_has_just_changed(
    client: Client,
) -> None:
    signed_in(client, roles.OFFICER)
    draft, colleague = campaigns.draft(), make.make_user(roles.OFFICER)
    names = ("title", "question", "criteria", "dated_on", "days")
    typed = {name: getattr(draft, name) for name in names}
    asked = list(draft.requests.values_list("agency_id", flat=True))
    url = f"/permintaan/{draft.pk}/ubah/"
    shown = brought(client.get(url).text, "shown")
    theirs = typed | {"title": "Judul teman"}
    actions.change_campaign(draft, values=theirs, agency_ids=asked[:2], by=colleague)
    mine = typed | {"days": 9, "agencies": asked, "shown": shown}
    assert client.post(url, mine).status_code == 302
    now = Campaign.objects.get(pk=draft.pk)
    assert (now.title, now.days, now.requests.count()) == ("Judul teman", 9, 2)
    answer = client.post(url, mine | {"title": "Judul yang diketik"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["title"])
    assert "Judul yang diketik" in answer.text
