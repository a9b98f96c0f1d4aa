"""Each fault of a photograph is named, good ones are left in peace, and it takes no time."""

import time

import cv2
import numpy as np
import pytest

from documents.reading.capture import measure
from documents.reading.coach import FAULTS
from documents.sentences import PHOTO, WARNINGS
from tests import photographs


@pytest.fixture(scope="module")
def full_page() -> photographs.Picture:
    return photographs.good(0)


@pytest.mark.parametrize("seed", range(6))
def test_a_good_photo_has_no_fault(seed: int) -> None:
    assert measure(photographs.good(seed)).faults == ()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_photo_taken_sideways_has_no_fault(full_page, quarters: int) -> None:
    assert measure(np.rot90(full_page, quarters)).faults == ()


def test_a_grey_page_is_measured_as_a_coloured_one(full_page) -> None:
    grey = cv2.cvtColor(full_page, cv2.COLOR_RGB2GRAY)
    assert measure(grey) == measure(full_page)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named(full_page, fault: str) -> None:
    assert measure(photographs.spoilt(full_page, fault)).faults == (fault,)


@pytest.mark.parametrize("grey", [0, 255])
def test_a_picture_without_print_is_judged_by_its_light_only(grey: int) -> None:
    blank = np.full((1200, 900, 3), grey, dtype=np.uint8)
    assert measure(blank).faults == (() if grey else ("dark",))


@pytest.mark.parametrize("shape", [(1, 1), (15, 3000), (3000, 15), (640, 16)])
def test_a_strange_shape_is_measured_too(shape: tuple[int, int]) -> None:
    assert measure(np.full((*shape, 3), 200, dtype=np.uint8)).faults == ()


def test_a_page_takes_less_than_thirty_milliseconds(full_page) -> None:
    measure(full_page)
    started = time.process_time()
    for _turn in range(5):
        measure(full_page)
    assert (time.process_time() - started) / 5 < 0.06  # twice the aim: test machines are busy


def test_every_fault_has_its_words_for_the_owner() -> None:
    assert set(PHOTO) == set(FAULTS)
    assert set(FAULTS) <= set(WARNINGS)
