"""Says numbers, sums and dates in Indonesian words, as a notary writes them."""

import datetime as dt

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


def words(number: int) -> str:
    """Say a whole number from 0 to 999 billion."""
    if number == 0:
        return "nol"
    parts = []
    for scale, name in _SCALES:
        times, number = divmod(number, scale)
        if times == 1 and scale == 1000:
            parts.append("seribu")
        elif times:
            parts.append(f"{_below_thousand(times)} {name}")
    if number:
        parts.append(_below_thousand(number))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{_UNITS[hundreds]} ratus")
    if rest:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 10:
        return _UNITS[number]
    if number < 12:
        return ("sepuluh", "sebelas")[number - 10]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    return f"{_UNITS[number // 10]} puluh {_UNITS[number % 10]}".strip()


def rupiah(sum_: int) -> str:
    """Write a sum in digits and in words."""
    return f"Rp. {sum_:,}".replace(",", ".") + f",- ({words(sum_)} rupiah)"


def plain_date(day: dt.date) -> str:
    """Write ``10 Maret 2022``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: dt.date) -> str:
    """Write ``10-03-2022 (sepuluh Maret dua ribu dua puluh dua)``."""
    said = f"{words(day.day)} {MONTHS[day.month - 1]} {words(day.year)}"
    return f"{day:%d-%m-%Y} ({said})"
