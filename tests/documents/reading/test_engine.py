"""The engine's two doors lead to the same words, and neither can hold a reading up."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageDraw

from documents.reading import engine
from documents.reading.errors import EngineFailed, EngineSlow
from workflows.sample_deeds.drawing import font

LINES = ("AKTA PENDIRIAN PERSEROAN TERBATAS", "Nomor : 31", "berkedudukan di Kota Madiun")


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    sheet = Image.new("L", (1200, 400), 255)
    for at, line in enumerate(LINES):
        ImageDraw.Draw(sheet).text((60, 60 + 90 * at), line, font=font(40), fill=0)
    return np.asarray(sheet)


@pytest.fixture
def without_binding(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(engine, "tesserocr", None)
    engine.warm_engine.cache_clear()
    yield
    engine.warm_engine.cache_clear()


def said(page: np.ndarray) -> str:
    return " ".join(word.text for word in engine.see(page))


def test_a_page_reads_the_same_in_this_process(page: np.ndarray) -> None:
    assert engine.warm_engine(engine.PLAIN) is not None
    assert said(page) == " ".join(LINES)


@pytest.mark.usefixtures("without_binding")
def test_a_page_reads_the_same_through_the_program(page: np.ndarray) -> None:
    assert engine.warm_engine(engine.PLAIN) is None
    assert said(page) == " ".join(LINES)


def test_both_doors_show_the_same_places(page: np.ndarray, request: pytest.FixtureRequest) -> None:
    here = [word.box for word in engine.see(page)]
    request.getfixturevalue("without_binding")
    there = [word.box for word in engine.see(page)]
    assert np.allclose(here, there, atol=4)


def test_missing_models_leave_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_model_folder", lambda: "/nowhere")
    engine.warm_engine.cache_clear()
    assert engine.warm_engine(engine.PLAIN) is None
    engine.warm_engine.cache_clear()


def test_a_page_that_takes_too_long_is_given_up(
    page: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SECONDS_A_CALL", 0.001)
    with pytest.raises(EngineSlow):
        engine.see(page)


@pytest.mark.usefixtures("without_binding")
def test_an_engine_that_is_not_there_says_so(
    page: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(EngineFailed):
        engine.see(page)
