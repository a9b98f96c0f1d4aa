"""A paper that contradicts itself is reported; what was read badly is never held against it."""

import datetime as dt
from dataclasses import replace

import pytest

from documents.reading.births import nik_fits
from documents.reading.checks import is_luhn
from documents.reading.deed import read_paper
from documents.reading.text import Box, Script, script_of_text
from tests.documents.reading import texts


def verdicts(text: str) -> dict[str, str]:
    return {check.name: check.verdict for check in read_paper(script_of_text(text)).checks}


def test_sound_deed_agrees_with_itself_in_everything() -> None:
    found = verdicts(texts.PT)
    assert set(found.values()) == {"agrees"}
    assert set(found) == {
        "deed_date_weekday",
        "deed_date_words",
        "deed_date_cover",
        "deed_number_cover",
        "notary_name_places",
        "notary_seat_official",
        "notary_sk_before_deed",
        "notary_sk_year",
        "company_name_places",
        "company_seat_official",
        "authorized_capital_words",
        "paid_up_capital_words",
        "paid_up_within_authorized",
        "shares_times_nominal",
        "nik_birth",
        "nik_sex",
    }


@pytest.mark.parametrize(
    ("before", "after", "check"),
    [
        ("hari ini, Jumat", "hari ini, Senin", "deed_date_weekday"),
        ("(sembilan Juni", "(delapan Juni", "deed_date_words"),
        ("TANGGAL : 9 Juni", "TANGGAL : 8 Juni", "deed_date_cover"),
        ("NOMOR : 017", "NOMOR : 018", "deed_number_cover"),
        ("(seratus juta rupiah)", "(dua ratus juta rupiah)", "authorized_capital_words"),
        ("(dua puluh lima juta", "(dua puluh enam juta", "paid_up_capital_words"),
        ("100 (seratus) saham", "90 (sembilan puluh) saham", "shares_times_nominal"),
        ("17-04-1985 (tujuh", "18-04-1985 (tujuh", "nik_birth"),
        ("02.01.TAHUN 2014\n", "02.01.TAHUN 2014\n", ""),
    ],
)
def test_each_planted_contradiction_is_reported_once(before: str, after: str, check: str) -> None:
    assert before in texts.PT
    differing = {
        check.name: check.verdict
        for check in read_paper(script_of_text(texts.PT.replace(before, after, 1))).checks
        if check.verdict != "agrees"
    }
    assert differing == ({check: "differs"} if check else {})


def test_contradiction_by_a_badly_read_word_is_left_open() -> None:
    script = script_of_text(texts.PT.replace("hari ini, Jumat", "hari ini, Senin"))
    words = [
        replace(word, sureness=0.4, from_layer=False) if word.text == "Senin," else word
        for word in script.words
    ]
    checks = {check.name: check.verdict for check in read_paper(Script(words)).checks}
    assert checks["deed_date_weekday"] == "cannot_tell"


def test_misread_thousands_make_no_contradiction() -> None:
    text = texts.PT.replace("nominal Rp. 1.000.000,-", "nominal Rp. 1.0000.000,-")
    assert "shares_times_nominal" not in verdicts(text)


def test_contradicted_value_is_never_called_sure() -> None:
    paper = read_paper(script_of_text(texts.PT.replace("(sembilan Juni", "(delapan Juni")))
    assert paper.values["deed_date"] == "2023-06-09"
    assert paper.confidence["deed_date"] < 0.9


def test_number_in_words_is_compared_with_its_digits() -> None:
    assert verdicts(texts.CV)["deed_number_words"] == "agrees"
    assert verdicts(texts.CV.replace("(empat)", "(lima)"))["deed_number_words"] == "differs"


def test_business_number_that_hides_no_date_is_no_contradiction() -> None:
    assert verdicts(texts.BUSINESS_NUMBER)["nib_issue_date"] == "cannot_tell"


@pytest.mark.parametrize(
    ("nik", "born", "fits"),
    [
        ("3578990311790002", dt.date(1979, 11, 3), True),
        ("3578995704850001", dt.date(1985, 4, 17), True),
        ("3578990311790002", dt.date(1979, 11, 4), False),
    ],
)
def test_nik_carries_the_birth_date_of_men_and_women(nik: str, born: dt.date, fits: bool) -> None:
    assert nik_fits(nik, born) is fits


def test_ninth_digit_of_a_tax_number_is_checked() -> None:
    assert is_luhn("035962109")
    assert not is_luhn("035962108")


def by_eye(text: str) -> dict[str, str]:
    """Read a text as if by eye, each word fairly, and alike by the second look."""
    script = script_of_text(text)
    words = [replace(word, sureness=0.8, from_layer=False) for word in script.words]
    seen = {(word.page, word.box): word.text for word in words}

    def look(page: int, box: Box) -> str:
        return " ".join(
            said
            for (number, at), said in seen.items()
            if number == page and at[1] == box[1] and box[0] <= at[0] and at[2] <= box[2]
        )

    checks = read_paper(Script(words), look).checks
    return {check.name: check.verdict for check in checks if check.verdict != "agrees"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("berjumlah Rp. 100.000.000,-", "berjumlah Rp. 100.000.006,-"),
        ("sebesar Rp. 25.000.000,-", "sebesar Rp. 25.000.900,-"),
        ("tanggal 09-06-2023 (sembilan", "tanggal 09-08-2023 (sembilan"),
        ("tanggal 09-06-2023 (sembilan", "tanggal 09-06-2028 (sembilan"),
        ("dua ribu dua puluh tiga).", "dua ribu dua puluh)."),
        ("TANGGAL : 9 Juni 2023", "TANGGAL : 9 Juni 2028"),
        ("TANGGAL : 9 Juni 2023", "TANGGAL : 9 Juni 2022"),
        ("Tanggal 3 Maret 2014", "Tanggal 3 Maret 2074"),
        ("Tanggal 3 Maret 2014", "Tanggal 3 Maret 2044"),
        ("17-04-1985 (tujuh", "17-04-1986 (tujuh"),
        ("3578995704850001", "3578995704860001"),
        ("NOMOR : 017", "NOMOR : 0171"),
    ],
)
def test_slip_of_the_eye_is_no_contradiction_of_the_paper(before: str, after: str) -> None:
    assert before in texts.PT
    assert "differs" not in by_eye(texts.PT.replace(before, after, 1)).values()


@pytest.mark.parametrize(
    ("before", "after", "check"),
    [
        ("hari ini, Jumat", "hari ini, Senin", "deed_date_weekday"),
        ("(sembilan Juni", "(delapan Juni", "deed_date_words"),
        ("NOMOR : 017", "NOMOR : 018", "deed_number_cover"),
        ("(seratus juta rupiah)", "(dua ratus juta rupiah)", "authorized_capital_words"),
        ("100 (seratus) saham", "90 (sembilan puluh) saham", "shares_times_nominal"),
        ("3578995704850001", "3578995904850001", "nik_birth"),
    ],
)
def test_contradiction_read_clearly_by_eye_is_reported(before: str, after: str, check: str) -> None:
    assert before in texts.PT
    assert by_eye(texts.PT.replace(before, after, 1)).get(check) == "differs"
