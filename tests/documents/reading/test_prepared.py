"""A page is made fit for reading whatever the light, the table under it and the way it lies."""

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.enhance import even_light, softened
from documents.reading.fill import blanked
from documents.reading.gaps import fill_gaps
from documents.reading.sheet import find_sheet
from documents.reading.survey import ink_of, stance

Picture = NDArray[np.uint8]
LINES = (
    "Pada hari ini, tanggal tujuh",
    "berhadapan dengan saya, Notaris",
    "lahir di Kediri, bertempat",
)


def _page(lines: tuple[str, ...] = LINES, *, wide: int = 900, ink: int = 20) -> Picture:
    page = np.full((60 + 60 * len(lines), wide), 245, np.uint8)
    for row, line in enumerate(lines):
        cv2.putText(page, line, (40, 70 + 60 * row), cv2.FONT_HERSHEY_COMPLEX, 1.2, ink, 2)
    return page


def test_a_hard_shadow_leaves_no_dark_band_beside_its_edge() -> None:
    page = np.full((1200, 900), 240, np.uint8)
    page[:, 450:] = 110
    even = even_light(page)
    assert even[:, :430].min() >= 225
    assert even[:, 470:].min() >= 225


def test_lines_say_themselves_which_way_is_up() -> None:
    ink = ink_of(_page())
    assert stance(ink) > 0.08
    assert stance(ink[::-1, ::-1]) < -0.08


def test_the_upright_lines_of_a_table_go_and_its_numbers_stay() -> None:
    plain = np.full((600, 700), 255, np.uint8)
    for row in range(8):
        cv2.putText(plain, "86109", (120, 60 + 60 * row), cv2.FONT_HERSHEY_COMPLEX, 0.8, 0, 2)
    ruled = plain.copy()
    for row in range(8):
        cv2.line(ruled, (90, 30 + 60 * row), (90, 75 + 60 * row), 0, 2)
    left = blanked(ruled)
    assert left[:, 80:100].min() == 255
    assert np.count_nonzero(left < 128) == np.count_nonzero(plain < 128)


def test_dashes_that_fill_a_line_go_and_letters_broken_into_dashes_stay() -> None:
    filled = _page(("Modal dasar",))
    for at in range(400, 800, 20):
        cv2.line(filled, (at, 60), (at + 10, 60), 0, 2)
    assert blanked(filled)[55:66, 405:790].min() > 200
    broken = np.full((120, 400), 255, np.uint8)
    for at in range(40, 340, 20):  # E without its stem
        for height in (44, 52, 60, 68):
            cv2.line(broken, (at, height), (at + 10, height), 0, 2)
    assert np.count_nonzero(blanked(broken) < 128) == np.count_nonzero(broken < 128)


def test_strokes_of_a_single_dot_are_closed_and_specks_between_them_go() -> None:
    faint = np.full((100, 400), 255, np.uint8)
    faint[50, 20:380] = 0
    faint[50, 25:380:6] = 255
    faint[20, 100] = 0
    soft = softened(faint)
    assert soft[50, 30:370].max() < 200
    assert soft[20, 100] > 240


def test_a_sheet_is_found_on_a_table_with_a_grain() -> None:
    grain = np.random.default_rng(3).normal(0, 14, (900, 1)).astype(np.float32)
    table = np.array([150, 110, 70], np.float32) + np.repeat(grain, 700, axis=1)[..., None]
    picture = np.clip(table, 0, 255).astype(np.uint8)
    corners = np.array([[120, 90], [590, 110], [570, 800], [100, 780]], np.int32)
    cv2.fillPoly(picture, [corners], (225, 222, 215))
    sheet = find_sheet(picture)
    assert sheet is not None
    assert np.abs(sheet - corners).max() < 12


def test_a_printed_line_that_the_first_look_passed_over_is_read() -> None:
    page = _page()
    assert "Notaris" in " ".join(word.text for word in fill_gaps(page, []))
