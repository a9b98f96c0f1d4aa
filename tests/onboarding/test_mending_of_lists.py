"""A list of an office's own: its columns confirmed, its rows mended, sent again, taken back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from onboarding import imports, roles
from onboarding.actions import (
    accept_repairs,
    confirm_columns,
    confirm_sheet,
    fix_row,
    overrule_doubt,
    receive_sheet,
)
from onboarding.errors import NotAllowed, Refused, SheetNotReady
from onboarding.models import ColumnMap, Referral, ReferralSheet, SheetRow, Status, User, Vendor
from tests import factories as make
from tests.naughty import NAUGHTY
from tests.onboarding import lists
from workflows.actions import foresee_undoing, undo_sheet
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
State = ReferralSheet.State
OWN = "Usaha X;Orang;Nomor A;Kontak Y;Tempat;Kode Kami"
ROWS = (
    "CV Contoh Satu;Budi Contoh;0001210000011;081234567890;Kab. Gresik;A-1",
    "CV Contoh Dua;Ani Contoh;0001210000012;081234567891;Kab. Gresikk;=1+1",
)


@pytest.fixture
def office() -> User:
    return make.make_user(roles.AGENCY)


def sent(office: User, *rows: str, titles: str = OWN) -> ReferralSheet:
    """A list of the office's own, as far as the machine comes with it."""
    file = SimpleUploadedFile("contoh.csv", "\n".join([titles, *rows]).encode())
    assert office.agency
    sheet = receive_sheet(file=file, agency=office.agency, again=True, by=office)
    make.run_jobs()
    sheet.refresh_from_db()
    return sheet


def confirmed_columns(office: User, *rows: str) -> ReferralSheet:
    """A list whose columns were confirmed as they were guessed."""
    sheet = sent(office, *(rows or ROWS))
    (own,) = sheet.layout["sheets"]
    confirm_columns(sheet, places={own["signature"]: own["places"]}, by=office)
    make.run_jobs()
    sheet.refresh_from_db()
    return sheet


def entered(sheet: ReferralSheet) -> ReferralSheet:
    """The list confirmed and entered."""
    confirm_sheet(sheet, by=sheet.received_by)
    make.run_jobs()
    sheet.refresh_from_db()
    return sheet


def url(sheet: ReferralSheet, name: str, *more: int) -> str:
    return reverse(name if ":" in name else f"onboarding:{name}", args=[sheet.pk, *more])


# --- columns --------------------------------------------------------------------------------------
def test_columns_that_are_not_sure_wait_for_a_person_and_are_then_remembered(
    client: Client, office: User
) -> None:
    sheet = sent(office, *ROWS)
    assert (sheet.state, sheet.rows.count()) == (State.COLUMNS, 0)
    client.force_login(office)
    assert url(sheet, "confirm_columns") in client.get(url(sheet, "sheet")).content.decode()
    page = client.get(url(sheet, "confirm_columns")).content.decode()
    assert "Usaha X" in page
    assert "081234567890" not in page, "long numbers are covered"
    body = {"s0-0": "name", "s0-1": "owner_name", "s0-2": "nib", "s0-3": "phone", "s0-4": "region"}
    assert client.post(url(sheet, "confirm_columns"), {**body, "s0-5": "nib"}).status_code == 422
    assert client.post(url(sheet, "confirm_columns"), body).status_code == 302
    make.run_jobs()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows_read) == (State.READ, 2)
    assert ColumnMap.objects.get().confirmed_by == office
    again = sent(office, ROWS[1])
    assert again.state == State.READ
    shown = client.get(url(again, "sheet")).content.decode()
    assert url(again, "confirm_columns") in shown
    other = sent(make.make_user(roles.COOPERATIVE), *ROWS)
    assert other.state == State.COLUMNS, "each office has columns of its own"


def test_columns_need_the_names_of_the_firms_and_are_not_chosen_twice(office: User) -> None:
    sheet = sent(office, *ROWS)
    signature = sheet.layout["sheets"][0]["signature"]
    with pytest.raises(Refused):
        confirm_columns(sheet, places={signature: {"nib": 2}}, by=office)
    with pytest.raises(Refused):
        confirm_columns(sheet, places={signature: {"name": 0, "nib": 0}}, by=office)
    with pytest.raises(NotAllowed):
        confirm_columns(sheet, places={}, by=make.make_user(roles.AUDITOR))
    confirm_columns(sheet, places={signature: {"name": 0}}, by=office)
    with pytest.raises(SheetNotReady):
        confirm_columns(sheet, places={signature: {"name": 0}}, by=office)


