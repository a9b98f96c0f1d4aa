"""Fields of business are found in any layout, and their titles speak for or against the code."""

from dataclasses import replace

import pytest

from documents.reading.kbli import kbli_codes
from documents.reading.text import Script, script_of_text


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("46411 - PERDAGANGAN BESAR TEKSTIL;", ["46411"]),
        ("a. Jasa Boga Untuk Suatu Event Tertentu (KBLI\n56210);", ["56210"]),
        ("Kode KBLI: 56210", ["56210"]),
        ("No Kode KBLI Judul\n1 46411 Perdagangan Besar Tekstil", ["46411"]),
        ("Judul KBLI\nPerdagangan Besar Tekstil 46411", ["46411"]),
        ("KBLI 2020: 46411; KBLI 46411", ["46411"]),
        ("Kode Pos 61219 Malang", []),
        ("METERAI TEMPEL\n10000\nNotaris", []),
        ("Rp 50000 Jual", []),
    ],
)
def test_codes_are_told_from_other_numbers(printed: str, codes: list[str]) -> None:
    assert [found.value for found in kbli_codes(script_of_text(printed))] == codes


def test_title_beside_a_code_speaks_for_it() -> None:
    (found,) = kbli_codes(script_of_text("KBLI 46411 Perdagangan Besar Tekstil"))
    assert found.way == "titled"


def test_misread_digit_is_put_right_by_the_title_but_a_printed_one_is_not() -> None:
    printed = script_of_text("a. Perdagangan Besar Tekstil (KBLI 46111)")
    seen = Script(replace(word, from_layer=False) for word in printed.words)
    assert [found.value for found in kbli_codes(seen)] == ["46411"]
    assert [found.value for found in kbli_codes(printed)] == ["46111"]
