"""Numbers of persons are found in free text however people group them; other figures are left."""

from __future__ import annotations

import pytest

from config.logs import redacted
from onboarding.coverings import cover_numbers
from workflows.packs.covering import covered, without_numbers

NUMBERS = (
    *("3599010101900077", "3599.0101.0190.0077", "3599 0101 0190 0077", "3599-0101-0190-0077"),
    *("359901 010190 0077", "35.99.01.010190.0077", "NIK3599010101900077"),
    *("100000000770077", "10.000.000.0-770.077", "10 000 000 0 770 077", "1000000000770077"),
    *("081299770077", "0812 9977 0077", "0812.9977.0077", "0812-997-70077", "0812 99 77 00 77"),
    *("6281299770077", "+62 812-9977-0077", "+62 (812) 9977-0077", "(+62) 812 9977 0077"),
    *("(031) 3520077", "031-352 0077", "+62 31 3520077"),
    *("KTP_3599010101900077.pdf", "3599010101900077_scan", "wa_081299770077", "081299770077dan"),
    *("hape081299770077", "3,3599010101900077"),
)
FIGURES = (
    *("2026-11-22 10:15:00,123", "22-11-2026 08.00", "pukul 08.15-17.00", "0.0231234567"),
    *("Rp1.250.000.000", "500/8801/114.3/2026", "VO-2026-000123", "127.0.0.1", "1500 kali"),
    *("AHU-0012345.AH.01.01", "4f3599010101900077aa4f3599010101900077aa"),
)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_log_and_the_pack_hide_the_same_numbers(number: str) -> None:
    text = f"Kata pemilik: {number}, benar."
    for shown in (without_numbers(text), redacted(text)):
        assert "077" not in shown
        assert shown.startswith("Kata pemilik: ")
        assert shown.endswith(", benar.")


@pytest.mark.parametrize("figure", FIGURES)
def test_times_amounts_and_numbers_of_letters_stay(figure: str) -> None:
    assert cover_numbers(figure, "") == figure


def test_a_pack_covers_numbers_that_are_no_text_too() -> None:
    told = {
        "nik": 3599010101900077,
        "lain": [3599010101900077, 6281299770077, 1_250_000_000, 0.5, True, None],
        "dalam": {"reason": "NPWP 10.000.000.0-770.077, ibu@contoh.test"},
    }
    assert covered(told) == {
        "nik": "••••••••••••0077",
        "lain": ["•••", "•••", 1_250_000_000, 0.5, True, None],
        "dalam": {"reason": "NPWP •••, •••"},
    }
