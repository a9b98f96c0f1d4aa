"""What is asked first is read first, and photos in any order are understood in the right one."""

from pathlib import Path

import pikepdf
import pytest

from documents.reading import order, story
from documents.reading.story import Progress, read_document
from workflows.sample_deeds import SampleDeed

COVER = "SALINAN\nAKTA PENDIRIAN PERSEROAN TERBATAS\nPT CONTOH\nNomor : 7"
OPENING = "Pada hari ini, Senin, tanggal 10-01-2022, menghadap kepada saya"
CLOSING = "DEMIKIANLAH AKTA INI dibuat dan diselesaikan di Surabaya pada hari tersebut"


def article(number: int, printed: str = "") -> str:
    return f"{printed}\nPasal {number}\nPara pemegang saham bersepakat mengenai hal berikut."


def test_cover_and_first_pages_come_first_then_the_last_then_the_rest() -> None:
    assert order.first_answer_order(9) == [0, 1, 2, 7, 8, 3, 4, 5, 6]


def test_every_page_of_a_short_paper_is_read_once() -> None:
    assert [order.first_answer_order(total) for total in (1, 3, 5)] == [
        [0],
        [0, 1, 2],
        [0, 1, 2, 3, 4],
    ]


def test_photos_are_laid_out_from_cover_to_closing_by_their_page_numbers() -> None:
    texts = [article(9, "- 3 -"), CLOSING, article(4, "- 2 -"), OPENING, COVER]
    assert order.sentence_order(texts) == [4, 3, 2, 0, 1]


def test_photos_without_page_numbers_are_laid_out_by_their_articles() -> None:
    assert order.sentence_order([article(12), OPENING, article(3), article(7)]) == [1, 2, 3, 0]


def test_pages_that_say_nothing_of_their_place_keep_the_order_given() -> None:
    texts = [OPENING, "tanpa nomor halaman dan pasal", article(2), "juga tanpa apa pun", CLOSING]
    assert order.sentence_order(texts) == [0, 1, 2, 3, 4]


def test_a_decree_photographed_before_its_deed_is_understood_after_it() -> None:
    decree = "KEPUTUSAN MENTERI HUKUM REPUBLIK INDONESIA TENTANG PENGESAHAN PENDIRIAN BADAN HUKUM"
    assert order.sentence_order([decree, CLOSING, OPENING]) == [2, 1, 0]


def test_photos_sent_backwards_are_read_as_the_same_deed_on_the_pages_as_sent(
    samples: dict[str, SampleDeed],
) -> None:
    files = samples["pt-photo"].files
    forwards, backwards = read_document(files), read_document(files[::-1])
    assert backwards["fields"] == forwards["fields"]
    sent = [{(e["field"], e["page"]) for e in one["evidence"]} for one in (forwards, backwards)]
    assert sent[1] == {(field, 1 - page) for field, page in sent[0]}
    assert backwards["text"] == forwards["text"][::-1]


def test_what_an_officer_asks_first_is_known_early_and_the_answer_is_the_same_in_the_end(
    samples: dict[str, SampleDeed], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, told = tmp_path / "a.pdf", list[Progress]()
    with pikepdf.open(samples["cv-scan"].files[0]) as pdf:
        for _page in range(6):
            pdf.add_blank_page()
        pdf.save(path)
    reading = read_document([path], tell=told.append)
    asked = ("deed_number", "deed_date", "notary_name", "company_name")
    early = next(one for one in told if set(asked) <= set(one.fields))
    assert early.done <= 2
    assert {name: early.fields[name] for name in asked} == {
        name: reading["fields"][name] for name in asked
    }
    assert set(asked) <= {entry["field"] for entry in early.evidence}
    assert reading["warnings"] == [f"blank_page:{number}" for number in range(3, 9)]
    monkeypatch.setattr(order, "first_answer_order", lambda total: list(range(total)))
    assert read_document([path]) | {"seconds": 0} == reading | {"seconds": 0}


def test_when_time_runs_out_what_was_read_is_kept_and_the_rest_is_named(
    samples: dict[str, SampleDeed], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(story, "SECONDS_A_PAGE", 1e-6)
    reading = read_document(samples["cv-scan"].files, out_dir=tmp_path)
    assert reading["warnings"] == ["unread_page:1", "unread_page:2", "not_a_deed"]
    assert len(list(tmp_path.iterdir())) == 2
