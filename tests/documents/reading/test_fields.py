"""A paper's fields are found by the wording around them, in several wordings."""

import pytest

from documents.reading.deed import read_paper
from documents.reading.kinds import kind_of
from documents.reading.regions import find_seat
from documents.reading.text import script_of_text
from tests.documents.reading import texts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (texts.PT, "akta_pt"),
        (texts.CV, "akta_cv"),
        (texts.DECREE, "sk_ahu"),
        (texts.BUSINESS_NUMBER, "nib"),
        (texts.STATEMENT, "pernyataan_perorangan"),
        (texts.TAX_CARD, "npwp"),
        ("AKTA PENDIRIAN KOPERASI\nKOPERASI CONTOH TANI", "akta_koperasi"),
        ("AKTA PERUBAHAN ANGGARAN DASAR\nPT CONTOH", "akta_perubahan"),
        ("NIK : 1\nAgama\nKewarganegaraan : WNI\nBerlaku Hingga : SEUMUR HIDUP", "ktp"),
        ("Nota pembelian beras 5 kg", "unknown"),
        ("", "unknown"),
    ],
)
def test_kind_is_told_by_the_title(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_company_deed_gives_all_its_fields() -> None:
    assert read_paper(script_of_text(texts.PT)).values == {
        "entity_form": "PT",
        "company_name": "CONTOH MAJU BERSAMA",
        "company_seat": "Kabupaten Sidoarjo",
        "deed_number": "17",
        "deed_date": "2023-06-09",
        "notary_name": "RATNA CONTOH WULANDARI",
        "notary_seat": "Kota Surabaya",
        "notary_sk_number": "AHU-00912.AH.02.01.TAHUN 2014",
        "notary_sk_date": "2014-03-03",
        "authorized_capital": 100_000_000,
        "paid_up_capital": 25_000_000,
        "kbli": ["56210", "95110"],
        "persons": [
            {"name": "SITI CONTOH RAHAYU", "role": "direktur utama", "nik": "3578995704850001"},
            {"name": "BUDI CONTOH SANTOSO", "role": "komisaris", "nik": "3578990311790002"},
        ],
    }


def test_partnership_deed_with_glued_number_words_gives_all_its_fields() -> None:
    values = read_paper(script_of_text(texts.CV)).values
    assert values["deed_number"] == "4"
    assert values["deed_date"] == "2022-03-10"
    assert values["company_name"] == "CONTOH KARYA MANDIRI"
    assert values["company_seat"] == "Kota Malang"
    assert values["notary_seat"] == "Kabupaten Malang"
    assert values["authorized_capital"] == 75_000_000
    persons = values["persons"]
    assert isinstance(persons, list)
    assert [person["role"] for person in persons] == ["persero aktif", "persero pasif"]


def test_decree_tells_the_notarys_seat_from_the_firms() -> None:
    values = read_paper(script_of_text(texts.DECREE)).values
    assert values["sk_ahu_number"] == "AHU-0009397.AH.01.01.TAHUN 2021"
    assert values["sk_ahu_date"] == "2021-05-17"
    assert values["deed_number"] == "78"
    assert values["deed_date"] == "2021-05-11"
    assert values["notary_name"] == "RATNA CONTOH WULANDARI"
    assert values["notary_seat"] == "Kabupaten Jombang"
    assert values["company_name"] == "CONTOH LINTAS"
    assert values["company_seat"] == "Kabupaten Probolinggo"


def test_business_number_gives_number_date_and_codes() -> None:
    values = read_paper(script_of_text(texts.BUSINESS_NUMBER)).values
    assert values["nib"] == "0001260042537"
    assert values["nib_date"] == "2026-01-23"
    assert values["company_name"] == "CONTOH GRAHA"
    assert values["company_seat"] == "Kabupaten Ngawi"
    assert values["kbli"] == ["46100", "15201"]


def test_statement_of_a_one_person_company_gives_its_fields() -> None:
    values = read_paper(script_of_text(texts.STATEMENT)).values
    assert values["entity_form"] == "PT PERORANGAN"
    assert values["company_name"] == "CONTOH TUNAS"
    assert values["deed_date"] == "2022-07-08"
    assert values["npwp"] == "033293820000000"
    assert values["kbli"] == ["43211", "31001"]
    assert values["persons"] == [
        {"name": "SITI CONTOH RAHAYU", "role": "direktur", "nik": "3578995704850001"}
    ]


def test_tax_card_gives_number_firm_and_seat() -> None:
    values = read_paper(script_of_text(texts.TAX_CARD)).values
    assert values == {
        "npwp": "035962109000000",
        "company_name": "CONTOH BERKAH",
        "company_seat": "Kabupaten Probolinggo",
        "entity_form": "CV",
    }


@pytest.mark.parametrize(
    ("printed", "capital"),
    [
        ("Rp. 75.000.000,- (tujuhpuluh lima juta rupiah)", 75_000_000),
        ("Rp 75 000 000,- (tujuhpuluh 1ima juta rupiah)", 75_000_000),
        ("Rp. 75 .000. 000,- ", 75_000_000),
        ("Rp. 75.0090.000,- (tujuhpuluh lima juta rupiah)", 75_000_000),
        ("Rp. 75.0090.000,- ", None),
        ("Rp. 75 ", None),
    ],
)
def test_capital_survives_lost_dots_but_is_never_guessed(printed: str, capital: int | None) -> None:
    text = texts.CV.replace("Rp. 75.000.000,- (tujuhpuluh lima juta rupiah)", printed)
    assert read_paper(script_of_text(text)).values.get("authorized_capital") == capital


def test_other_notaries_named_in_the_deed_are_not_its_notary() -> None:
    assert "AGUS" not in str(read_paper(script_of_text(texts.PT)).values["notary_name"])


def test_witnesses_are_not_founders() -> None:
    assert "EKO CONTOH" not in str(read_paper(script_of_text(texts.PT)).values["persons"])


def test_value_that_runs_over_a_line_points_at_both_lines() -> None:
    script = script_of_text(texts.PT)
    paper = read_paper(script)
    spans = [(start, end) for name, start, end in paper.places if name == "company_name"]
    assert [len(script.boxes(*span)) for span in spans] == [1, 1, 2]


def test_unread_paper_gives_nothing_instead_of_failing() -> None:
    paper = read_paper(script_of_text(""))
    assert (paper.kind, paper.values, paper.checks) == ("unknown", {}, [])


@pytest.mark.parametrize(
    ("printed", "seat"),
    [
        ("Kota Malang,", "Kota Malang"),
        ("KABUPATEN\nPROBOLINGGO.", "Kabupaten Probolinggo"),
        ("Kab. Sidoarjo", "Kabupaten Sidoarjo"),
        ("Kabupaten Bojonegaro", "Kabupaten Bojonegoro"),
        ("Surabaya", "Kota Surabaya"),
        ("Malang", None),
        ("Kota Bandung", "Kota Bandung"),
        ("Kabupaten Deli Serdang, Jalan", "Kabupaten Deli Serdang"),
        ("KABUPATEN TULUNG AGUNG", "Kabupaten Tulungagung"),
        ("KOTAMADYA SURABAYA", "Kota Surabaya"),
        ("Kabupaten Ngaryuk", "Kabupaten Nganjuk"),
    ],
)
def test_seats_keep_city_and_regency_apart(printed: str, seat: str | None) -> None:
    found = find_seat(printed)
    assert (found.name if found else None) == seat
