"""A row of a sheet: what is recorded, what keeps it out, what is only said."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import onboarding
from onboarding.rows import check_row, fold_region, index_regions, read_rupiah

REFERENCE = Path(onboarding.__file__).parent / "reference"
with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as file:
    REGIONS = index_regions((row["code"], row["name"]) for row in csv.DictReader(file))
KBLI = {"2020": {"56210", "81210"}, "2025": {"56210"}}
GOOD = {
    "name": "Katering Contoh Sekar Wilis",
    "legal_form": "Perorangan",
    "owner_name": "Sulastri Contoh",
    "region": "Kota Surabaya",
    "phone": "0812-3456-7890",
}


def check(repairs=(), **values):
    return check_row({**GOOD, **values}, REGIONS, KBLI, repairs)


def codes(checked, severity=None):
    return {
        (problem.column, problem.code)
        for problem in checked.problems
        if severity in (None, problem.severity)
    }


def test_good_row_has_no_problem_and_clean_values():
    checked = check(
        nib="0001210000017",
        npwp="09.999.999.7-000.000",
        nik="3578994102900001",
        email="Contoh@Example.com",
        kbli="56210",
        capital="Rp50.000.000,00",
    )
    assert checked.problems == ()
    assert checked.is_acceptable
    assert checked.clean == {
        "name": "Katering Contoh Sekar Wilis",
        "owner_name": "Sulastri Contoh",
        "legal_form": "perorangan",
        "region": "35.78",
        "nib": "0001210000017",
        "npwp": "0099999997000000",
        "nik": "3578994102900001",
        "phone": "+6281234567890",
        "email": "contoh@example.com",
        "address": "",
        "category": "",
        "reason": "",
        "kbli": "56210",
        "kbli_version": "2025",
        "other_kbli": [],
        "capital": 50_000_000,
        "yearly_sales": None,
    }


@pytest.mark.parametrize("column", ["name", "legal_form", "owner_name", "region"])
@pytest.mark.parametrize("blank", ["", "-", "  "])
def test_required_column_must_be_filled(column, blank):
    assert (column, "required") in codes(check(**{column: blank}), "error")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UD", "perorangan"),
        ("Toko", "perorangan"),
        ("perseorangan", "perorangan"),
        ("sole", "perorangan"),
        ("C.V.", "cv"),
        ("P.T.", "pt"),
        ("Perseroan Terbatas", "pt"),
        ("PT (Perorangan)", "pt_perorangan"),
        ("KOPERASI", "koperasi"),
    ],
)
def test_legal_form_is_recognised_as_offices_write_it(typed, code):
    assert check(legal_form=typed).clean["legal_form"] == code


def test_unknown_legal_form_keeps_the_row_out():
    checked = check(legal_form="Yayasan")
    assert ("legal_form", "legal_form_unknown") in codes(checked, "error")
    assert not checked.is_acceptable


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kab. Malang", "35.07"),
        ("kabupaten malang", "35.07"),
        ("KOTA MALANG", "35.73"),
        ("Malang (Kota)", "35.73"),
        ("Surabaya", "35.78"),
        ("Kab Sidoarjo, Jawa Timur", "35.15"),
        ("35.78", "35.78"),
        ("3578", "35.78"),
    ],
)
def test_region_is_found(typed, code):
    assert check(region=typed).clean["region"] == code


def test_malang_alone_may_be_the_regency_or_the_city():
    (problem,) = check(region="Malang").problems
    assert (problem.code, problem.severity) == ("region_ambiguous", "error")
    assert problem.params["first"] == "Kab. Malang"
    assert problem.params["second"] == "Kota Malang"


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("Pamekassan", "Kab. Pamekasan"), ("Kota Surabya", "Kota Surabaya"),
     ("Kota Prabolinggo", "Kota Probolinggo"), ("Kab Prabolinggo", "Kab. Probolinggo")],
)  # fmt: skip
def test_misspelt_region_gets_a_suggestion(typed, suggestion):
    (problem,) = check(region=typed).problems
    assert (problem.code, problem.params["suggestion"]) == ("region_misspelt", suggestion)


def test_region_outside_east_java_is_unknown():
    assert ("region", "region_unknown") in codes(check(region="Kota Denpasar"), "error")


def test_every_region_of_east_java_is_found_by_its_full_name():
    assert len(REGIONS) == 38
    assert fold_region("Kabupaten Pacitan") in REGIONS


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("nib", "123", "nib_length"),
        ("npwp", "123", "npwp_length"),
        ("nik", "3578993213900001", "nik_date"),
        ("phone", "08123", "phone_invalid"),
        ("email", "contoh di gmail", "email_invalid"),
        ("capital", "banyak", "amount_invalid"),
        ("capital", "-5000", "amount_invalid"),
        ("name", "Contoh " * 40, "too_long"),
    ],
)
def test_cell_that_cannot_be_read_keeps_the_row_out(column, typed, code):
    assert (column, code) in codes(check(**{column: typed}), "error")


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("npwp", "099999998000000", "npwp_check_digit"),
        ("nib", "1234567890123", "placeholder"),
        ("nik", "0000000000000000", "placeholder"),
        ("kbli", "81210", "kbli_old_version"),
        ("kbli", "99998", "kbli_unknown"),
        ("phone", "-", "no_contact"),
    ],
)
def test_doubt_is_said_and_lets_the_row_in(column, typed, code):
    checked = check(**{column: typed})
    assert (column, code) in codes(checked, "warning")
    assert checked.is_acceptable


@pytest.mark.parametrize("column", ["nib", "npwp", "nik", "kbli", "capital"])
def test_dash_means_nothing_and_needs_no_word(column):
    checked = check(**{column: "-"})
    assert checked.problems == ()
    assert not checked.clean[column]


def test_placeholder_is_not_recorded():
    assert check(nib="1234567890123").clean["nib"] == ""


def test_number_that_lost_its_end_is_not_recorded():
    checked = check(repairs=[("nik", "digits_lost")], nik="3578994102900000")
    assert checked.clean["nik"] == ""
    assert codes(checked) == {("nik", "digits_lost")}


def test_restored_zeros_are_shown():
    checked = check(repairs=[("nib", "float_number"), ("nib", "zeros_restored")],
                    nib="0001210000017")  # fmt: skip
    assert checked.clean["nib"] == "0001210000017"
    assert codes(checked) == {("nib", "zeros_restored")}


def test_several_kbli_are_kept_in_their_order():
    clean = check(kbli="81210, 56210; 99998").clean
    assert (clean["kbli"], clean["kbli_version"], clean["other_kbli"]) == (
        "81210",
        "2020",
        ["56210"],
    )


def test_name_and_form_that_disagree_are_shown():
    checked = check(name="CV. Maju Contoh", legal_form="PT")
    assert ("legal_form", "form_differs_from_name") in codes(checked, "warning")


def test_company_with_a_persons_npwp_is_shown():
    checked = check(legal_form="CV", npwp="3578994102900001")
    assert ("npwp", "npwp_is_personal") in codes(checked, "warning")


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("Rp1.500.000,00", 1_500_000),
        ("Rp 1.500.000,-", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("1500000", 1_500_000),
        ("500.000", 500_000),
        ("1,5 juta", 1_500_000),
        ("1.500 juta", 1_500_000_000),
        ("2 Miliar", 2_000_000_000),
        ("750 rb", 750_000),
        ("banyak", None),
        ("", None),
        ("1.2.3,4,5", None),
        ("9" * 30, None),
        ("5 ekor", None),
    ],
)
def test_rupiah_are_read_as_people_write_them(typed, rupiah):
    assert read_rupiah(typed) == rupiah


@given(st.dictionaries(st.sampled_from([*GOOD, "nib", "nik", "kbli", "capital", "email"]),
                       st.text(max_size=30)))  # fmt: skip
def test_no_row_makes_the_check_fall(values):
    checked = check_row(values, REGIONS, KBLI)
    assert checked.is_acceptable or checked.problems
