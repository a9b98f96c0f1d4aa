"""People get the part that the deed gives them, whichever way it says so."""

import pytest

from documents.reading.persons import founders
from documents.reading.text import script_of_text

PARTIES = """Pada hari ini, Senin, menghadap saya, CONTOH, S.H., Notaris di Kota Batu,
1. Tuan Haji MOCH. CONTOH, Sarjana Ekonomi, lahir di Malang, pada tanggal 03-11-1979,
NIK 3578990311790002;
2. Nyonya SITI ----------
RAHAYU, lahir di Malang, pada tanggal 04-11-1979, NIK. 3578994411790002;
3. Tuan AGUS, lahir di Malang, pada tanggal 05-11-1979, NIK 3578990511790002;
Para penghadap menerangkan mendirikan perseroan
"""
PT = ["direktur utama", "direktur", "komisaris"]
CV = ["persero aktif", "persero pasif", "persero pasif"]


@pytest.mark.parametrize(
    ("form", "said", "roles"),
    [
        (
            "PT",
            "Direktur Utama : Tuan Haji MOCH. CONTOH;\nDirektur : Nyonya SITI RAHAYU;\n"
            "Komisaris : Tuan AGUS;",
            PT,
        ),
        (
            "PT",
            "diangkat sebagai Direktur Utama ialah Tuan MOCH. CONTOH, sebagai Direktur adalah"
            " Nyonya SITI RAHAYU, dan sebagai Komisaris adalah Tuan AGUS.",
            PT,
        ),
        (
            "PT",
            "MOCH. CONTOH sebagai Direktur Utama, SITI RAHAYU selaku Direktur dan AGUS sebagai"
            " Komisaris",
            PT,
        ),
        (
            "PT",
            "Direktur Utama\nTuan MOCH. CONTOH\nDirektur\nNyonya SITI RAHAYU\nKomisaris\nTuan AGUS",
            PT,
        ),
        (
            "CV",
            "Tuan MOCH. CONTOH adalah persero aktif, sedangkan Nyonya SITI RAHAYU dan Tuan AGUS,"
            " masing-masing selaku persero komanditer",
            CV,
        ),
        (
            "CV",
            "Persero Pengurus dengan jabatan Direktur dipegang oleh Tuan MOCH. CONTOH. Persero"
            " komanditer adalah Nyonya SITI RAHAYU dan Tuan AGUS.",
            CV,
        ),
    ],
)
def test_each_person_gets_the_part_that_the_deed_says(
    form: str, said: str, roles: list[str]
) -> None:
    people = founders(script_of_text(f"{PARTIES}{said}\nDEMIKIANLAH AKTA INI"), form)
    assert [person.name for person in people] == ["MOCH. CONTOH", "SITI RAHAYU", "AGUS"]
    assert [person.role for person in people] == roles


def test_number_of_each_person_is_found_beside_the_name() -> None:
    people = founders(script_of_text(PARTIES), "PT")
    assert [person.nik[6:12] for person in people] == ["031179", "441179", "051179"]
