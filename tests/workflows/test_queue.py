"""The queue as officers and approvers meet it: whose turn, what is late, who gets the next case."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import AuditEvent, Case, SavedQueue

pytestmark = pytest.mark.django_db


def enter(client: Client, role: str) -> make.User:
    user = make.make_user(role)
    client.force_login(user)
    return user


def test_officer_sees_what_waits_to_be_verified(client: Client) -> None:
    case = firms.submitted(name="Contoh Keripik Ayu")
    enter(client, roles.OFFICER)
    page = client.get("/meja/")
    assert page.status_code == 200
    assert case.vendor.name in page.text
    assert case.vendor.number in page.text
    assert "Kota Surabaya" in page.text


def test_approver_sees_only_what_waits_for_a_decision(client: Client) -> None:
    firms.submitted(name="Contoh Belum Diperiksa")
    firms.verified(name="Contoh Sudah Diperiksa")
    enter(client, roles.APPROVER)
    page = client.get("/meja/?tab=verify").text
    assert "Contoh Sudah Diperiksa" in page
    assert "Contoh Belum Diperiksa" not in page


def test_a_late_case_stands_first_and_is_marked(client: Client) -> None:
    firms.submitted(name="Contoh Masih Ada Waktu")
    late = firms.submitted(name="Contoh Terlambat")
    Case.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=2))
    enter(client, roles.OFFICER)
    page = client.get("/meja/").text
    assert page.index("Contoh Terlambat") < page.index("Contoh Masih Ada Waktu")
    assert 'class="tag bad"' in page


@pytest.mark.parametrize("role", [roles.AGENCY, roles.TRAINER, roles.AUDITOR, roles.MANAGER])
def test_others_have_no_queue(client: Client, role: str) -> None:
    enter(client, role)
    assert client.get("/meja/").status_code == 403
    assert client.post("/meja/ambil/").status_code == 403


def test_take_the_next_gives_the_most_urgent_case_that_nobody_holds(client: Client) -> None:
    taken, urgent, _later = (firms.submitted() for _ in range(3))
    for case, days in ((taken, -3), (urgent, -2)):
        Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + timedelta(days=days))
    actions.claim_case(taken, by=make.make_user(roles.OFFICER))
    officer = enter(client, roles.OFFICER)
    answer = client.post("/meja/ambil/", {"tab": "verify"})
    assert answer.url == f"/meja/kasus/{urgent.pk}/"
    assert Case.objects.get(pk=urgent.pk).owner == officer


def test_take_the_next_never_hands_an_approver_what_is_not_theirs_to_decide(
    client: Client,
) -> None:
    approver = enter(client, roles.APPROVER)
    own = firms.verified(phone="081299990001")
    approver.phone = own.vendor.phone
    approver.save()
    other = firms.verified()
    assert client.post("/meja/ambil/").url == f"/meja/kasus/{other.pk}/"


def test_take_the_next_says_when_there_is_nothing(client: Client) -> None:
    enter(client, roles.OFFICER)
    page = client.post("/meja/ambil/", {"tab": "verify"}, follow=True)
    assert 'class="note slim info"' in page.text
    assert 'class="card empty"' in page.text


def test_of_two_who_take_one_case_the_second_is_told_who_has_it(client: Client) -> None:
    case = firms.submitted()
    first = make.make_user(roles.OFFICER)
    actions.claim_case(case, by=first)
    enter(client, roles.OFFICER)
    answer = client.post(f"/meja/kasus/{case.pk}/ambil/")
    assert answer.status_code == 409
    assert first.full_name in answer.text


def test_a_case_is_given_back_by_whoever_holds_it_only(client: Client) -> None:
    case = firms.submitted()
    officer = enter(client, roles.OFFICER)
    assert client.post(f"/meja/kasus/{case.pk}/kembalikan/").status_code == 409
    actions.claim_case(case, by=officer)
    assert client.post(f"/meja/kasus/{case.pk}/kembalikan/").status_code == 302
    assert Case.objects.get(pk=case.pk).owner is None


@pytest.mark.parametrize("path", ["/meja/ambil/", "/meja/kasus/1/ambil/"])
def test_looking_takes_nothing(client: Client, path: str) -> None:
    enter(client, roles.OFFICER)
    assert client.get(path).status_code == 405


def test_a_long_queue_is_read_page_by_page(client: Client) -> None:
    first = firms.submitted()
    enter(client, roles.OFFICER)
    due = timezone.now() + timedelta(days=1)
    Case.objects.filter(pk=first.pk).update(due_at=due)
    others = [make.refer(name=f"Contoh Antrean {number:02}") for number in range(26)]
    for vendor in others:
        Case.objects.create(
            flow_class=first.flow_class, vendor=vendor, region=vendor.region, due_at=due
        )
    page = client.get("/meja/")
    assert len(page.context["rows"]) == 25
    rest = client.get("/meja/" + page.context["next_url"])
    seen = {row.case.pk for answer in (page, rest) for row in answer.context["rows"]}
    assert len(seen) == 27
    assert client.get("/meja/?after=rusak_").status_code == 200


def test_the_queue_costs_the_same_for_one_case_and_for_many(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        firms.submitted()
    enter(client, roles.OFFICER)
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        client.get("/meja/")


def test_one_press_of_take_the_next_leads_to_one_case(client: Client) -> None:
    firms.submitted()
    firms.submitted()
    officer = enter(client, roles.OFFICER)
    press = {"tab": "verify", "key": "0b9c4a52-3f57-4b53-8f4b-3f1d6f7d9a10"}
    once, again = client.post("/meja/ambil/", press), client.post("/meja/ambil/", press)
    assert once.url == again.url  # type: ignore[attr-defined]
    assert Case.objects.filter(owner=officer).count() == 1
    client.post("/meja/ambil/", {**press, "key": "5f0b8c1e-98a4-4d57-a0a6-0f2d54f4a2b7"})
    assert Case.objects.filter(owner=officer).count() == 2


def test_a_queue_is_narrowed_kept_shared_and_saved_as_a_file(client: Client) -> None:
    firms.submitted(name="Contoh Di Sini")
    firms.submitted(name="Contoh Di Gresik", region="Kab. Gresik")
    mine = enter(client, roles.OFFICER)
    narrowed = "tab=verify&region=35.25&sort=age&column=due"
    page = client.get(f"/meja/?{narrowed}").text
    assert "Contoh Di Gresik" in page
    assert "Contoh Di Sini" not in page
    assert '<th scope="col">Putaran</th>' not in page
    kept = {"name": "Gresik tertua", "is_shared": "on", "query": f"{narrowed}&x=<b>"}
    assert client.post("/meja/simpan/", kept).status_code == 302
    file = client.post("/meja/unduh/", {"query": narrowed})
    rows = load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:-2]] == ["Contoh Di Gresik"]
    assert mine.full_name in rows[-1][0], "the file says who took it"
    other = enter(client, roles.OFFICER)
    assert "Gresik tertua" in client.get("/meja/").text
    queue = SavedQueue.objects.get()
    assert (queue.owner, queue.query) == (mine, "tab=verify&region=35.25&sort=age&column=due")
    assert client.post(f"/meja/simpanan/{queue.pk}/hapus/").status_code == 409
    acts = AuditEvent.objects.filter(act__in=("keep_queue", "export_queue"), by=mine)
    assert set(acts.values_list("act", flat=True)) == {"keep_queue", "export_queue"}
    assert other != mine


def test_pages_by_age_leave_nobody_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.views.queue.ROWS", 2)
    names = {firms.submitted().vendor.name for _ in range(5)}
    enter(client, roles.OFFICER)
    url, seen = "/meja/?tab=verify&sort=age", set()
    while url:
        page = client.get(url)
        seen |= {row.case.vendor.name for row in page.context["rows"]}
        url = f"/meja/{page.context['next_url']}" if page.context["next_url"] else ""
    assert seen == names


def test_age_is_told_in_working_days_against_the_service_time(client: Client) -> None:
    case = firms.submitted()
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=14))
    enter(client, roles.OFFICER)
    (row,) = client.get("/meja/?tab=late").context["rows"]
    assert row.allowed == 3
    assert 10 <= row.used <= 13


def test_a_case_in_hand_is_left_to_a_colleague_who_may_act_on_it(client: Client) -> None:
    case = firms.submitted()
    officer, colleague = enter(client, roles.OFFICER), make.make_user(roles.OFFICER)
    actions.claim_case(case, by=officer)
    approver = make.make_user(roles.APPROVER)
    words = {"to": approver.email, "reason": "Cuti"}
    told = client.post(f"/meja/kasus/{case.pk}/serahkan/", words)
    assert told.status_code == 422
    assert approver.full_name in told.text  # whose hands they may not be, and what was typed stays
    assert "Cuti" in told.text
    assert client.post("/meja/serahkan/", {**words, "to": colleague.email}).status_code == 302
    case.refresh_from_db()
    assert case.owner == colleague
    assert "Contoh" in client.get("/meja/?tab=team").text
    event = AuditEvent.objects.get(act="hand_on_case")
    assert (event.reason, event.detail["person"]) == ("Cuti", colleague.pk)