# --- repairs --------------------------------------------------------------------------------------
def test_all_repairs_of_a_kind_are_accepted_by_one_act_and_what_was_received_stays(
    client: Client, office: User
) -> None:
    sheet = confirmed_columns(office)
    assert set(sheet.rows.values_list("verdict", flat=True)) == {"refused"}
    client.force_login(office)
    shown = client.get(url(sheet, "sheet")).content.decode()
    assert 'value="legal_form:required"' in shown
    assert client.post(url(sheet, "accept_repairs"), {"kind": "legal_form:required"}).status_code
    first, second = sheet.rows.order_by("pk")
    assert (first.verdict, first.clean["legal_form"]) == ("created", "cv")
    assert (first.received["legal_form"], first.fixes) == ("", {"legal_form": "CV"})
    assert second.verdict == "refused"
    client.post(url(sheet, "accept_repairs"), {"one": f"{second.pk}:region:region_misspelt"})
    second.refresh_from_db()
    assert (second.verdict, second.clean["region"]) == ("created", "35.25")
    event = AuditEvent.objects.filter(act="fix_rows").order_by("pk").first()
    assert event
    assert (event.detail["count"], event.detail["rows"]) == (2, [2, 3])
    with pytest.raises(Refused):
        accept_repairs(sheet, column="legal_form", code="required", by=office)


def test_a_row_is_mended_by_hand_and_judged_at_once(client: Client, office: User) -> None:
    sheet = lists.read(make.values(nib="12"), by=office)
    row = sheet.rows.get()
    client.force_login(office)
    page = client.get(url(sheet, "fix_row", row.pk)).content.decode()
    assert 'value="12"' in page
    typed = {**row.received, "region": "Kota Surabaya", "legal_form": "Perorangan"}
    client.post(url(sheet, "fix_row", row.pk), {**typed, "nib": "0001210000017"})
    row.refresh_from_db()
    assert (row.verdict, row.received["nib"], row.fixes["nib"]) == (
        "created",
        "12",
        "0001210000017",
    )
    fix_row(row, values={"nib": "12"}, by=office)
    row.refresh_from_db()
    assert ("nib" in row.fixes, row.verdict) == (False, "refused")


def test_a_doubted_number_is_kept_when_a_person_says_how_they_know(
    client: Client, office: User
) -> None:
    sheet = lists.read(make.values(nik="3578993213900001"), by=office)
    row = sheet.rows.get()
    assert (row.verdict, row.clean["nik"]) == ("refused", "")
    client.force_login(office)
    answer = {"column": "nik", "code": "nik_date", "reason": "Sesuai KTP"}
    client.post(url(sheet, "overrule_doubt", row.pk), answer)
    row.refresh_from_db()
    assert (row.verdict, row.clean["nik"]) == ("created", "3578993213900001")
    detail = AuditEvent.objects.get(act="answer_doubt").detail
    assert "3578993213900001" not in str(detail)
    with pytest.raises(Refused):
        overrule_doubt(row, column="nik", code="nik_length", reason="Contoh", by=office)


def test_a_confirmed_list_is_not_mended_any_more(office: User) -> None:
    sheet = lists.confirmed(by=office)
    with pytest.raises(SheetNotReady):
        fix_row(sheet.rows.get(), values={"name": "Contoh"}, by=office)


def test_the_list_comes_back_in_the_offices_own_columns_and_can_be_sent_again(
    client: Client, office: User, tmp_path: Any
) -> None:
    sheet = confirmed_columns(office)
    accept_repairs(sheet, column="legal_form", code="required", by=office)
    client.force_login(office)
    response = client.get(url(sheet, "mended_file"))
    with load_workbook(io.BytesIO(response.content)) as book:
        titles, first, second = book.get_sheet_by_index(0).to_python()
    assert titles == [*OWN.split(";"), "Bentuk usaha", "Masalah"]
    assert first == [*ROWS[0].split(";"), "CV", ""]
    assert second[5] == "'=1+1"
    assert "Kab. Gresik" in second[-1]
    (tmp_path / "a.xlsx").write_bytes(response.content)
    known = imports.recognise_columns(tmp_path / "a.xlsx")
    assert known["sheets"][0]["places"]["legal_form"] == 6


# --- sent again -----------------------------------------------------------------------------------
def test_a_corrected_list_sent_again_touches_only_what_changed(
    client: Client, office: User
) -> None:
    same, wrong, late = make.values(), make.values(phone="081200000001"), make.values(nib="12")
    entered(lists.read(same, wrong, late, by=office))
    right = {**wrong, "phone": "081200000002"}
    sheet = lists.read(same, right, {**late, "nib": "0001210000099"}, by=office)
    assert list(sheet.rows.order_by("pk").values_list("change", flat=True)) == [
        "unchanged", "changed", "new",
    ]  # fmt: skip
    client.force_login(office)
    assert client.get(url(sheet, "sheet")).status_code == 200
    entered(sheet)
    assert Referral.objects.filter(agency=office.agency).count() == 3
    assert Vendor.objects.get(nib=wrong["nib"]).phone == "+6281200000002"
    (detail,) = AuditEvent.objects.filter(act="enter_sheet", detail__sheet=sheet.pk).values_list(
        "detail", flat=True
    )
    assert (detail["unchanged"], detail["changed"], detail["created"]) == (1, 1, 1)


