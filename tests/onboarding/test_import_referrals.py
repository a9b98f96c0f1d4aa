"""Long lists by the command: what it prints, what it keeps, what a killed one leaves behind."""

from __future__ import annotations

import csv
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.urls import reverse

import onboarding.actions
from onboarding import roles
from onboarding.actions import firms as slow, refer_vendor
from onboarding.actions.knowledge import check_values, kbli_codes, region_codes
from onboarding.actions.lists import _frame
from onboarding.imports import COLUMNS
from onboarding.imports.cells import cell_text
from onboarding.imports.stream import Chunk, open_list
from onboarding.many_rows import Judge
from onboarding.models import Agency, Referral, ReferralSheet, SheetRow, User, Vendor
from tests import factories as make
from workflows.actions import withdraw_vendor
from workflows.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
KEYS = [column.key for column in COLUMNS]
TOLD = ["rows", "created", "linked", "review", "refused", "seconds", "batch", "errors"]
NAUGHTY = (
    '=HYPERLINK("http://contoh.test")', "'; DROP TABLE vendor; --", "\uff34\uff2f Contoh",
    "\u1e3c\u01a1\u1d89\u00eb\u1d86", "\ufdfd", "\U0001f469\u200d\U0001f467", "\u202econtoh",
    "\ufeffToko", "\u0130stanbul", "\u1e9e", "NULL", "undefined", "\\N", "%s%s", "{0}", "-", "0",
    "  Toko   Contoh ", "Toko\u00a0Contoh", "Toko\tContoh", "Toko\nContoh", "1e400", "<b>", "'",
    '"', "T\u0321\u033ao\u035e", "\ufb01rma", "\u0661\u0662\u0663", "\u2460\u2461", "9" * 30,
    "a" * 300, "\U0001f1ee\U0001f1e9", "\u03a9\u2248", '""', "|",
)  # fmt: skip
TWISTS = {
    "nib": ("0001230000017", "00 0123 0000017", "1234567890123", "1111111111111", "12345", "-",
            "belum ada", "1.23457E+12", "0001230000017.0", "91203001O2345", "0-001230000017"),
    "npwp": ("00.123.456.7-000.000", "001234567000000", "0012345670000000", "3578996010700001",
             "001.234.567.0-000.000", "0012345670000000000001", "123456789012345", "12", "-",
             "0000000000000000"),
    "nik": ("3578996010700001", "3578990229990001", "3578994102000001", "9978990101900001",
            "1111111111111111", "3578993002900001", "35789901019000", "3578 9901 0190 0001"),
    "phone": ("081234567890", "+62 812-3456-7890", "62812345678", "6208123456789", "0812 345 678",
              "(031) 5012345", "081234", "08041234567", "+6591234567", "0812345678/0813456789",
              "0812345678901234", "00628123456789", "80012345678", "081111111111"),
    "email": ("a@b.id", "A@Contoh.Test", "a@b", "a b@c.id", "-", "tidak ada", "a@b.id; c@d.id"),
    "region": ("Kota Malang", "Malang", "KAB. MALANG", "35.73", "3573", "Kota Contoh",
               "kodya malang", "Malang Kab", "Surabya", ""),
    "legal_form": ("CV", "cv.", "PT Perorangan", "UD", "Yayasan", "", "Toko", "P.T."),
    "kbli": ("56210", "56210, 47111", "5621", "99999", "-", "56210/47111/x", "kuliner"),
    "capital": ("0", "-", "1.500.000", "Rp 50.000.000,00", "1,5 juta", "1500000,-", "1.5", "12 rb",
                "Rp.1.000", "00500", "10000000000000000", "dua juta", "-5", "1,000,000"),
    "name": ("PT Contoh Jaya", "CV. Contoh, S.E.", "UD", "H. Moch. Contoh", "...", "",
             "Toko Contoh S.Pd", "Koperasi", "PT CV UD", "M. Contoh", "Moh " * 40),
}  # fmt: skip


