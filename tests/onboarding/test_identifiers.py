"""What an office types as a number, and what we make of it."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from onboarding.identifiers import (
    IdentifierError,
    fold_name,
    is_personal_npwp,
    is_placeholder,
    mask_nik,
    mask_npwp,
    mask_phone,
    read_kbli,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
    read_sk_ahu,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data/identifier-vectors.json").read_text())
LISTS = {"2020": {"56210", "47611", "81210", "74201"}, "2025": {"56210", "47611", "56299"}}


@pytest.mark.parametrize("nib", VECTORS["nib_valid_shape"])
def test_nib_keeps_its_leading_zeros(nib):
    assert read_nib(f" {nib[:4]} {nib[4:]} ").value == nib


@pytest.mark.parametrize("nib", VECTORS["nib_invalid"])
def test_nib_of_another_shape_is_refused(nib):
    with pytest.raises(IdentifierError, match=r"nib_(length|digits)"):
        read_nib(nib)


@pytest.mark.parametrize(
    ("old", "new"),
    list(zip(VECTORS["npwp15_valid"], VECTORS["npwp16_from_npwp15_valid"], strict=True)),
)
def test_old_and_new_npwp_of_one_firm_are_one_value(old, new):
    typed = f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"
    assert read_npwp(typed).value == read_npwp(new).value == new
    assert read_npwp(typed).display == typed
    assert read_npwp(typed).warnings == ()


@pytest.mark.parametrize("npwp", VECTORS["npwp15_bad_check_digit"])
def test_bad_check_digit_of_an_npwp_is_a_warning_not_an_error(npwp):
    assert read_npwp(npwp).warnings == ("npwp_check_digit",)


@pytest.mark.parametrize("npwp", VECTORS["npwp16_unknown_pattern_warn"])
def test_new_npwp_of_unknown_pattern_is_taken_with_a_warning(npwp):
    assert read_npwp(npwp).value == npwp
    assert read_npwp(npwp).warnings == ("npwp_unknown_pattern",)


@pytest.mark.parametrize("nitku", VECTORS["nitku22_valid_shape"])
def test_nitku_is_read_as_its_npwp(nitku):
    assert read_npwp(nitku).value == nitku[:16]
    assert read_npwp(nitku).warnings == ("npwp_nitku",)


def test_npwp_of_another_length_is_refused():
    with pytest.raises(IdentifierError, match="npwp_length"):
        read_npwp("09999999700000")


def test_npwp_that_is_a_nik_belongs_to_a_person():
    assert is_personal_npwp("3578994102900001")
    assert not is_personal_npwp("0099999997000000")


@pytest.mark.parametrize(
    ("nik", "sex", "born"),
    [
        ("3578994102900001", "female", date(1990, 2, 1)),
        ("3501990512850002", "male", date(1985, 12, 5)),
        ("3529996508000003", "female", date(2000, 8, 25)),
        ("3578990101050001", "male", date(2005, 1, 1)),
    ],
)
def test_nik_tells_birth_and_sex_in_the_right_century(nik, sex, born):
    assert (read_nik(nik).sex, read_nik(nik).birth_date) == (sex, born)


@pytest.mark.parametrize("nik", VECTORS["nik_invalid"])
def test_nik_of_another_shape_is_refused(nik):
    with pytest.raises(IdentifierError, match=r"nik_(length|province|date)"):
        read_nik(nik)


@pytest.mark.parametrize("province", ["65", "92", "93", "95", "96"])
def test_people_of_the_young_provinces_are_not_refused(province):
    assert read_nik(f"{province}01990101900001").value.startswith(province)


def test_nik_whose_end_was_lost_in_a_spreadsheet_is_doubted():
    assert read_nik("3578994102900000").warnings == ("nik_serial",)


@pytest.mark.parametrize(("typed", "e164"), VECTORS["phone_id_valid"].items())
def test_phone_is_stored_as_e164(typed, e164):
    assert read_phone(typed).value == e164


@pytest.mark.parametrize(
    ("typed", "e164", "warnings"),
    [
        ("81234567890", "+6281234567890", ()),
        ("+62 0812-3456-7890", "+6281234567890", ()),
        ("WA 0812 3456 7890", "+6281234567890", ()),
        ("0812-3456-7890 / 0813-3456-7890", "+6281234567890", ("phone_several",)),
        ("08123, 0813-3456-7890", "+6281334567890", ("phone_several",)),
        ("(031) 3524001", "+62313524001", ("phone_landline",)),
        ("+65 9123 4567", "+6591234567", ("phone_foreign",)),
    ],
)
def test_phone_is_read_the_way_people_write_it(typed, e164, warnings):
    assert (read_phone(typed).value, read_phone(typed).warnings) == (e164, warnings)


@pytest.mark.parametrize("typed", [*VECTORS["phone_id_invalid"], "", "tidak ada"])
def test_phone_that_cannot_be_called_is_refused(typed):
    with pytest.raises(IdentifierError, match="phone_invalid"):
        read_phone(typed)


@pytest.mark.parametrize(
    ("code", "versions", "warnings"),
    [
        ("56210", ("2020", "2025"), ()),
        ("81210", ("2020",), ("kbli_old_version",)),
        ("56299", ("2025",), ()),
    ],
)
def test_kbli_says_which_lists_know_it(code, versions, warnings):
    assert (read_kbli(code, LISTS).versions, read_kbli(code, LISTS).warnings) == (
        versions,
        warnings,
    )


@pytest.mark.parametrize("code", VECTORS["kbli_invalid"])
def test_kbli_that_no_list_knows_is_refused(code):
    with pytest.raises(IdentifierError, match=r"kbli_(length|digits|unknown)"):
        read_kbli(code, LISTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT. Maju Contoh, Tbk", "maju contoh"),
        ("CV MAJU CONTOH", "Maju Contoh, CV."),
        ("U.D. Sumber Contoh", "Toko Sumber Contoh"),
        ("H. Moch. Contoh, S.E., M.M.", "MUHAMMAD CONTOH"),
        ("Kafé Contoh", "kafe  contoh"),
        ("Ra'as Contoh", "Raas Contoh"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold_name(one) == fold_name(other)


def test_name_of_nothing_but_a_form_keeps_it():
    assert fold_name("Toko") == "toko"
    assert fold_name("蘇西") == "蘇西"


@pytest.mark.parametrize(
    "text",
    ["-", "", " . ", "0000000000000", "1111111111111111", "1234567890123", "123456789012345",
     "belum ada", "Tidak punya", "N/A", "dalam proses"],
)  # fmt: skip
def test_placeholder_is_seen(text):
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["0001210000017", "081234567890", "56210", "Contoh"])
def test_real_number_is_no_placeholder(text):
    assert not is_placeholder(text)


def test_masks_keep_the_last_four():
    assert mask_nik("3578994102900001") == "••••••••••••0001"
    assert mask_npwp("0099999997000000").endswith("•0000")
    assert mask_phone("+6281234567890") == "••••••••••7890"
    assert mask_phone("123") == "•••"
    assert mask_nik("") == ""


@given(st.text(max_size=40))
def test_no_text_makes_a_reader_fall(text):
    for reader in (read_nib, read_npwp, read_nik, read_phone):
        with suppress(IdentifierError):
            assert reader(text).value
    fold_name(text)
    is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "value", "form", "year"),
    [
        ("AHU-0012345.AH.01.01.TAHUN 2024", "AHU-0012345.AH.01.01.TAHUN 2024", "pt", 2024),
        ("Nomor AHU-0012345-AH.01.14 Tahun 2023", "AHU-0012345.AH.01.14.TAHUN 2023", "cv", 2023),
        ("ahu - 0000099.AH.01.26.TH.2020", "AHU-0000099.AH.01.26.TAHUN 2020", "koperasi", 2020),
        ("AHU-061218.AH.01.30.Tahun 2023", "AHU-061218.AH.01.30.TAHUN 2023", "pt_perorangan", 2023),
        (
            "AHU-A005122.AH.01.31.Tahun 2026",
            "AHU-A005122.AH.01.31.TAHUN 2026",
            "pt_perorangan",
            2026,
        ),
        ("AHU.0012345.AH01.01", "AHU-0012345.AH.01.01", "pt", 0),
    ],
)
def test_a_decree_of_the_ministry_is_read_with_its_form_and_year(text, value, form, year):
    found = read_sk_ahu(text, this_year=2026)
    assert (found.value, found.form, found.year, found.warnings) == (value, form, year, ())


def test_a_decree_of_tomorrow_is_doubted_and_another_number_refused():
    future = read_sk_ahu("AHU-0012345.AH.01.01.TAHUN 2031", this_year=2026)
    assert future.warnings == ("sk_ahu_future",)
    with pytest.raises(IdentifierError, match="sk_ahu_shape"):
        read_sk_ahu("C-1234 HT.01.01.TH.2004")