def test_what_somebody_else_corrected_since_is_left_to_an_officer(office: User) -> None:
    row = make.values()
    entered(lists.read(row, by=office))
    Vendor.objects.update(address="Jalan Contoh Petugas 5")
    entered(lists.read({**row, "address": "Jalan Contoh Lain 9"}, by=office))
    assert Vendor.objects.get().address == "Jalan Contoh Petugas 5"
    assert Referral.objects.get().needs_look


def test_the_same_rows_from_another_office_are_referrals_of_its_own(office: User) -> None:
    row = make.values()
    entered(lists.read(row, by=office))
    entered(lists.read(row, by=make.make_user(roles.COOPERATIVE)))
    assert (Referral.objects.count(), Vendor.objects.count()) == (2, 1)


# --- taken back -----------------------------------------------------------------------------------
def test_a_whole_list_is_taken_back_once_and_what_has_begun_stays(
    client: Client, office: User
) -> None:
    alone, shared, begun = make.values(), make.values(), make.values()
    sheet = entered(lists.read(alone, shared, begun, by=office))
    entered(lists.read(shared, by=make.make_user(roles.COOPERATIVE)))
    make.invite(Vendor.objects.get(nib=begun["nib"]))
    foreseen = foresee_undoing(sheet)
    assert (foreseen.referrals, foreseen.leaving.count(), foreseen.staying.count()) == (3, 1, 2)
    client.force_login(office)
    page = url(sheet, "workflows:undo_sheet")
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": " "}).status_code == 422
    client.post(page, {"reason": "Berkas yang salah"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.undone_by) == (State.UNDONE, office)
    statuses = {v.nib: v.status for v in Vendor.objects.all()}
    assert statuses[alone["nib"]] == Status.WITHDRAWN
    assert statuses[begun["nib"]] == Status.INVITED
    assert not Vendor.objects.visible_to(office).exists()
    detail = AuditEvent.objects.get(act="undo_sheet").detail
    assert (detail["taken_back"], detail["leaving"], detail["stayed"]) == (3, 1, 2)
    with pytest.raises(SheetNotReady):
        undo_sheet(sheet, reason="Sekali lagi", by=office)
    assert AuditEvent.objects.filter(act="undo_sheet").count() == 1


def test_a_firm_that_left_with_its_list_comes_back_as_the_right_list_says(office: User) -> None:
    wrong = make.values(name="Contoh Salah Kolom")
    sheet = entered(lists.read(wrong, by=office))
    undo_sheet(sheet, reason="Kolom tertukar", by=office)
    right = {**wrong, "name": "Contoh Benar"}
    entered(lists.read(right, by=office))
    firm = Vendor.objects.get()
    assert (firm.name, firm.status) == ("Contoh Benar", Status.ELIGIBLE)
    assert Referral.objects.standing().count() == 1


def test_only_the_office_itself_or_the_bureau_takes_a_list_back(office: User) -> None:
    sheet = entered(lists.read(by=office))
    for by in (make.make_user(roles.COOPERATIVE), make.make_user(roles.AUDITOR)):
        with pytest.raises(Exception, match=r".+"):
            undo_sheet(sheet, reason="Contoh", by=by)
    assert undo_sheet(sheet, reason="Contoh", by=make.make_user(roles.OFFICER)).state == "UNDONE"


# --- paste and bad input --------------------------------------------------------------------------
def test_rows_pasted_from_a_spreadsheet_are_a_list_like_any_other(
    client: Client, office: User
) -> None:
    titles = "Nama usaha\tBentuk usaha\tNama pemilik\tKab/Kota"
    pasted = (
        f'{titles}\r\nContoh Tempel\tCV\tBudi Contoh\tKota Batu\r\n"Toko\r\nDua"\tUD\tAni\tBatu'
    )
    client.force_login(office)
    page = client.post(reverse("onboarding:upload_sheet"), {"pasted": pasted})
    assert page.status_code == 302
    make.run_jobs()
    sheet = ReferralSheet.objects.get()
    names = [row.clean["name"] for row in sheet.rows.order_by("pk")]
    assert names == ["Contoh Tempel", "Toko Dua"]
    nothing = client.post(reverse("onboarding:upload_sheet"), {"pasted": "  "})
    assert nothing.context["form"].errors["file"]


def test_naughty_text_in_every_column_is_shown_mended_and_exported_harmlessly(
    client: Client, office: User
) -> None:
    base = make.values()
    sheet = lists.read(*({**base, **dict.fromkeys(base, text)} for text in NAUGHTY), by=office)
    assert sheet.state == State.READ
    client.force_login(office)
    shown = client.get(url(sheet, "sheet")).content.decode()
    assert "<script>alert(1)" not in shown
    assert sheet.rows.count() > 515  # a row of nothing but spaces is none
    for row in list(SheetRow.objects.filter(sheet=sheet))[::13]:
        assert client.get(url(sheet, "fix_row", row.pk)).status_code == 200
    content = client.get(url(sheet, "mended_file")).content
    with load_workbook(io.BytesIO(content)) as book:
        cells = [cell for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert not any(str(cell).startswith(("=", "@", "-", "+")) for cell in cells)
