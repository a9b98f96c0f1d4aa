"""Numbers and dates in Indonesian words, in the several ways in which typists write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ONES = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"),
    *("Oktober", "November", "Desember"),
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SCALES = (
    *((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")),
    *((100, "ratus"), (10, "puluh")),
)


@dataclass(frozen=True)
class Spelling:
    """How one typist writes numbers: `glue` "" apart, "tens" `duapuluh`, "all" `duaribu` too."""

    glue: str = ""
    old_billion: bool = False  # "milyar"
    old_months: bool = False  # "Nopember", "Pebruari"
    friday: str = "Jumat"

    def words(self, number: int) -> str:
        said = _said(number)
        if self.old_billion:
            said = said.replace("miliar", "milyar")
        if self.glue:
            for tail in (" belas", " puluh"):
                said = said.replace(tail, tail.strip())
        if self.glue == "all":
            for tail in (" ratus", " ribu"):
                said = said.replace(tail, tail.strip())
        return said

    def month(self, day: date) -> str:
        name = MONTHS[day.month - 1]
        if self.old_months:
            return {"November": "Nopember", "Februari": "Pebruari"}.get(name, name)
        return name

    def weekday(self, number: int) -> str:
        return self.friday if number == 4 else WEEKDAYS[number]

    def day(self, day: date) -> str:
        """The date as `7 Maret 2019`."""
        return f"{day.day} {self.month(day)} {day.year}"

    def day_words(self, day: date) -> str:
        return f"{self.words(day.day)} {self.month(day)} {self.words(day.year)}"


_SPECIAL = ((100, 200, "seratus"), (1000, 2000, "seribu"))


def _said(number: int) -> str:
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    for low, high, name in _SPECIAL:
        if low <= number < high:
            return _joined(name, number - low)
    size, name = next(scale for scale in _SCALES if number >= scale[0])
    return _joined(f"{_said(number // size)} {name}", number % size)


def _joined(head: str, rest: int) -> str:
    return f"{head} {_said(rest)}" if rest else head


def dotted(number: int) -> str:
    """`1.250.000`."""
    return f"{number:,}".replace(",", ".")
