"""An office's own list: its titles, its places, what is no firm, and every kind of file."""

import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from onboarding.imports import COLUMNS
from onboarding.imports.columns import key_of
from onboarding.imports.reading import read_lines
from tests.onboarding.test_imports import GOOD, HEADER, cells, refusal

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "lists"
FIRMS = (
    ["CV Contoh Jaya", "Budi Contoh", "0001210000017", "081234567890", "Kab. Gresik"],
    ["UD Contoh Maju", "Ani Contoh", "0001210000018", "081234567891", "Kota Malang"],
    ["Toko Contoh", "Eko Contoh", "0001210000019", "081234567892", "Surabaya"],
)
OWN = ["Nama Usaha", "Pemilik", "No. Induk Berusaha", "No. HP", "Kab/Kota"]


def rows(path, **orders):
    """The rows of a file, read in this process: what is hostile goes through the child."""
    _first, *filled, _end = read_lines(path, **orders)
    return filled


def columns(path, **orders):
    (only,) = next(read_lines(path, only_columns=True, **orders))["sheets"]
    return only


def text(path, content, mark=";", encoding="utf-8"):
    path.write_bytes("\n".join(mark.join(map(str, line)) for line in content).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Nomor Induk Berusaha (NIB)", "nib"), ("NIB 13 digit *", "nib"),
        ("Nomer Induk Berusaha", "nib"), ("No. Izin Berusaha", "nib"),
        ("Nama Usha", "name"), ("NAMA  UKM", "name"), ("Pemilik Nama", "owner_name"),
        ("No. KTP / NIK", "nik"), ("Kabupten/Kota", "region"), ("Omzet per Tahun (Rp)",
        "yearly_sales"), ("No. Telp/HP", "phone"), ("NPWP Persahaan", "npwp"),
        ("Nomor NIP", ""), ("No", ""), ("Tanggal", ""), ("Kecamatan", ""),
    ],
)  # fmt: skip
def test_titles_are_known_by_many_names_and_through_slips_of_the_pen(title, key):
    assert key_of(title)[0] == key


def test_every_column_has_at_least_twenty_names():
    assert {column.key for column in COLUMNS if len(column.aliases) < 19} == set()


def test_titles_over_two_rows_numbers_of_columns_totals_and_signatures_are_no_firms(tmp_path):
    path = text(tmp_path / "a.csv", [
        ["DAFTAR UMKM"], [], ["No", "Nama Usaha", "Pemilik", "", "Kab/Kota"],
        ["", "", "Nama", "NIK", ""], ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "CV Contoh", "Budi", "3578994102900001", "Gresik"],
        ["No", "Nama Usaha", "Nama", "NIK", "Kab/Kota"],
        [2, "UD Contoh", "Ani", "3578994102900002", "Kota Malang"],
        ["", "Jumlah", "2", "", ""], ["", "Mengetahui", "", "", ""],
    ])  # fmt: skip
    *_, last = read_lines(path)
    assert [row["row"] for row in rows(path)] == [6, 8]
    assert rows(path)[0]["values"]["nik"] == "3578994102900001"
    assert rows(path)[0]["others"] == {"0": "1"}
    assert [(one["row"], one["why"]) for one in last["end"]["skipped"]] == [
        (5, "numbers"), (7, "header"), (9, "total"), (10, "below"),
    ]  # fmt: skip


def test_columns_are_known_by_what_they_hold_and_a_person_is_asked(tmp_path):
    path = text(tmp_path / "a.csv", [["A", "B", "C", "D", "E"], *FIRMS])
    found = columns(path)
    assert found["places"] == {"name": 0, "owner_name": 1, "nib": 2, "phone": 3, "region": 4}
    assert {column["reason"] for column in found["columns"]} == {"content"}
    (only,) = read_lines(path)
    assert set(only) == {"columns"}


def test_a_list_without_any_titles_is_known_by_what_it_holds(tmp_path):
    found = columns(text(tmp_path / "a.csv", FIRMS, mark="|"))
    assert (found["header"], found["places"]["nib"]) == (0, 2)


def test_two_columns_called_nama_are_told_apart_by_what_they_hold(tmp_path):
    people_first = [[row[1], row[0], row[4]] for row in FIRMS]
    found = columns(text(tmp_path / "a.csv", [["Nama", "Nama", "Kabupaten"], *people_first]))
    assert (found["places"]["owner_name"], found["places"]["name"]) == (0, 1)
    assert not found["is_sure"]


def test_two_full_columns_with_one_title_are_asked_about(tmp_path):
    doubled = [[*row, row[2]] for row in FIRMS]
    found = columns(text(tmp_path / "a.csv", [[*OWN, OWN[2]], *doubled]))
    assert not found["is_sure"]


