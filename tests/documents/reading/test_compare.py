"""Declared values meet read values: kind to spellings, strict with numbers."""

import pytest

from documents.reading.compare import matches

READ: dict[str, object] = {
    "deed_number": "17",
    "deed_date": "2023-06-09",
    "notary_name": "MUHAMMAD CONTOH WULANDARI",
    "notary_seat": "Kota Malang",
    "company_name": "CONTOH MAJU & JAYA",
    "entity_form": "PT",
}
SURE = dict.fromkeys(READ, 0.95)


@pytest.mark.parametrize(
    ("field", "declared", "verdict"),
    [
        ("deed_number", "17", "agrees"),
        ("deed_number", "017", "agrees"),
        ("deed_number", "18", "differs"),
        ("deed_date", "2023-06-09", "agrees"),
        ("deed_date", "9 Juni 2023", "agrees"),
        ("deed_date", "09-06-2023", "agrees"),
        ("deed_date", "2023-06-08", "differs"),
        ("deed_date", "bulan lalu", "cannot_tell"),
        ("notary_name", "H. Moch. Contoh Wulandari, S.H., M.Kn.", "agrees"),
        ("notary_name", "Muhamad Contoh Wulandari SH", "agrees"),
        ("notary_name", "Muhammad Contoh Wulandary", "cannot_tell"),
        ("notary_name", "Siti Contoh Rahayu", "differs"),
        ("company_name", "PT. Contoh Maju dan Jaya", "agrees"),
        ("company_name", 'PT "CONTOH MAJU & JAYA"', "agrees"),
        ("company_name", "PT Contoh Mundur", "differs"),
        ("notary_seat", "Kota Malang", "agrees"),
        ("notary_seat", "Kab. Malang", "differs"),
        ("notary_seat", "Malang", "cannot_tell"),
        ("entity_form", "pt", "agrees"),
        ("entity_form", "pt_perorangan", "differs"),
        ("company_seat", "Kota Malang", "cannot_tell"),
    ],
)
def test_declared_value_gets_an_honest_verdict(field: str, declared: str, verdict: str) -> None:
    (match,) = matches({field: declared}, READ, SURE)
    assert match.verdict == verdict


@pytest.mark.parametrize(
    ("printed", "declared"),
    [
        ("SOERJADI", "Suryadi"),
        ("DJOKO TJAHJONO", "Joko Cahyono"),
        ("MUHAMMAD CONTOH", "M. Contoh"),
        ("H. ACH. CONTOH", "Ahmad Contoh"),
    ],
)
def test_old_and_short_spellings_are_one_name(printed: str, declared: str) -> None:
    (match,) = matches({"notary_name": declared}, {"notary_name": printed}, {"notary_name": 0.95})
    assert match.verdict == "agrees"


def test_difference_from_a_shaky_reading_is_left_open() -> None:
    (match,) = matches({"deed_number": "18"}, READ, {"deed_number": 0.6})
    assert match.verdict == "cannot_tell"


def test_what_was_not_declared_is_not_compared() -> None:
    assert matches({"deed_number": "", "phone": "0812"}, READ, SURE) == []
