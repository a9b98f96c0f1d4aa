"""A second look at a spot is another reading of the very print in the box."""

import pytest

from documents.reading import again
from documents.reading.again import Sight, View
from documents.reading.eye import Habit, read_page
from documents.reading.pages import open_pages
from documents.reading.text import Word, hull
from workflows.sample_deeds import SampleDeed


@pytest.fixture(scope="module")
def turned(samples: dict[str, SampleDeed]) -> tuple[list[Word], View]:
    """The first page of a deed that was photographed sideways."""
    (page,) = open_pages(samples["koperasi-photo"].files[:1])
    seen = read_page(page, 0, Habit())
    assert seen.view is not None
    return seen.words, seen.view


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_second_look_finds_the_number_that_the_first_read(
    turned: tuple[list[Word], View],
) -> None:
    words, view = turned
    sight = Sight()
    sight.keep(0, view)
    (number,) = [word for word in words if word.text.startswith("AHU-")]
    assert _letters(sight.look_again(0, number.box)) == _letters(number.text)
    firm = hull([word.box for word in words if word.text in ("TANI", "SEJAHTERA")])
    assert sight.look_again(0, firm) == "TANI SEJAHTERA"


def test_nothing_is_seen_where_nothing_stands_or_no_page_was_kept(
    turned: tuple[list[Word], View],
) -> None:
    sight = Sight()
    sight.keep(0, turned[1])
    assert sight.look_again(0, (0.0, 0.0, 5.0, 5.0)) == ""
    assert sight.look_again(7, turned[0][0].box) == ""


def test_many_pages_take_little_memory_and_are_still_seen(
    turned: tuple[list[Word], View], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, view = turned
    monkeypatch.setattr(again, "MAX_KEPT_PIXELS", 0)
    sight = Sight()
    sight.keep(3, view)
    assert sight.kept_bytes < view.image.size / 5
    (number,) = [word for word in words if word.text.startswith("AHU-")]
    assert _letters(sight.look_again(3, number.box)) == _letters(number.text)


def test_a_page_believed_from_its_file_has_no_second_look(
    samples: dict[str, SampleDeed],
) -> None:
    page = next(open_pages(samples["pt-clean"].files))
    seen = read_page(page, 0, Habit())
    assert seen.view is None
    sight = Sight()
    sight.keep(0, seen.view)
    assert sight.look_again(0, seen.words[0].box) == ""
