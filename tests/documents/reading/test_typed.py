"""What a person types is compared with what the machine read in one and the same form."""

import pytest

from documents.reading.typed import as_read, field_of


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("deed_number", "Nomor 08.-", "8"),
        ("deed_date", "3 Maret 2020", "2020-03-03"),
        ("deed_date", "03-03-2020", "2020-03-03"),
        ("deed_date", "2020-03-03", "2020-03-03"),
        ("authorized_capital", "Rp. 100.000.000,-", "100000000"),
        ("paid_up_capital", "Rp25.000.000,00", "25000000"),
        ("company_name", "PT. Contoh  Maju", "CONTOH MAJU"),
        ("notary_name", "Hendra Contoh, S.H., M.Kn.", "HENDRA CONTOH"),
        ("company_seat", "kota malang", "Kota Malang"),
        ("person_nik", "3578 9903 1179 0019", "3578990311790019"),
        ("person_role", "Direktur Utama", "direktur utama"),
    ],
)
def test_a_typed_value_takes_the_form_of_the_reading(field: str, typed: str, value: str) -> None:
    assert as_read(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("deed_number", "tidak ada"),
        ("deed_date", "2020-13-01"),
        ("deed_date", "kemarin"),
        ("kbli", "562"),
        ("nib", "12345"),
        ("person_nik", "35789903117900"),
        ("company_name", "   "),
    ],
)
def test_a_text_that_cannot_be_the_value_is_refused(field: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        as_read(field, typed)


def test_a_path_names_its_field() -> None:
    assert [field_of(path) for path in ("deed_number", "kbli.2", "persons.0.nik")] == [
        "deed_number",
        "kbli",
        "person_nik",
    ]
