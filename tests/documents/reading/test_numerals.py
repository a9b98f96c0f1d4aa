"""Numbers in words and in digits are understood as deeds print them."""

import pytest

from documents.reading.numerals import amount, digits, in_words


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("empat", 4),
        ("sepuluh", 10),
        ("enam belas", 16),
        ("tujuhbelas", 17),
        ("dua puluh", 20),
        ("seratus empatpuluh sembilan", 149),
        ("seribu sembilan ratus", 1900),
        ("seribu sembilanratus delapanpuluh delapan", 1988),
        ("duaribu duapuluh dua", 2022),
        ("seratus dua puluh lima ribu", 125_000),
        ("lima puluh juta", 50_000_000),
        ("dua miliar lima ratus juta", 2_500_000_000),
        ("Sebe1as", 11),
        ("dua ratus Ima puluh juta", 250_000_000),
        ("ratus lima puluh juta", None),
        ("dua nbu tga belas", 2013),
        ("sembiian", 9),
        ("rupiah", None),
        ("", None),
    ],
)
def test_number_words_are_understood_or_given_up(said: str, number: int | None) -> None:
    assert in_words(said) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1.000.000.000,-", 1_000_000_000),
        ("75.000.000,00", 75_000_000),
        ("60.000.000", 60_000_000),
        ("6O.OOO.OOO,-", 60_000_000),
        ("", None),
    ],
)
def test_sums_of_money_are_read_in_whole_rupiah(printed: str, number: int | None) -> None:
    assert amount(printed) == number


def test_letters_that_look_like_digits_are_taken_as_digits() -> None:
    assert digits("O8lB.5S") == "081855"
