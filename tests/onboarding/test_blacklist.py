"""The national blacklist: matched by number, looked at by name, ended by its dates."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.actions import import_blacklist, judge_name, turn_blacklist
from onboarding.errors import NotAllowed, Refused
from onboarding.imports.sanctions import read_day, rows_of
from onboarding.models import BlacklistEntry, BlacklistImport, User, Vendor
from tests import factories as make
from workflows.models import AuditEvent

HEADER = "Nama Penyedia;NPWP;Berlaku Mulai;Sampai;Surat Keputusan\n"
NPWP = "0012345671000000"  # office 000: nobody's
TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def csv_file(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("daftar-hitam.csv", (HEADER + "\n".join(rows)).encode())


def bring(*rows: str, by: User | None = None) -> BlacklistImport:
    return import_blacklist(
        file=csv_file(*rows), today=TODAY, by=by or make.make_user(roles.OFFICER)
    )


def company(name: str = "CV Contoh Sejahtera") -> Vendor:
    return make.refer(name=name, legal_form="cv", npwp=NPWP)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("31/01/2026", date(2026, 1, 31)),
        ("31 Januari 2026", date(2026, 1, 31)),
        ("5-Des-2025", date(2025, 12, 5)),
        ("31/02/2026", None),
        ("kemarin", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_rows_that_cannot_be_used_are_handed_back_with_a_reason() -> None:
    table = [
        ["Daftar Hitam"],
        ["Nama", "NPWP", "Mulai", "Sampai"],
        ["Contoh", "", "", ""],
        ["Contoh", "", "2026-02-01", "2026-01-01"],
        ["Contoh", "12", "2026-01-01", None],
        ["", "", "", ""],
    ]
    assert [(row["row"], row["problem"]) for row in rows_of(table)] == [
        (3, "sanction_without_a_day"),
        (4, "sanction_ends_before_it_begins"),
        (5, "sanction_npwp_unreadable"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begin", "end", "status"),
    [
        (YESTERDAY, TOMORROW, "INELIGIBLE"),
        (TODAY, TODAY, "INELIGIBLE"),
        (TODAY, "", "INELIGIBLE"),
        (TOMORROW, "", "ELIGIBLE"),
        (YESTERDAY - timedelta(days=9), YESTERDAY, "ELIGIBLE"),
    ],
)
def test_dates_of_the_sanction_decide(begin: date, end: date | str, status: str) -> None:
    firm = company()
    bring(f"CV Contoh Lain;{NPWP[1:]};{begin};{end};SK Contoh 1")
    assert firm.refresh().status == status


@pytest.mark.django_db
def test_sanction_ends_by_itself() -> None:
    firm = company()
    bring(f"CV Contoh;{NPWP};{YESTERDAY};{TODAY};SK Contoh 1")
    assert firm.refresh().status == "INELIGIBLE"
    system = User.objects.system()
    assert turn_blacklist(today=TODAY, by=system) == []
    # the day after: the rules look at the calendar of the day on which they judge
    BlacklistEntry.objects.update(until_on=YESTERDAY)
    assert turn_blacklist(today=TODAY, by=system) == [firm.pk]
    assert firm.refresh().status == "ELIGIBLE"
    assert turn_blacklist(today=TODAY, by=system) == []


@pytest.mark.django_db
def test_equal_name_only_asks_a_person_to_look() -> None:
    firm = company()
    bring(f"PT. Contoh Sejahtera;;{YESTERDAY};;SK Contoh 1")
    newest = firm.screenings.first()
    assert newest is not None
    assert (firm.refresh().status, newest.notes) == (
        "ELIGIBLE",
        ["scale_figures_differ", "name_on_blacklist"]
        if "scale_figures_differ" in newest.notes
        else ["name_on_blacklist"],
    )
    officer = make.make_user(roles.OFFICER)
    entry = BlacklistEntry.objects.get()
    judge_name(entry, firm, is_same=True, note="Alamat sama", by=officer)
    assert firm.refresh().status == "INELIGIBLE"
    judge_name(entry, firm, is_same=False, note="Salah lihat", by=officer)
    assert firm.refresh().status == "ELIGIBLE"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_a_new_end_is_taken_over() -> None:
    row = f"CV Contoh;{NPWP};{YESTERDAY};{{}};SK Contoh 1"
    bring(row.format(TOMORROW))
    again = bring(row.format(TOMORROW))
    assert (again.created, again.changed) == (0, 0)
    assert bring(row.format(TODAY)).changed == 1
    assert BlacklistEntry.objects.get().until_on == TODAY
    events = AuditEvent.objects.filter(act="import_blacklist")
    assert [len(event.detail["sha256"]) for event in events] == [64, 64, 64]
    assert all(NPWP not in str(event.detail) for event in events)


@pytest.mark.django_db
def test_workbook_with_dates_is_read_and_what_is_no_sheet_is_refused_with_a_sentence() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nama Penyedia", "NPWP", "Mulai", "Sampai"])
        sheet.write_row(1, 0, ["CV Contoh", NPWP])
        sheet.write_datetime(1, 2, timezone.now().replace(tzinfo=None), style)
    officer = make.make_user(roles.OFFICER)
    file = SimpleUploadedFile("daftar.xlsx", content.getvalue())
    assert import_blacklist(file=file, today=TODAY, by=officer).created == 1
    for bad in (b"%PDF-1.7 contoh", b"", b"tanpa judul\n1;2;3\n"):
        with pytest.raises(Refused):
            import_blacklist(file=SimpleUploadedFile("x.csv", bad), today=TODAY, by=officer)


@pytest.mark.django_db
def test_officer_sees_our_firms_beside_the_list_and_says_who_is_meant(client: Client) -> None:
    officer, firm = make.make_user(roles.OFFICER), company()
    client.force_login(officer)
    url = reverse("workflows:blacklist")
    rows = csv_file(f"CV Contoh Sejahtera;;{YESTERDAY};;SK 1", f"CV Bukan Kita;;{YESTERDAY};;SK 2")
    client.post(url, {"act": "import", "file": rows})
    page = client.get(url).content.decode()
    assert firm.name in page
    assert "Bukan Kita" not in page
    assert "Bukan Kita" in client.get(f"{url}?part=all").content.decode()
    entry = BlacklistEntry.objects.get(name__contains="Sejahtera")
    answer = {"act": "judge", "entry": entry.pk, "vendor": firm.pk, "is_same": "1", "note": "Sama"}
    client.post(url, answer)
    assert firm.refresh().status == "INELIGIBLE"
    assert client.post(url, {**answer, "note": ""}).status_code == 422


@pytest.mark.django_db
def test_only_officers_bring_the_list_in() -> None:
    with pytest.raises(NotAllowed):
        bring(f"CV Contoh;;{TODAY};;", by=make.make_user(roles.AUDITOR))