def written(folder: Path, rows: list[dict[str, Any]], name: str = "contoh.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in COLUMNS])
        writer.writerows([[row.get(key, "") for key in KEYS] for row in rows])
    return path


def imported(path: Path, capsys: pytest.CaptureFixture[str], **options: Any) -> dict[str, Any]:
    capsys.readouterr()
    call_command("import_referrals", str(path), agency="dindik", json=True, **options)
    return json.loads(capsys.readouterr().out)


def noisy(count: int) -> list[dict[str, Any]]:
    """Rows of which many share a number or a name, and some have strange cells."""
    rng = random.Random(4)
    pool = [make.values(nik="3578996010700001") for _ in range(max(count // 8, 3))]
    rows = []
    for _ in range(count):
        row = make.values()
        for key in rng.sample(KEYS, rng.choice((0, 0, 1, 1, 2, 3))):
            row[key] = rng.choice(pool)[key]
        for key in rng.sample(sorted(TWISTS), rng.choice((0, 0, 0, 1, 2))):
            row[key] = rng.choice(TWISTS[key])
        if rng.random() < 0.05:
            row[rng.choice(KEYS)] = rng.choice(NAUGHTY)
        rows.append(row)
    return rows


def test_one_object_is_printed_and_every_row_has_its_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = make.refer(nib="0001210000017", phone="081234567890")
    again = make.values()
    rows = [
        make.values(),
        make.values(nib=known.nib),
        make.values(nib="", phone="081234567890"),
        make.values(region="Kota Surabya"),
        again,
        again,
    ]
    told = imported(written(tmp_path, rows), capsys)
    assert list(told) == TOLD
    counts = [told[key] for key in TOLD[:5]]
    assert counts == [6, 2, 2, 1, 1]
    (error,) = told["errors"]
    assert error["sheet"] == "CSV"
    assert (error["row"], error["column"]) == (5, "region")
    assert "Surabaya" in error["message"] + error["repair"]
    sheet = ReferralSheet.objects.get(pk=told["batch"])
    assert (sheet.state, sheet.agency.code, sheet.rows_read) == ("ENTERED", "dindik", 6)
    assert sheet.referrals.get(row=3).vendor == known
    assert sheet.rows.get().verdict == SheetRow.Verdict.REFUSED


def test_one_event_tells_of_a_whole_list_and_its_firms_are_screened_by_a_job(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], client: Any
) -> None:
    told = imported(written(tmp_path, [make.values() for _ in range(4)]), capsys)
    entered = AuditEvent.objects.get()
    assert (entered.act, entered.detail["created"]) == ("enter_sheet", 4)
    assert entered.detail["sha256"] == ReferralSheet.objects.get(pk=told["batch"]).sha256
    assert Job.objects.filter(kind=Job.Kind.SCREEN_SHEET, subject_id=told["batch"]).exists()
    make.run_jobs()
    assert Vendor.objects.filter(status="ELIGIBLE").count() == 4
    screened = AuditEvent.objects.filter(act="screen_sheet")
    assert [event.detail["eligible"] for event in screened] == [4]
    assert not AuditEvent.objects.filter(vendor__isnull=False).exists()
    client.force_login(make.make_user(roles.OFFICER))
    vendor = Vendor.objects.first()
    assert vendor
    page = client.get(reverse("workflows:vendor", args=[vendor.pk]) + "?part=history")
    assert {event["at"] for event in page.context["events"]} >= {entered.at, screened[0].at}


def test_a_firm_that_cannot_be_judged_stops_no_other_of_its_list_and_an_officer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = imported(written(tmp_path, [make.values() for _ in range(5)]), capsys)
    gone, ill, *_others = Vendor.objects.order_by("pk")
    withdraw_vendor(gone, reason="Contoh", by=make.make_user(roles.OFFICER))  # before the job
    judge_vendors = onboarding.actions.judge_vendors

    def judge(vendor_ids: list[int], **more: Any) -> Any:
        if ill.pk in vendor_ids:
            raise LookupError
        return judge_vendors(vendor_ids, **more)

    monkeypatch.setattr("onboarding.actions.judge_vendors", judge)
    make.run_jobs()
    assert sorted(Vendor.objects.values_list("status", flat=True)) == [
        *("ELIGIBLE", "ELIGIBLE", "ELIGIBLE", "REFERRED", "WITHDRAWN"),
    ]
    event = AuditEvent.objects.get(act="screen_sheet")
    assert (event.detail["eligible"], event.detail["unscreened"]) == (3, [ill.pk])
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(reverse("onboarding:sheet", args=[told["batch"]])).content.decode()
    assert "1 usaha dalam daftar ini" in page or "1 business of this list" in page


def test_a_dry_run_says_the_same_and_keeps_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, noisy(60))
    before = imported(path, capsys, dry_run=True)
    assert not any(m.objects.exists() for m in (ReferralSheet, Vendor, Job, AuditEvent))
    after = imported(path, capsys)
    for told in (before, after):
        del told["seconds"], told["batch"]
    assert before == after


def test_the_same_file_again_says_so_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, [make.values()])
    first = imported(path, capsys)
    call_command("import_referrals", str(path), agency="dindik", json=True)
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["rows"], told["created"], told["batch"]) == (0, 0, first["batch"])
    assert str(first["batch"]) in said.err
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", "empty_file"),
        (b"satu;dua\n1;2\n", "no_header"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04 kaput", "broken_sheet"),
        (b"Nama usaha;NIB\nContoh;1\n", "wrong_columns"),
    ],
)
def test_a_file_that_is_no_list_ends_with_three_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, refusal: str
) -> None:
    path = tmp_path / "contoh.csv"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as end:
        call_command("import_referrals", str(path), agency="dindik", json=True)
    assert end.value.code == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["refusal"], told["rows"], told["errors"]) == (refusal, 0, [])
    assert told["message"]
    assert not ReferralSheet.objects.exists()


