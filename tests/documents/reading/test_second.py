"""A second look makes a single reading sure, or keeps a misread one from being called sure."""

from dataclasses import replace

import pytest

from documents.reading.deed import Paper, read_paper
from documents.reading.second import says
from documents.reading.text import Box, LookAgain, Script, script_of_text
from tests.documents.reading import texts


def by_eye(text: str, sureness: float = 0.9) -> Script:
    """Make a script as if every word had been read from a picture."""
    words = script_of_text(text).words
    return Script(replace(word, from_layer=False, sureness=sureness) for word in words)


def looking_at(text: str) -> LookAgain:
    """Give a look that reads the words of ``text`` at the place asked for."""
    script = script_of_text(text)

    def look(page: int, box: Box) -> str:
        return " ".join(
            word.text
            for word in script.words
            if word.page == page and word.box[1] == box[1] and box[0] <= word.box[0] < box[2]
        )

    return look


def read(seen: str, printed: str) -> Paper:
    """Read a paper seen as ``seen`` whose spots look like ``printed`` a second time."""
    return read_paper(by_eye(seen), looking_at(printed))


def test_value_that_two_models_read_alike_is_sure() -> None:
    alone = read_paper(by_eye(texts.PT)).confidence
    twice = read(texts.PT, texts.PT).confidence
    for key in ("company_seat", "persons.0.nik", "notary_sk_number"):
        assert twice[key] > alone[key]
        assert twice[key] >= 0.9


def test_value_that_two_models_read_differently_is_not_sure() -> None:
    seen = texts.PT.replace("3578995704850001", "3578985704850001")
    assert read(seen, texts.PT).confidence["persons.0.nik"] < 0.9


def test_number_that_fits_the_birth_date_wins_over_a_misread_one() -> None:
    seen = texts.PT.replace("3578995704850001", "3578995704350001")
    people = read(seen, texts.PT).values["persons"]
    assert isinstance(people, list)
    assert people[0]["nik"] == "3578995704850001"


def test_misread_digit_raises_no_alarm_when_looked_at_again() -> None:
    seen = texts.PT.replace("09-06-2023 (sembilan", "08-06-2023 (sembilan")
    verdicts = {check.name: check.verdict for check in read(seen, texts.PT).checks}
    assert "differs" not in verdicts.values()


def test_printed_contradiction_is_reported_when_both_looks_agree() -> None:
    planted = texts.PT.replace("(sembilan Juni", "(delapan Juni")
    verdicts = {check.name: check.verdict for check in read(planted, planted).checks}
    assert verdicts["deed_date_words"] == "differs"


@pytest.mark.parametrize(
    ("field", "value", "way", "text", "verdict"),
    [
        ("nib", "0001260042537", "printed", "NIB: 0001260042537.", "agrees"),
        ("nib", "0001260042537", "printed", "0001260042587", "differs"),
        ("nib", "0001260042537", "printed", "", "absent"),
        ("deed_number", "17", "title", "Nomor : 017.-", "agrees"),
        ("deed_number", "17", "title", "Nomor : 11", "differs"),
        ("deed_date", "2023-06-09", "opening", "09-06-2023", "agrees"),
        ("authorized_capital", 100_000_000, "words", "(seratus juta rupiah)", "agrees"),
        ("authorized_capital", 100_000_000, "digits", "Rp. 100.000.000,-", "agrees"),
        ("company_seat", "Kota Malang", "body", "Kota Malang,", "agrees"),
        ("company_seat", "Kota Malang", "body", "Kota Madiun,", "differs"),
        ("person_name", "SITI CONTOH", "printed", "Nyonya SITI CONTOH,", "agrees"),
        ("person_name", "SITI CONTOH", "printed", "SITI GONTOH,", "differs"),
        ("sk_ahu_number", "AHU-0009397.AH.01.01.TAHUN 2021", "printed",
         "AHU-OOO9397 AH.O1.01 TAHUN 2021", "agrees"),
    ],
)  # fmt: skip
def test_same_value_is_known_in_another_reading(
    field: str, value: str | int, way: str, text: str, verdict: str
) -> None:
    assert says(field, value, way, text) == verdict
