"""Dates are found in every form in which a deed prints them."""

import datetime as dt

import pytest

from documents.reading.dates import all_dates, month_number, weekday_number, worded_dates

DAY = dt.date(2022, 3, 10)


@pytest.mark.parametrize(
    "printed",
    [
        "tanggal 10-03-2022 (sepuluh Maret dua ribu dua puluh dua)",
        "TANGGAL : 10 MARET 2022",
        "tanggal 10 (sepuluh) bulan Maret tahun 2022 (duaribu duapuluh dua)",
        "tanggal sepuluh Maret dua ribu dua puluh dua (10/03/2022)",
        "tanggal l0-O3-2022",
        "10 Marel 2022",
    ],
)
def test_date_in_digits_is_found(printed: str) -> None:
    assert [found.day for found in all_dates(printed)] == [DAY]


@pytest.mark.parametrize(
    "printed",
    [
        "tanggal 10-03-2022 (sepuluh Maret dua ribu dua puluh dua)",
        "tanggal 10 (sepuluh) bulan Maret tahun 2022 (duaribu duapuluh dua)",
        "tanggal sepuluh Maret dua ribu dua puluh dua (10-03-2022)",
    ],
)
def test_date_in_words_is_found_apart_from_its_digits(printed: str) -> None:
    assert [found.day for found in worded_dates(printed)] == [DAY]


def test_impossible_dates_are_not_dates() -> None:
    assert all_dates("31-02-2022 dan 10-13-2022 dan 10-03-0022") == []


@pytest.mark.parametrize(
    ("word", "month"), [("Januari", 1), ("Nopember", 11), ("Agustvs", 8), ("di", None)]
)
def test_month_names_tolerate_a_wrong_letter(word: str, month: int | None) -> None:
    assert month_number(word) == month


@pytest.mark.parametrize(
    ("word", "day"), [("Senin", 0), ("Jum'at", 4), ("Kamls", 3), ("Ahad", 6), ("tanggal", None)]
)
def test_weekdays_tolerate_a_wrong_letter_and_old_spelling(word: str, day: int | None) -> None:
    assert weekday_number(word) == day