def test_an_unknown_office_is_named_with_the_codes_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="dindik"):
        call_command("import_referrals", str(written(tmp_path, [])), agency="tidak-ada")


def test_columns_are_taken_as_the_mapping_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = make.values()
    path = tmp_path / "contoh.csv"
    cells = [row["name"], "Perorangan", row["owner_name"], "Kota Malang", row["nib"]]
    path.write_text("A;B;C;D;E\n" + ";".join(cells) + "\n", encoding="utf-8")
    mapping = {"name": "A", "legal_form": 1, "owner_name": "C", "region": 3, "nib": 4}
    told = imported(path, capsys, map=json.dumps(mapping))
    assert told["created"] == 1
    vendor = Vendor.objects.get()
    assert (vendor.name, vendor.nib, vendor.region_id) == (row["name"], row["nib"], "35.73")


def test_a_workbook_is_entered_with_the_rows_that_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], client: Any
) -> None:
    path = tmp_path / "contoh.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Usulan")
        sheet.write_string(0, 0, "Daftar Contoh")
        sheet.write_row(2, 0, [column.title for column in COLUMNS])
        for number, row in enumerate((make.values(), make.values(phone="12")), start=3):
            sheet.write_row(number, 0, [row[key] for key in KEYS])
        sheet.write_row(5, 0, ["Jumlah", "", "", "2"])
    told = imported(path, capsys)
    assert [told[key] for key in TOLD[:5]] == [2, 1, 0, 0, 1]
    (error,) = told["errors"]
    assert (error["sheet"], error["row"], error["column"]) == ("Usulan", 5, "phone")
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(reverse("onboarding:sheet", args=[told["batch"]]))
    assert [tile["number"] for tile in page.context["tiles"]] == ["1", "0", "0", "1"]


def test_columns_judge_to_the_very_verdicts_of_rows() -> None:
    rows = noisy(1500)
    rows += [make.values(**{key: text}) for key in KEYS for text in NAUGHTY]
    rows += [make.values(**{key: text}) for key, texts in TWISTS.items() for text in texts]
    fast = judged([[str(row.get(key, "")) for key in KEYS] for row in rows])
    differing = []
    for number, row in enumerate(rows):
        cells = {key: cell_text(key, str(row.get(key, ""))) for key in KEYS}
        values = {key: text for key, (text, _codes) in cells.items()}
        repairs = [(key, code) for key, (_text, codes) in cells.items() for code in codes]
        checked = check_values(values, repairs)
        expected = (values, checked.clean if checked.is_acceptable else checked.problems)
        if fast[number] != expected:
            differing.append((fast[number], expected))
    assert differing == []


