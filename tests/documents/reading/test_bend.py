"""A curled or sideways sheet is laid straight, and what is found on it keeps its true place."""

import cv2
import numpy as np
import pytest

from documents.reading.enhance import Prepared, prepare, turned_over
from documents.reading.pages import Raster

WIDTH, HEIGHT, PITCH = 1240, 1754, 48
MARK = (980, 1000)  # x and y of a block that stands alone


def _page(drop: float) -> Raster:
    """Draw a page whose lines bow by so many pixels, with one thick mark in a blank space."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for at, top in enumerate(range(140, HEIGHT - 200, PITCH)):
        if abs(top - MARK[1]) > 2 * PITCH:
            words = "Pasal tujuh belas rapat anggota tahunan "[at % 7 :] * 2
            cv2.putText(page, words, (110, top), cv2.FONT_HERSHEY_SIMPLEX, 0.75, 0, 2)
    cv2.rectangle(page, (MARK[0] - 15, MARK[1] - 10), (MARK[0] + 15, MARK[1] + 10), 0, -1)
    across, down = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    lower = drop * (2 * across / WIDTH - 1) ** 2
    places = across.astype(np.float32), (down - lower).astype(np.float32)
    return np.asarray(cv2.remap(page, *places, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _found_mark(page: Prepared) -> np.ndarray:
    """Give where the mark of a prepared page lies on the raster."""
    thick = cv2.erode(255 - page.image, np.ones((13, 13), np.uint8)) > 128
    down, across = np.nonzero(thick)
    return page.places(np.array([[across.mean(), down.mean()]]))[0]


def test_lines_of_a_curled_sheet_are_laid_straight() -> None:
    page = prepare(_page(drop=40))

    assert page.bend is not None
    ink = (page.image < 128).mean(axis=1)
    straight = (prepare(_page(drop=0)).image < 128).mean(axis=1)
    assert (ink == 0).mean() > 0.7 * (straight == 0).mean()  # white rows between the lines


def test_a_flat_page_is_not_bent() -> None:
    assert prepare(_page(drop=0)).bend is None


@pytest.mark.parametrize("turn", [False, True])
def test_what_is_found_on_a_curled_sheet_is_shown_where_it_lies(*, turn: bool) -> None:
    page = prepare(_page(drop=40))
    lower = 40 * (2 * MARK[0] / WIDTH - 1) ** 2

    found = _found_mark(turned_over(page) if turn else page)

    assert found == pytest.approx((MARK[0], MARK[1] + lower), abs=4)


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_page_of_few_lines_that_lies_sideways_is_turned(quarters: int) -> None:
    page = _page(drop=0)
    page[400:] = 255
    raster = np.ascontiguousarray(np.rot90(page, quarters))

    assert prepare(raster).image.shape[0] > prepare(raster).image.shape[1]
    assert not prepare(page).image.shape[1] > prepare(page).image.shape[0]
