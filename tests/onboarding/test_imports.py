"""The office's sheet at the door: what is read, what is refused, and with which word.

Every file goes through the child process, as in production.
"""

import datetime
import io
import json
import subprocess
import sys
import zipfile
from time import perf_counter

import pytest
import xlsxwriter
from PIL import Image
from python_calamine import load_workbook

from onboarding.imports import (
    COLUMNS,
    REFUSALS,
    TITLES,
    escape_cell,
    read_sheet,
    write_csv_template,
    write_template,
)
from onboarding.imports.child import ROOT
from onboarding.imports.columns import fold_title, recognise_header
from onboarding.rows import check_row, index_regions

HEADER = [column.title for column in COLUMNS]
GOOD = {
    "name": "Katering Contoh",
    "legal_form": "Perorangan",
    "nib": "0001210000017",
    "owner_name": "Sulastri Contoh",
    "region": "Kota Surabaya",
}


def cells(**values):
    return [values.get(column.key, "") for column in COLUMNS]


def sheet(path, rows, *, name="Usulan", more=()):
    """Write rows of cells; strings stay strings and numbers stay numbers."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, content in ((name, rows), *more):
        page = book.add_worksheet(title)
        for number, row in enumerate(content):
            for index, cell in enumerate(row):
                page.write(number, index, cell, day if isinstance(cell, datetime.date) else None)
    book.close()
    return path


def refusal(path):
    *_, last = read_sheet(path)
    return last.get("refusal"), last.get("detail")


def rows(path, **orders):
    first, *rest, last = read_sheet(path, **orders)
    assert first["rows"] >= len(rest) == last["end"]["rows"]
    return rest


def test_filled_template_comes_back_row_by_row(tmp_path):
    path = sheet(tmp_path / "a.xlsx", [HEADER, cells(**GOOD), [], cells(**GOOD)])
    first, second = rows(path)
    assert (first["sheet"], first["row"], second["row"]) == ("Usulan", 2, 4)
    assert first["values"] == {**dict.fromkeys(TITLES, ""), **GOOD}
    assert first["repairs"] == []


def test_row_numbers_are_those_beside_the_rows_of_the_spreadsheet(tmp_path):
    letterhead = [["PEMERINTAH CONTOH"], [], ["Daftar usulan"], []]
    path = sheet(tmp_path / "a.xlsx", [*letterhead, HEADER, cells(**GOOD)])
    assert [row["row"] for row in rows(path)] == [6]


def test_header_after_the_twentieth_row_is_not_looked_for(tmp_path):
    assert rows(sheet(tmp_path / "a.xlsx", [*[["x"]] * 19, HEADER, cells(**GOOD)]))
    path = sheet(tmp_path / "b.xlsx", [*[["x"]] * 20, HEADER, [1, 2]])
    assert refusal(path) == ("no_header", {"rows": 20})


def test_titles_that_offices_use_are_recognised(tmp_path):
    header = ["No", " NAMA  UMKM ", "Badan Usaha", "Penanggung Jawab", "Kab./Kota", "No. HP / WA"]
    row = [1, "Toko Contoh", "UD", "Contoh", "Kab. Gresik", "0812-3456-7890"]
    (found,) = rows(sheet(tmp_path / "a.xlsx", [header, row]))
    assert found["values"]["phone"] == "0812-3456-7890"
    assert found["values"]["region"] == "Kab. Gresik"


def test_no_alias_stands_for_two_columns():
    folded = [fold_title(title) for column in COLUMNS for title in (column.title, *column.aliases)]
    assert len(folded) == len(set(folded))
    assert recognise_header(HEADER) == {column.key: i for i, column in enumerate(COLUMNS)}


@pytest.mark.parametrize(
    ("key", "typed", "text", "repairs"),
    [
        ("nib", 1210000017, "0001210000017", ["float_number", "zeros_restored"]),
        ("npwp", 99999997000000, "099999997000000", ["float_number", "zeros_restored"]),
        ("phone", 81234567890, "81234567890", ["float_number"]),
        ("nik", 3578994102900001, "3578994102900001", ["float_number", "digits_lost"]),
        ("kbli", 1111, "01111", ["float_number", "zeros_restored"]),
        ("capital", 50000000, "50000000", []),
        ("nik", "3,57899E+15", "3,57899E+15", ["digits_lost"]),
        ("nib", "1.210000017001E+12", "1210000017001", ["float_number"]),
        ("phone", "81234567890.0", "81234567890", ["float_number"]),
        ("kbli", datetime.date(2026, 3, 19), "46100", ["date_number"]),
        ("name", 212, "212", []),
    ],
)
def test_number_that_came_as_a_number_is_repaired_and_said(tmp_path, key, typed, text, repairs):
    (row,) = rows(sheet(tmp_path / "a.xlsx", [HEADER, cells(**{**GOOD, key: typed})]))
    assert row["values"][key] == text
    assert row["repairs"] == [[key, code] for code in repairs]


def test_formula_gives_its_value_and_text_that_looks_like_one_stays_text(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"strings_to_formulas": False})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, cells(**GOOD))
    page.write_formula(1, 0, '="Katering "&"Contoh"', None, "Katering Contoh")
    page.write_string(1, HEADER.index("Alamat"), '=HYPERLINK("http://contoh.invalid","Contoh")')
    book.close()
    (row,) = rows(tmp_path / "a.xlsx")
    assert row["values"]["name"] == "Katering Contoh"
    assert row["values"]["address"] == '=HYPERLINK("http://contoh.invalid","Contoh")'


def test_every_visible_sheet_with_our_columns_is_read_and_others_are_passed_over(tmp_path):
    path = sheet(
        tmp_path / "a.xlsx",
        [HEADER, cells(**GOOD)],
        more=[("Catatan", [["Contoh"]]), ("Kedua", [HEADER, cells(**GOOD)])],
    )
    assert [row["sheet"] for row in rows(path)] == ["Usulan", "Kedua"]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";")],
)
def test_csv_is_read_in_the_encodings_that_offices_save(tmp_path, encoding, mark):
    lines = [HEADER, cells(**{**GOOD, "name": "Kafé “Contoh”", "address": f"Jalan A{mark}No 1"})]
    text = "\r\n".join(
        mark.join(f'"{cell}"' if mark in cell else cell for cell in line) for line in lines
    )
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (row,) = rows(path)
    assert (row["sheet"], row["row"]) == ("CSV", 2)
    assert row["values"]["name"] == "Kafé “Contoh”"
    assert row["values"]["address"] == f"Jalan A{mark}No 1".replace("\t", " ")


def test_csv_with_a_quote_that_never_closes_is_refused_not_swallowed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(";".join(HEADER) + '\nToko "Contoh;CV\n"Toko;CV;;;;;;;\nx;y\n')
    assert refusal(path)[0] == "broken_sheet"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf \r\n\r\n"])
def test_empty_file_is_said_to_be_empty(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name)[0] == "empty_file"


@pytest.mark.parametrize("picture", ["PNG", "JPEG", "BMP", "TIFF"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_picture_by_another_name_is_not_a_sheet(tmp_path, picture, name):
    Image.new("RGB", (40, 40), "red").save(tmp_path / name, format=picture)
    assert refusal(tmp_path / name) == ("picture", {})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\nNama usaha", "pdf"),
        (b"<html><table>", "web_page"),
        (b'<?xml version="1.0"?><Workbook>', "web_page"),
        (b"\x00\x01\x02", "not_a_sheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "not_a_sheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook_VBA_PROJECT".encode("utf-16-le"), "macros"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"), "broken_sheet"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_other_files_say_what_they_are(tmp_path, content, code, name):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name)[0] == code


def archive(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return path


def test_zip_that_is_no_workbook_is_not_a_sheet(tmp_path):
    assert refusal(archive(tmp_path / "a.xlsx", [("word/document.xml", "x")]))[0] == "not_a_sheet"


def test_workbook_without_its_inside_is_broken(tmp_path):
    assert refusal(archive(tmp_path / "a.xlsx", [("xl/workbook.xml", "x")]))[0] == "broken_sheet"


def test_half_a_workbook_is_broken(tmp_path):
    whole = sheet(tmp_path / "a.xlsx", [HEADER, cells(**GOOD)]).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert refusal(tmp_path / "b.xlsx")[0] == "broken_sheet"


def test_workbook_with_macros_is_refused(tmp_path):
    path = sheet(tmp_path / "a.xlsx", [HEADER, cells(**GOOD)])
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")
    assert refusal(path)[0] == "macros"


def test_workbook_with_a_password_is_said_to_be_locked(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refusal(path)[0] == "locked_sheet"


@pytest.mark.parametrize(
    "entries",
    [
        [("xl/workbook.xml", b"0" * 50_000_000)],
        [(f"xl/{number}.xml", b"") for number in range(2_001)],
    ],
)
def test_zip_bomb_is_seen_before_it_is_opened(tmp_path, entries):
    started = perf_counter()
    assert refusal(archive(tmp_path / "a.xlsx", entries))[0] == "zip_bomb"
    assert perf_counter() - started < 10


def test_workbook_with_a_cell_at_the_end_of_the_world_kills_only_the_child(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, HEADER)
    page.write(1_048_575, 16_383, "x")
    book.close()
    assert refusal(tmp_path / "a.xlsx")[0] == "broken_sheet"


def test_file_beyond_the_limit_is_too_large(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x" * (15 * 1024 * 1024 + 1))
    assert refusal(tmp_path / "a.csv") == ("too_large", {"limit_mb": 15})


def test_missing_columns_are_named_with_what_was_found(tmp_path):
    path = sheet(tmp_path / "a.xlsx", [["Nama UMKM", "Alamat", "Lain"], ["Contoh", "x", "y"]])
    assert refusal(path) == (
        "wrong_columns",
        {
            "missing": ["Bentuk usaha", "Nama pemilik/direktur", "Kabupaten/Kota"],
            "found": ["Nama UMKM", "Alamat", "Lain"],
        },
    )


def test_sheet_without_our_titles_has_no_header(tmp_path):
    assert refusal(sheet(tmp_path / "a.xlsx", [["a", "b"], ["c", "d"]]))[0] == "no_header"


def test_header_without_rows_has_no_rows(tmp_path):
    assert refusal(sheet(tmp_path / "a.xlsx", [HEADER]))[0] == "no_rows"


def test_more_rows_than_the_limit_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    line = ";".join(cells(**GOOD)) + "\n"
    path.write_text(";".join(HEADER) + "\n" + line * 60_001)
    assert refusal(path) == ("too_many_rows", {"limit": 60_000})


def test_child_that_takes_too_long_is_ended(tmp_path):
    path = sheet(tmp_path / "a.xlsx", [HEADER, cells(**GOOD)])
    *_, last = read_sheet(path, seconds=0.001)
    assert last["refusal"] == "broken_sheet"


def test_every_refusal_is_one_that_the_page_can_explain(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Contoh")
    done = subprocess.run(
        [sys.executable, "-m", "onboarding.imports", str(path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["refusal"] in REFUSALS
    assert done.stderr == b""


def test_ten_thousand_faulty_rows_are_read_and_judged_in_seconds(tmp_path):
    path = tmp_path / "a.csv"
    bad = cells(
        name="Toko Contoh", legal_form="Yayasan", nib="12", nik="3578993213900001", phone="08123",
        region="Malang", capital="banyak",
    )  # fmt: skip
    path.write_text("\n".join([";".join(HEADER), *[";".join(bad)] * 10_000]))
    regions = index_regions([("35.07", "Kab. Malang"), ("35.73", "Kota Malang")])
    started = perf_counter()
    found = [check_row(row["values"], regions, {}, row["repairs"]) for row in rows(path)]
    assert perf_counter() - started < 20
    assert len(found) == 10_000
    assert {problem.code for problem in found[-1].problems} == {
        "required", "legal_form_unknown", "nib_length", "nik_date", "phone_invalid",
        "region_ambiguous", "amount_invalid", "no_contact",
    }  # fmt: skip


def test_empty_template_is_read_as_a_sheet_without_rows(tmp_path):
    write_template(tmp_path / "a.xlsx", ["Kab. Malang", "Kota Malang"])
    assert refusal(tmp_path / "a.xlsx")[0] == "no_rows"
    write_csv_template(tmp_path / "a.csv")
    assert refusal(tmp_path / "a.csv")[0] == "no_rows"


def test_template_is_text_in_every_cell_with_lists_and_a_plain_guide(tmp_path):
    content = io.BytesIO()
    write_template(content, ["Kab. Malang", "Kota Malang"])
    with load_workbook(io.BytesIO(content.getvalue())) as book:
        assert book.sheet_names == ["Usulan", "Petunjuk", "Daftar"]
        assert book.get_sheet_by_name("Usulan").to_python()[0] == HEADER
        guide = str(book.get_sheet_by_name("Petunjuk").to_python())
    assert "tidak dipungut biaya" in guide
    assert "Contoh" in guide
    with zipfile.ZipFile(content) as file:
        page = file.read("xl/worksheets/sheet1.xml").decode()
        assert file.read("xl/workbook.xml").count(b'state="hidden"') == 1
    assert page.count("<dataValidation ") == 2
    assert 'sqref="I2:I2001"' in page
    assert 'state="frozen"' in page
    assert page.count('r="O2001"') == 1


def test_template_is_the_same_file_every_time():
    one, other = io.BytesIO(), io.BytesIO()
    write_template(one, ["Kota Batu"])
    write_template(other, ["Kota Batu"])
    assert one.getvalue() == other.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_export_never_lets_a_cell_run(text):
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Toko Contoh", "0812", "1-2", "a=b"])
def test_export_leaves_plain_text_alone(text):
    assert escape_cell(text) == text