def test_a_title_that_the_cells_contradict_is_asked_about(tmp_path):
    swapped = [[row[0], row[1], row[3], row[2], row[4]] for row in FIRMS]
    found = columns(text(tmp_path / "a.csv", [OWN, *swapped]))
    assert (found["is_sure"], found["places"]["nib"], found["places"]["phone"]) == (False, 3, 2)


@pytest.mark.parametrize("said", [2, "no. induk berusaha", "C"])
def test_a_mapping_names_columns_by_place_title_or_letter(tmp_path, said):
    path = text(tmp_path / "a.csv", [OWN, *FIRMS])
    first = rows(path, mapping={"name": 0, "nib": said})[0]
    assert (first["values"]["nib"], first["values"]["owner_name"]) == (FIRMS[0][2], "")


def test_what_a_person_said_of_these_titles_is_used_next_time(tmp_path):
    path = text(tmp_path / "a.csv", [["A", "B", "C", "D", "E"], *FIRMS])
    places = {"name": 0, "owner_name": 1, "region": 4}
    remembered = {columns(path)["signature"]: places}
    other = text(tmp_path / "b.csv", [["A", "B", "C", "D", "E"], *FIRMS[:1]])
    (only,) = rows(other, remembered=remembered)
    assert (only["values"]["region"], only["others"]["2"]) == ("Kab. Gresik", FIRMS[0][2])


def test_hidden_sheets_are_passed_over_and_named(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("Usulan", "Rahasia"):
        page = book.add_worksheet(name)
        for number, line in enumerate([HEADER, cells(**GOOD)]):
            page.write_row(number, 0, line)
    page.hide()
    book.close()
    first, *_ = read_lines(tmp_path / "a.xlsx")
    assert first["layout"]["hidden"] == ["Rahasia"]
    assert {row["sheet"] for row in rows(tmp_path / "a.xlsx")} == {"Usulan"}


def test_a_merged_cell_counts_for_every_row_that_it_spans(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    for number, line in enumerate([OWN, *FIRMS], start=2):
        page.write_row(number, 1, line[:4])
    page.write(2, 5, OWN[4])
    page.merge_range(3, 5, 5, 5, "Kab. Gresik")
    page.merge_range(0, 1, 0, 5, "DAFTAR UMKM")
    book.close()
    assert [row["values"]["region"] for row in rows(tmp_path / "a.xlsx")] == ["Kab. Gresik"] * 3


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_text_is_read_with_any_mark_and_with_or_without_a_byte_order_mark(tmp_path, mark, encoding):
    path = text(tmp_path / "a.csv", [OWN, *FIRMS], mark, encoding)
    assert [row["values"]["name"] for row in rows(path)] == [row[0] for row in FIRMS]


def test_the_line_with_which_a_spreadsheet_names_its_mark_is_no_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=~\n" + "\n".join("~".join(line) for line in [OWN, *FIRMS]))
    assert [row["row"] for row in rows(path)] == [2, 3, 4]


@pytest.mark.parametrize("name", ["contoh.xls", "contoh.ods"])
def test_other_workbooks_are_read_whatever_they_are_called(tmp_path, name):
    shutil.copy(SAMPLES / name, tmp_path / "a.csv")
    (only,) = rows(tmp_path / "a.csv")
    assert only["values"]["name"] == "CV Contoh Jaya"


def test_an_opendocument_with_macros_a_password_or_another_use_is_refused(tmp_path):
    def made(name, *entries, kind="spreadsheet"):
        with zipfile.ZipFile(tmp_path / name, "w") as file:
            file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
            file.writestr("content.xml", "<x/>")
            for entry, content in entries:
                file.writestr(entry, content)
        return tmp_path / name

    assert refusal(made("a.ods", ("Basic/Standard/Modul.xml", "x")))[0] == "macros"
    locked = ("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert refusal(made("b.ods", locked))[0] == "locked_sheet"
    assert refusal(made("c.ods", kind="text"))[0] == "not_a_sheet"
    assert refusal(made("d.ods"))[0] in ("broken_sheet", "no_header")


def test_an_opendocument_that_says_a_billion_cells_kills_only_the_child(tmp_path):
    with zipfile.ZipFile(SAMPLES / "contoh.ods") as file:
        content = file.read("content.xml").decode()
    many = 'table:number-rows-repeated="1048576"><table:table-cell '
    content = content.replace("<table:table-row><table:table-cell ", f"<table:table-row {many}"
                              'table:number-columns-repeated="16384" ', 1)  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.ods", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr("content.xml", content)
    assert refusal(tmp_path / "a.ods")[0] in ("broken_sheet", "no_header", "no_rows")


def test_a_hundred_thousand_empty_rows_are_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(";".join(OWN) + "\n" + ";;;;\n" * 100_000 + ";".join(FIRMS[0]) + "\n")
    (only,) = rows(path)
    assert only["row"] == 100_002
