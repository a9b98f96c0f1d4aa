"""A reading is marked by what the paper prints, neither kinder nor harder."""

from __future__ import annotations

import pytest

from bench.measuring.figures import contradictions, curve, sure
from bench.measuring.marking import canon, mark, wilson

TOLD = {
    "level": "scan300",
    "kind": "akta_pt",
    "anomalies": [],
    "page_size": [[1000.0, 1400.0]],
    "accepted": {"deed_number": ["52"]},
    "fields": {
        "deed_number": "42",
        "notary_name": "SITI AMINAH, S.H., M.Kn.",
        "kbli": ["56101", "56210"],
        "persons": [{"name": "MOH. ALI", "role": "direktur", "nik": "3578990101800001"}],
    },
    "evidence": [
        {
            "field": "deed_number",
            "text": "42",
            "place": [{"page": 0, "quad": [[100, 100], [140, 100], [140, 120], [100, 120]]}],
        }
    ],
}


def read(**fields: object) -> dict:
    return {
        "kind": "akta_pt",
        "fields": fields,
        "confidence": {"deed_number": 0.95},
        "page_size": [[500.0, 700.0]],
        "evidence": [{"field": "deed_number", "page": 0, "box": [49, 49, 71, 61]}],
        "readings": {"deed_number": {"evidence": [0]}},
    }


@pytest.mark.parametrize(
    ("field", "printed", "given"),
    [
        ("deed_number", "042.-", "42"),
        ("npwp", "01.234.567.8-000.000", "012345678000000"),
        ("sk_ahu_number", "AHU-0012345.AH.01.01.TAHUN 2020", "ahu-0012345.AH.01.01.Tahun2020"),
        ("notary_name", "Dr. SITI AMINAH, S.H., M.Kn.", "SITI AMINAH"),
        ("company_name", "SINAR & PUTRA", "Sinar  Putra"),
    ],
)
def test_values_that_mean_the_same_are_the_same(field: str, printed: str, given: str) -> None:
    assert canon(field, printed) == canon(field, given)


def test_a_list_counts_each_item_and_a_wrong_name_takes_the_number_with_it() -> None:
    marks = mark(
        TOLD,
        read(kbli=["56101", "99999"], persons=[{"name": "MOH ALT", "nik": "3578990101800001"}]),
    )
    assert marks.asked["kbli"] == (1, 2)
    assert marks.asked["person_name"] == marks.asked["person_nik"] == (0, 1)
    assert marks.extra == 3


def test_either_of_two_printed_values_is_right() -> None:
    for number in ("42", "52"):
        assert mark(TOLD, read(deed_number=number)).asked["deed_number"] == (1, 1)
    assert mark(TOLD, read(deed_number="43")).asked["deed_number"] == (0, 1)


def test_a_box_counts_where_it_lies_on_the_print_and_fits_it() -> None:
    small = read(deed_number="42")
    assert mark(TOLD, small).placed == (1, 1)
    small["evidence"][0]["box"] = [0, 0, 120, 110]
    assert (mark(TOLD, small).placed, mark(TOLD, small).boxes) == ((0, 1), (0, 0, 1))


def test_sure_and_wrong_is_told_with_its_interval() -> None:
    figure = sure([mark(TOLD, read(deed_number="43"))])[0]
    assert figure.measured.startswith("100.00 % (1/1; ")
    assert wilson(1, 200) == pytest.approx((0.0009, 0.0277), abs=0.0005)
    assert curve([mark(TOLD, read(deed_number="42"))]) == [("0.95-0.98", 1, 0.95, 100.0)]


def test_a_contradiction_counts_only_when_the_check_that_knows_it_differs() -> None:
    planted = {**TOLD, "anomalies": ["nik_birth"]}
    named, other = ({"checks": [{"name": n, "verdict": "differs"}]} for n in ("nik_birth", "npwp"))
    lines = contradictions([(planted, named), (planted, other), (TOLD, other)])
    assert [line.measured for line in lines[:2]] == ["50.0 % (1/2)", "100.0 % (1/1)"]