def judged(texts: list[list[str]]) -> dict[int, Any]:
    numbers = list(range(len(texts)))
    rows = [tuple(text) for text in texts]
    chunk = Chunk(numbers=numbers, sheets=[""] * len(rows), rows=numbers, texts=rows)
    found = Judge(region_codes(), kbli_codes()).judge(_frame(chunk), {})
    told: dict[int, Any] = {
        refused.row: (dict(refused.received), refused.checked.problems) for refused in found.refused
    }
    for row in found.accepted.iter_rows(named=True):
        received = json.loads(row["received"])
        checked = check_values(received)
        clean = {key: row.get(key, checked.clean[key]) for key in checked.clean}
        told[row["number"]] = (received, clean)
        assert row["folded_name"] == slow.fold_name(clean["name"])
    return told


def test_a_list_is_entered_as_if_row_after_row_had_been_typed_into_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in noisy(300) if not any(cell_text(k, str(row[k]))[1] for k in KEYS)]
    agency = Agency.objects.get(code="dindik")
    by = make.make_user(roles.AGENCY)
    for row in rows[:40]:  # some are known before the list comes
        if check_values(row).is_acceptable:
            refer_vendor(values=row, agency=agency, by=by)
    path = written(tmp_path, rows)
    facts = [f.attname for f in Vendor._meta.concrete_fields if f.name not in TIMES]

    def as_kept() -> list[Any]:
        named = Referral.objects.order_by("pk").values_list(
            "vendor_id", "verdict", "received", "reason", "needs_look", "source"
        )
        places: dict[int, int] = {}
        told = [(places.setdefault(v, len(places)), *rest) for v, *rest in list(named)[before:]]
        firms = {firm.pk: firm for firm in Vendor.objects.all()}
        kept = [[getattr(firms[pk], name) for name in facts] for pk in places]
        return [told, kept]

    before = Referral.objects.count()
    mark = transaction.savepoint()
    imported(path, capsys, chunk=97)
    fast = as_kept()
    transaction.savepoint_rollback(mark)
    system = User.objects.system()
    for chunk in open_list(path).chunks(0, 10_000):
        for texts in chunk.texts:
            cells = {k: cell_text(k, t)[0] for k, t in zip(KEYS, texts, strict=True)}
            if any(cells.values()) and check_values(cells).is_acceptable:
                refer_vendor(values=cells, agency=agency, by=system)
    assert fast == as_kept()


TIMES = ("id", "status", "status_at", "created_at")


def test_every_referral_is_listed_with_the_firm_that_has_its_credit_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [make.values(), make.values(legal_form="Yayasan"), make.values()]
    imported(written(tmp_path, rows), capsys)
    first, second = Vendor.objects.order_by("pk")
    Vendor.objects.filter(pk=second.pk).update(merged_into=first)
    call_command("list_referrals", jsonl=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        {"file": "contoh.csv", "sheet": "CSV", "row": 2, "vendor": first.pk, "verdict": "created"},
        {"file": "contoh.csv", "sheet": "CSV", "row": 3, "vendor": None, "verdict": "refused"},
        {"file": "contoh.csv", "sheet": "CSV", "row": 4, "vendor": first.pk, "verdict": "created"},
    ]


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_killed_goes_on_without_twins(
    tmp_path: Path, office: None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, [make.values() for _ in range(3000)])
    command = [sys.executable, "-c", START, str(path), json.dumps(place())]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        while Referral.objects.count() < 200 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    sheet = ReferralSheet.objects.get()
    assert 0 < sheet.records_entered < 3000
    assert sheet.state == ReferralSheet.State.CONFIRMED
    told = imported(path, capsys)
    assert (told["batch"], told["rows"], told["created"]) == (sheet.pk, 3000, 3000)
    assert Vendor.objects.count() == Referral.objects.values("row").distinct().count() == 3000


START = """
import json, sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"].update(json.loads(sys.argv[2]))
from django.core.management import call_command
call_command("import_referrals", sys.argv[1], agency="dindik", chunk=25)
"""


def place() -> dict[str, Any]:
    """Where the database of this test is."""
    return {"NAME": str(connection.settings_dict["NAME"])}
