"""The page of a list at every point of its road."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onboarding import imports, roles
from onboarding.actions import cancel_sheet, receive_sheet
from onboarding.models import ReferralSheet, SheetRow, User
from onboarding.sentences import say
from tests import factories as make
from tests.onboarding import lists

pytestmark = pytest.mark.django_db


def url(sheet: ReferralSheet, name: str = "sheet") -> str:
    return reverse(f"onboarding:{name}", args=[sheet.pk])


def page(client: Client, sheet: ReferralSheet, user: User | None = None, **query: Any) -> str:
    client.force_login(user or sheet.received_by)
    response = client.get(url(sheet), query)
    assert response.status_code == 200
    return response.content.decode()


def bad_rows(sheet: ReferralSheet, count: int) -> None:
    """Rows in which every cell is wrong, as the worker writes them."""
    wrong = {"column": "nib", "code": "nib_digits", "severity": "error"}
    problems = [{**wrong, "params": {"value": "9" * 80}} for _number in range(15)]
    SheetRow.objects.bulk_create(
        SheetRow(
            sheet=sheet,
            sheet_name="Lembar Contoh",
            row=number,
            received={"name": "N" * 2000, "region": "R" * 2000},
            problems=problems,
            verdict=SheetRow.Verdict.REFUSED,
        )
        for number in range(100, 100 + count)
    )


def test_a_list_that_is_being_read_shows_progress_with_and_without_scripts(
    client: Client,
) -> None:
    sheet = lists.received()
    shown = page(client, sheet)
    assert url(sheet, "sheet_progress") in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    ReferralSheet.objects.update(rows_read=37, rows_total=120)
    fragment = client.get(url(sheet, "sheet_progress"), headers={"HX-Request": "true"})
    assert 'max="120" value="37"' in fragment.content.decode()
    assert b"<html" not in fragment.content


def test_when_the_worker_is_done_the_whole_page_is_asked_for(client: Client) -> None:
    sheet = lists.read()
    client.force_login(sheet.received_by)
    done = client.get(url(sheet, "sheet_progress"), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert client.get(url(sheet, "sheet_progress")).status_code == 302


def test_an_unreadable_file_says_why_and_what_to_do(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    assert office.agency
    file = SimpleUploadedFile("contoh.csv", b"satu;dua\n1;2\n")
    sheet = receive_sheet(file=file, agency=office.agency, by=office)
    make.run_jobs()
    shown = page(client, sheet)
    assert say("no_header", {"rows": 20}) in shown
    assert reverse("onboarding:template") in shown


def test_the_rows_show_the_number_of_the_spreadsheet_the_verdict_and_the_reason(
    client: Client,
) -> None:
    known = make.refer(nib="0001210000017")
    sheet = lists.read(
        make.values(name="Contoh Baru"),
        make.values(nib=known.nib, name="Contoh Kenal"),
        make.values(name="Contoh Salah", nib="12"),
    )
    shown = page(client, sheet)
    assert '<span class="num">4</span>' in shown
    assert "Contoh Salah" in shown
    assert say("nib_length", {"value": "12"}) in shown
    assert say("same_nib") in shown
    assert str(SheetRow.Verdict.REFUSED.label) in shown


def test_a_known_firm_of_another_office_keeps_its_name(client: Client) -> None:
    known = make.refer(by=make.make_user(roles.COOPERATIVE), name="Contoh Rahasia")
    sheet = lists.read(make.values(nib=known.nib))
    assert known.name not in page(client, sheet)
    assert known.name in page(client, sheet, make.make_user(roles.OFFICER))


def test_a_known_firm_that_the_office_named_itself_is_named(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    known = make.refer(by=office, name="Contoh Milik Kita")
    sheet = lists.read(make.values(nib=known.nib, name="Contoh Lain"), by=office)
    assert known.name in page(client, sheet)


def test_an_auditor_sees_the_problem_but_not_the_number_of_a_person(client: Client) -> None:
    sheet = lists.read(make.values(nik="3578997102900001"))
    assert "3578997102900001" in page(client, sheet)
    shown = page(client, sheet, make.make_user(roles.AUDITOR))
    assert "3578997102900001" not in shown
    assert "0001" in shown


def test_the_rows_can_be_narrowed_to_a_verdict(client: Client) -> None:
    sheet = lists.read(make.values(name="Contoh Baik"), make.values(name="Contoh Salah", nib="12"))
    shown = page(client, sheet, verdict="refused")
    assert "Contoh Salah" in shown
    assert "Contoh Baik" not in shown
    assert "Contoh Baik" in page(client, sheet, verdict="apa-saja")


def test_without_an_acceptable_row_there_is_nothing_to_confirm(client: Client) -> None:
    sheet = lists.read(make.values(name=""))
    shown = page(client, sheet)
    assert url(sheet, "confirm_sheet") not in shown
    assert url(sheet, "cancel_sheet") in shown


def test_an_auditor_reads_but_is_offered_no_act(client: Client) -> None:
    sheet = lists.read()
    shown = page(client, sheet, make.make_user(roles.AUDITOR))
    assert url(sheet, "confirm_sheet") not in shown
    assert url(sheet, "cancel_sheet") not in shown


def test_an_entered_list_says_what_became_of_its_firms(client: Client) -> None:
    sheet = lists.entered(make.values(), make.values(nib=""))
    shown = page(client, sheet)
    assert f"?sheet={sheet.pk}&amp;status=ELIGIBLE" in shown
    assert f"?sheet={sheet.pk}&amp;status=INELIGIBLE" in shown


def test_a_list_being_entered_and_a_cancelled_one_say_so(client: Client) -> None:
    sheet = lists.confirmed()
    assert url(sheet, "sheet_progress") in page(client, sheet)
    other = lists.read()
    cancel_sheet(other, by=other.received_by)
    shown = page(client, other)
    assert str(ReferralSheet.State.CANCELLED.label) in shown
    assert url(other, "confirm_sheet") not in shown


@pytest.mark.parametrize("name", ["sheet", "sheet_progress", "refused_rows"])
def test_another_office_finds_nothing(client: Client, name: str) -> None:
    sheet = lists.read()
    client.force_login(make.make_user(roles.COOPERATIVE))
    assert client.get(url(sheet, name)).status_code == 404


@pytest.mark.parametrize("role", [roles.VENDOR, roles.TRAINER, roles.MANAGER, roles.ADMIN])
@pytest.mark.parametrize("name", ["sheet", "sheet_progress", "refused_rows"])
def test_other_roles_are_kept_out(client: Client, role: str, name: str) -> None:
    sheet = lists.received()
    client.force_login(make.make_user(role))
    assert client.get(url(sheet, name)).status_code == 403


def test_the_page_only_shows(client: Client) -> None:
    sheet = lists.received()
    client.force_login(sheet.received_by)
    assert client.post(url(sheet)).status_code == 405


def test_many_broken_rows_stay_a_small_page_with_few_questions_to_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sheet = lists.read()
    bad_rows(sheet, 120)
    client.force_login(sheet.received_by)
    with django_assert_max_num_queries(10):
        response = client.get(url(sheet))
    assert len(response.content) < 100 * 1024
    assert response.content.count(b'<tr class="b"') == 49


def test_pages_of_rows_lead_on_and_back(client: Client) -> None:
    sheet = lists.read()
    bad_rows(sheet, 120)
    client.force_login(sheet.received_by)
    first = client.get(url(sheet)).context["page"]
    second = client.get(first.next_url).context["page"]
    third = client.get(second.next_url).context["page"]
    assert [len(p.rows) for p in (first, second, third)] == [50, 50, 21]
    assert third.next_url == ""
    assert client.get(second.previous_url).context["page"].rows == first.rows
    assert first.previous_url == ""


def test_refused_rows_come_back_as_a_file_that_can_be_repaired_and_sent_again(
    client: Client, tmp_path: Any
) -> None:
    row = make.values(name="=HYPERLINK(1)", nib="0001210000099x", nik="3578994102900001")
    sheet = lists.read(make.values(), row)
    client.force_login(sheet.received_by)
    response = client.get(url(sheet, "refused_rows"))
    path = tmp_path / "perbaikan.xlsx"
    path.write_bytes(io.BytesIO(response.content).read())
    (values,) = [line["values"] for line in imports.read_sheet(path) if "values" in line]
    assert values["name"] == "'=HYPERLINK(1)"
    assert values["nik"] == "3578994102900001", "long numbers come back whole"
    assert values["nib"] == row["nib"]


def test_an_auditor_does_not_take_the_rows_away(client: Client) -> None:
    sheet = lists.read()
    client.force_login(make.make_user(roles.AUDITOR))
    assert client.get(url(sheet, "refused_rows")).status_code == 403
